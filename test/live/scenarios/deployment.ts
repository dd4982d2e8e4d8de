/** Units, containers, vassals and the machine around them. */
import { INI, type Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const people = "uid = www-data\ngid = www-data\n";
const usual = `${people}socket = ${UNIX}\n`;
const bare = `[uwsgi]\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`;
const ABSENT = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(2: No such file or directory\)/ } as const;
const REFUSED = { status: 502, nginx: /connect\(\) failed \(111: Connection refused\)/ } as const;
const site = (pass: string): string =>
  `server {\n    listen 80;\n    server_name localhost;\n    location / {\n        include uwsgi_params;\n        uwsgi_pass ${pass};\n    }\n}\n`;
/** What a container would find in its own folder, brought there by links instead of mounts. */
const mounted = (file: string, text: string) => ({ [file]: null, [`/srv/deploy${file.replace("/etc", "")}`]: text });
const compose = (service: string, file: string): string =>
  `services:\n  ${service}:\n    build: .\n    command: uwsgi --ini /srv/app/uwsgi.ini\n    volumes:\n      - ../app:/srv/app\n  web:\n    image: nginx:1.27\n    volumes:\n      - .${file.replace("/etc", "")}:${file}:ro\n`;
const SITE = "/etc/nginx/conf.d/app.conf";
const CONF = "/etc/nginx/nginx.conf";
/** Names as the DNS of containers would answer them. */
const hosts = (name: string, address: string) => ({ "/etc/hosts": `127.0.0.1 localhost\n${address} ${name}\n` });
const others = "/etc/uwsgi/defaults.ini";

