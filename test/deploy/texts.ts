/** A file of each kind that holds something of everything its reader knows. */

export const UNIT = `# a unit
[Unit]
Description=app # not a comment, and no problem
[Service]
User=app
Group=www-data
SupplementaryGroups=ssl-cert adm
UMask=0007
WorkingDirectory=-/srv/app
RuntimeDirectory=app app/sub:link
RuntimeDirectoryMode=0750
StateDirectory=state
PrivateTmp=yes
Environment="A=one two" B=%n C=100%%
Environment=D=
PassEnvironment=E
EnvironmentFile=-/etc/default/app
Type=notify
KillSignal=SIGQUIT
PIDFile=%t/app.pid
ExecStartPre=+/usr/bin/mkdir -p /run/other
ExecStartPre=-/bin/chown web:web /run/other
ExecStartPre=/usr/bin/install -d /run/denied /srv/app/run
ExecStartPre=/usr/local/bin/prepare
ExecStart=/usr/bin/old
ExecStart=
ExecStart=@/usr/bin/uwsgi app --ini /etc/%N.ini \\
  # a comment in between
  ; and one more
  --socket "%t/app/it's.sock" \\
  --plugin=python3
ExecStop=/bin/kill -INT $MAINPID
`;

export const COMPOSE = `x-common: &common
  environment: &env
    DEBUG: "1"
  restart: always
x-extension:
  services: { not-a-service: { image: nginx } }
services:
  app:
    <<: *common
    build: { context: ./app, dockerfile: docker/Dockerfile, target: prod }
    container_name: shop_app
    hostname: apphost
    user: "\${UID:-1000}:www-data"
    working_dir: /srv
    stop_signal: SIGINT
    command: >
      sh -c "cd /srv/app &&
      exec uwsgi --ini uwsgi.ini
      --socket=0.0.0.0:3031"
    environment:
      <<: *env
      PORT: 8000
      NAME: \${NAME:-default}
      PRICE: $$5
      PASSED:
    env_file: [.env, { path: more.env, required: false }]
    networks:
      back: { aliases: [api, api.local], ipv4_address: 10.0.0.5 }
      shared:
    volumes:
      - run:/run/app
      - ./media:/srv/media:ro,z
      - \${LOGS:-./logs}:/logs
      - /cache
      - { type: bind, source: ../etc, target: /etc/app/, read_only: true }
      - bound:/bound
    tmpfs: /tmp
    sysctls: [net.core.somaxconn=1024]
    depends_on: { db: { condition: service_started } }
  nginx:
    image: nginx:1.27-alpine
    networks: [front, back]
    ports: ["127.0.0.1:8080:80/tcp", "443", "9000-9001:9000-9001", "\${P:-1}:81", { target: 82, published: "8082", host_ip: 0.0.0.0 }, 90:90]
    links: ["app:backend", db]
    volumes_from: [app:ro]
  host:
    image: example/thing
    network_mode: host
    entrypoint: ["/docker-entrypoint.sh"]
    command: ["uwsgi", "--ini", "a.ini"]
    extends: nginx
networks:
  shared: { external: true, name: proxy-net }
volumes:
  run:
  bound: { driver_opts: { type: none, o: bind, device: /srv/bound } }
`;

export const IMAGE = `# syntax=docker/dockerfile:1
ARG VERSION=3.12
FROM --platform=linux/amd64 python:\${VERSION} AS base
ENV APP=/srv/app LANG="C.UTF-8" \\
    # a comment in between

    MODE=prod
ENV OLD the rest of it
ARG TOKEN
WORKDIR $APP
RUN --mount=type=cache,target=/root apt-get install -y uwsgi && \\
    mkdir -p /run/app logs \\
    && chown -R www-data:www-data /run/app
COPY --chown=app:web a.ini b/ ./
COPY --from=other /x /y
USER app:web
RUN mkdir /home/app/data
from base as prod
workdir sub
ADD ["with space.ini", "/etc/x.ini"]
STOPSIGNAL SIGINT
EXPOSE 3031
ENTRYPOINT ["uwsgi"]
CMD [ "--ini", "/srv/app/a.ini", "--socket=:3031" ]
`;

export const SUPERVISOR = `[supervisord]
umask=022 ; comment
environment=COMMON="yes"
[program:app]
command=/usr/bin/uwsgi --ini a.ini   ; the application
  --socket ":3031"
directory = /srv/app
user: app
environment=A="x,y",B=%(ENV_B)s,
  C='z'
stopsignal=QUIT
autostart=false
# command=/usr/bin/other
[program:nginx]
command=/usr/sbin/nginx -g "daemon off;"
`;

export const PODS = `apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata: { labels: { app: shop, tier: web } }
    spec:
      securityContext: { runAsUser: 1000, sysctls: [{ name: net.core.somaxconn, value: "1024" }] }
      volumes: [{ name: run, emptyDir: {} }, { name: host, hostPath: { path: /srv } }]
      containers:
        - name: app
          image: example/app
          command: [uwsgi]
          args: ["--ini", "a.ini"]
          workingDir: /srv
          env: [{ name: A, value: "1" }, { name: B, valueFrom: { secretKeyRef: { name: s, key: k } } }, { name: C, value: "$(A)" }]
          envFrom: [{ configMapRef: { name: settings } }]
          ports: [{ containerPort: 3031 }]
          volumeMounts: [{ name: run, mountPath: /run/app }, { name: host, mountPath: /h, readOnly: true }, { name: run, mountPath: /x, subPath: x }]
        - name: nginx
          image: nginx:1.27
          securityContext: { runAsUser: 101, runAsGroup: 102 }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec: { jobTemplate: { spec: { template: { spec: { hostNetwork: true, containers: [{ name: job, image: x }] } } } } }
`;

export const TMPFILES = `# x
d /run/app 2750 app www-data 10d
D! %t/b
e /run/not
f /run/file 0644 a a - text
d- /var/run/c - - web
v relative
`;

export const CRONTAB = `PATH="/srv/bin:/usr/bin"
@reboot root install -d -o app -m 750 /run/app && chown app:web /run/app
* * * * * root mkdir /run/not
@reboot app cd /srv/app && uwsgi --ini a.ini
`;

export const UPSTART = `description "x"
start on runlevel [2345]
setuid app
chdir /srv/app
env A="1 2"
kill signal INT
pre-start script
  mkdir -p /run/app
  chown app /run/app
end script
exec /usr/bin/uwsgi --ini a.ini \\
  --die-on-term
`;

export const SCRIPT = `#!/bin/bash
set -e
export UWSGI_PROCESSES=4 OTHER=$X
list=(uwsgi "nginx")
case $1 in uwsgi) true ;; esac
prepare() { cd /tmp; umask 0; }
( cd /srv && mkdir -p /run/{a,b} ) 2>&1 > /dev/null
cat <<-'EOF'
	uwsgi \${no} $(start)
	EOF
chown -R app: /run/a; chmod 0750 /run/a
su app -c "uwsgi --ini 'a.ini' \\
  --socket=\`hostname\`:3031 $(cat "x y")" &
exec gosu app uwsgi -Mp4 -s/run/a.sock -- b.ini
`;