const large = `def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"a" * 1500000]
`;
const which = (name: string): string => `def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"${name}"]
`;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "a line of the unit's command without its backslash",
    rule: "systemd-line-continuation",
    whole: bare,
    command: "/usr/bin/uwsgi --ini /srv/app/uwsgi.ini\n  --plugin python3",
    broken: { status: 502, uwsgi: /-- unavailable modifier requested: 0 --/ },
  },
  {
    name: "Type=forking without daemonize",
    rule: "type-forking",
    unit: "Type=forking\nTimeoutStartSec=1",
    requests: [{ path: "/", after: 2500 }],
    broken: { ...REFUSED, nginx: /connect\(\) to unix:\S+ failed \(111: Connection refused\)/ },
  },

  {
    name: "a port that systemd has bound",
    rule: "socket-activation",
    files: { "/etc/systemd/system/uwsgi.socket": "[Socket]\nListenStream=3031\n" },
    ini: `${people}socket = :3031`,
    pass: "127.0.0.1:3031",
    broken: { ...REFUSED, uwsgi: /bind\(\): Address already in use/ },
  },
  {
    name: "nginx names a service that compose does not have",
    rule: "unknown-service",
    files: { "/srv/deploy/compose.yaml": compose("web_app", SITE), ...mounted(SITE, site("app:3031")), ...hosts("web_app", "127.0.0.1") },
    links: { [SITE]: `/srv/deploy${SITE.replace("/etc", "")}` },
    ini: `${people}socket = :3031`,
    broken: { status: "refused", nginx: /host not found in upstream "app"/ },
  },
  {
    name: "uWSGI listens on the loopback of its own container",
    unseen: ["/etc/systemd/system/uwsgi.service"],
    rule: "container-address",
    files: { "/srv/deploy/compose.yaml": compose("app", SITE), ...mounted(SITE, site("app:3031")), ...hosts("app", "192.0.2.1") },
    links: { [SITE]: `/srv/deploy${SITE.replace("/etc", "")}` },
    ini: `${people}socket = 127.0.0.1:3031`,
    broken: REFUSED,
  },
  {
    name: "a server block is mounted as the whole configuration",
    rule: "mounted-context",
    fix: /Wrap/,
    files: { "/srv/deploy/compose.yaml": compose("app", CONF), ...mounted(CONF, site(`unix:${UNIX}`)), [SITE]: null },
    links: { [CONF]: `/srv/deploy${CONF.replace("/etc", "")}` },
    ini: `${usual}chmod-socket = 666`,
    broken: { status: "refused", nginx: /"server" directive is not allowed here/ },
  },

  {
    name: "a shared file among the vassals",
    rule: "base-file-as-vassal",
    emperor: "",
    files: { "/etc/uwsgi/vassals/base.ini": "[uwsgi]\nmaster = true\n" },
    ini: `ini = /etc/uwsgi/vassals/base.ini\n${usual}`,
    byHand: { "/etc/uwsgi/vassals/base.ini": "/etc/uwsgi/base.ini" },
    broken: { status: 200, uwsgi: /The -s\/--socket option is missing/ },
    fixed: { lacks: /socket option is missing/ },
  },
  {
    name: "the included file wins over the vassal",
    rule: "vassal-include-overrides",
    emperor: `vassals-include = ${others}`,
    files: { [others]: "[uwsgi]\nharakiri = 1\n" },
    ini: `${usual}harakiri = 30`,
    requests: [{ path: "/slow" }],
    patience: 2500,
    broken: { status: 502, nginx: /prematurely closed/, uwsgi: /HARAKIRI/ },
  },
  {
    name: "the vassal's name in the emperor's file",
    rule: "vassal-set-magic",
    emperor: "vassal-set = socket=/run/uwsgi/%n.sock",
    ini: people,
    broken: ABSENT,
  },

  {
    name: "a parameter that would load another application",
    rule: "dynamic-params",
    app: which("one"),
    files: { "/srv/app/two.py": which("two") },
    location: `include uwsgi_params;\nuwsgi_param UWSGI_FILE /srv/app/two.py;\nuwsgi_pass unix:${UNIX};`,
    byHand: { "        uwsgi_param UWSGI_FILE /srv/app/two.py;\n": "", "wsgi-file = /srv/app/app.py": "wsgi-file = /srv/app/two.py" },
    broken: { status: 200, body: /^one$/ },
    fixed: { body: /^two$/ },
  },
  {
    name: "uwsgi_pass to a service that speaks HTTP",
    rule: "http-server-behind-uwsgi-pass",
    files: {
      "/srv/deploy/compose.yaml": compose("web", SITE)
        .replace("uwsgi --ini /srv/app/uwsgi.ini", "gunicorn -b 0.0.0.0:8000 app")
        .replace("  web:\n    image", "  nginx:\n    image"),
      ...mounted(SITE, site("web:8000").replace("uwsgi_pass", "uwsgi_read_timeout 1s;\n        uwsgi_pass")),
      ...hosts("web", "127.0.0.1"),
      [INI]: null,
      "/etc/systemd/system/uwsgi.service": "[Service]\nExecStart=/usr/bin/python3 -m http.server 8000\nWorkingDirectory=/srv/app\n",
    },
    unseen: ["/etc/systemd/system/uwsgi.service"],
    links: { [SITE]: `/srv/deploy${SITE.replace("/etc", "")}` },
    patience: 1000,
    broken: { status: 504, nginx: /upstream timed out/ },
  },
  {
    name: "code below /root",
    rule: "below-root-home",
    ini: `${usual}chdir = /root/app`,
    owned: { "/root/app": "root:root 755" },
    byHand: { "chdir = /root/app": "chdir = /srv/app" },
    broken: { ...ABSENT, nginx: /connect\(\) to unix:\S+ failed/, uwsgi: /chdir\(\): Permission denied/ },
  },
  {
    name: "HTTP for everybody beside the socket of nginx",
    rule: "exposed-listener",
    whole: `[uwsgi]\nplugins = python3,http\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}http = 0.0.0.0:8080\n`,
    requests: [{ path: "/", to: "192.0.2.1:8080", after: 300 }],
    broken: { status: 200, body: /hello/ },
    fixed: { status: "cut" },
  },
  {
    name: "a socket in a closed home folder",
    rule: "home-folder",
    ini: "uid = deploy\ngid = deploy\nsocket = /home/deploy/app/app.sock\nchmod-socket = 666",
    pass: "unix:/home/deploy/app/app.sock",
    owned: { "/home/deploy": "deploy:deploy 700", "/home/deploy/app": "deploy:deploy 755", "/run/uwsgi": "deploy:deploy 755" },
    unseen: ["/home/deploy", "/home/deploy/app"],
    byHand: { "/home/deploy/app/app.sock": "/run/uwsgi/app.sock" },
    broken: { status: 502, nginx: /connect\(\) to unix:\S+ failed \(13: Permission denied\)/ },
  },
  {
    name: "nginx with another user than its folders",
    rule: "temp-path-owner",
    worker: "nginx",
    app: large,
    ini: `${usual}chmod-socket = 666`,
    owned: { "/var/lib/nginx": "www-data:root 700" },
    location: `include uwsgi_params;\nuwsgi_pass unix:${UNIX};\nlimit_rate 1m;`,
    byHand: { "user nginx": "user www-data" },
    broken: { status: "cut", nginx: /open\(\) "\/var\/lib\/nginx\/uwsgi\/\S+" failed \(13: Permission denied\) while reading upstream/ },
  },
  {
    name: "vacuum may not remove a socket in /run",
    rule: "vacuum-denied",
    ini: `${people}chown-socket = www-data\nsocket = /run/app.sock\nvacuum = true`,
    pass: "unix:/run/app.sock",
    requests: [{ path: "/" }, { path: "", signal: "QUIT" }, { path: "", run: "sleep 1" }],
    byHand: { "/run/app.sock": "/run/uwsgi/app.sock" },
    broken: { status: 200, uwsgi: /unlink\(\): Permission denied/ },
    fixed: { lacks: /unlink\(\)/ },
  },
  {
    name: "the mode of a socket that is TCP",
    rule: "chmod-without-socket",
    ini: `${people}socket = 127.0.0.1:3031\nchmod-socket = 600`,
    pass: "127.0.0.1:3031",
    broken: { status: 200 },
  },
  {
    name: "a slow upload and harakiri",
    rule: "harakiri-post-buffering",
    app: `done = []


def application(environ, start_response):
    if environ["REQUEST_METHOD"] == "POST":
        environ["wsgi.input"].read()
        done.append(1)
    start_response("200 OK" if done else "500 Nothing came", [("Content-Type", "text/plain")])
    return [b"hello"]
`,
    ini: `${usual}harakiri = 1`,
    location: `include uwsgi_params;\nuwsgi_pass unix:${UNIX};\nuwsgi_request_buffering off;`,
    requests: [
      {
        path: "",
        run: `python3 -c 'import socket, time
s = socket.create_connection(("127.0.0.1", 80))
s.sendall(b"POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 10\\r\\n\\r\\n12345")
time.sleep(2.5)
s.sendall(b"67890")
s.recv(9)'`,
      },
      { path: "/" },
    ],
    broken: { status: 500, uwsgi: /HARAKIRI ON WORKER 1/ },
  },
  {
    name: "a connection made before the fork",
    rule: "prefork-connection",
    app: `import os
import psycopg2

connection = psycopg2.connect("dbname=shop")


def application(environ, start_response):
    mine = connection.process == os.getpid()
    start_response("200 OK" if mine else "500 Shared", [("Content-Type", "text/plain")])
    return [b"mine" if mine else b"shared"]
`,
    files: { "/srv/app/psycopg2.py": "import os\n\n\nclass connect:\n    def __init__(self, name):\n        self.process = os.getpid()\n" },
    ini: `${usual}pythonpath = /srv/app\nprocesses = 2`,
    broken: { status: 500, body: /^shared$/ },
  },
];
