import { describe, expect, test } from "vitest";
import { args, read, starter, written } from "./read";

describe("supervisor", () => {
  const text = `[supervisord]
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

  test("a program", () => {
    const app = starter("supervisor.conf", text, "app");
    expect(app).toMatchObject({
      kind: "supervisor",
      user: { value: "app" },
      umask: { value: "022" },
      workingDirectory: { value: "/srv/app" },
      stopSignal: { value: "QUIT" },
    });
    expect(args(app.commands[0])).toEqual(["ini=a.ini", "socket=:3031"]);
    expect(written(text, app.commands[0])).toEqual(["--ini a.ini", '--socket ":3031']);
    expect([...app.environment].map(([name, { value }]) => [name, value])).toEqual([
      ["COMMON", "yes"],
      ["A", "x,y"],
      ["B", undefined],
      ["C", "z"],
    ]);
    const at = app.environment.get("A")?.at.span;
    expect(text.slice(at?.start, at?.end)).toBe("x,y");
    expect(starter("supervisor.conf", text, "nginx").startsNginx).toBe(true);
  });
});

describe("Kubernetes", () => {
  const text = `apiVersion: v1
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

  test("the containers of a pod", () => {
    const [app, nginx, job] = read("k8s.yaml", text).starters;
    expect(app).toMatchObject({
      kind: "kubernetes",
      name: "app",
      user: { value: "1000" },
      workingDirectory: { value: "/srv" },
      container: {
        names: ["shop"],
        networks: ["pod:web"],
        mounts: [
          { source: "volume:run", target: "/run/app", readOnly: false },
          { source: "/srv", target: "/h", readOnly: true },
        ],
        ports: [{ value: { container: 3031 } }],
      },
    });
    expect(args(app?.commands[0])).toEqual(["ini=a.ini"]);
    expect([...(app?.environment ?? [])].map(([name, { value }]) => [name, value])).toEqual([
      ["A", "1"],
      ["B", undefined],
      ["C", undefined],
    ]);
    expect(app?.environmentFiles.map(({ value }) => value)).toEqual(["settings"]);
    expect(app?.container?.sysctls.get("net.core.somaxconn")).toBe("1024");
    expect(nginx).toMatchObject({
      startsNginx: true,
      user: { value: "101" },
      group: { value: "102" },
      container: { networks: ["pod:web"], project: app?.container?.project },
    });
    expect(job?.container?.networks).toEqual(["host"]);
  });
});

describe("folders made at boot", () => {
  test("tmpfiles.d", () => {
    const text =
      "# x\nd /run/app 2750 app www-data 10d\nD! %t/b\ne /run/not\nf /run/file 0644 a a - text\nd- /var/run/c - - web\nv relative\n";
    expect(read("tmpfiles.d/app.conf", text).folders.map(({ path, mode, owner, group }) => [path, mode, owner, group])).toEqual([
      ["/run/app", "2750", "app", "www-data"],
      ["/run/b", "0755", "root", "root"],
      ["/var/run/c", "0755", "root", "web"],
    ]);
  });

  test("crontabs", () => {
    const text =
      'PATH="/srv/bin:/usr/bin"\n@reboot root install -d -o app -m 750 /run/app && chown app:web /run/app\n* * * * * root mkdir /run/not\n@reboot app cd /srv/app && uwsgi --ini a.ini\n';
    const { folders, starters } = read("etc/cron.d/app", text);
    expect(folders.map(({ path, owner, group, mode }) => [path, owner, group, mode])).toEqual([["/run/app", "app", "web", "750"]]);
    expect(starters).toHaveLength(1);
    expect(starters[0]).toMatchObject({ kind: "crontab", user: { value: "app" }, commands: [{ directory: "/srv/app" }] });
    expect(starters[0]?.environment.get("PATH")?.value).toBe("/srv/bin:/usr/bin");
    expect(read("crontab", "@reboot mkdir -p /run/app\n").folders).toHaveLength(1);
  });
});

describe("scripts", () => {
  test("upstart", () => {
    const text =
      'description "x"\nstart on runlevel [2345]\nsetuid app\nchdir /srv/app\nenv A="1 2"\nkill signal INT\npre-start script\n  mkdir -p /run/app\n  chown app /run/app\nend script\nexec /usr/bin/uwsgi --ini a.ini \\\n  --die-on-term\n';
    const job = starter("etc/init/app.conf", text);
    expect(job).toMatchObject({
      kind: "upstart",
      name: "app",
      user: { value: "app" },
      workingDirectory: { value: "/srv/app" },
      stopSignal: { value: "INT" },
    });
    expect(args(job.commands[0])).toEqual(["ini=a.ini", "die-on-term="]);
    expect(job.makes.map(({ value, owner }) => [value, owner])).toEqual([["/run/app", "app"]]);
    expect(job.environment.get("A")?.value).toBe("1 2");
  });

  test("Procfile", () => {
    const text = "web: newrelic-admin run-program uwsgi uwsgi.ini\nworker: celery -A x\n";
    expect(read("Procfile", text).starters.map(({ kind, name, commands }) => [kind, name, args(commands[0])])).toEqual([
      ["procfile", "web", ["=uwsgi.ini"]],
    ]);
  });

  test("a shell script is a starter when it does something for a deployment", () => {
    expect(read("x.sh", "echo hello\nls -l\n").starters).toEqual([]);
    const text = "#!/bin/bash\nexport UWSGI_PROCESSES=4 OTHER=$X\nset -e\n./migrate.sh\nexec uwsgi\n";
    const script = starter("run.sh", text);
    expect(script.commands).toHaveLength(1);
    expect(script.scripts.map(({ value }) => value)).toEqual(["./migrate.sh"]);
    expect([...script.environment].map(([name, { value }]) => [name, value])).toEqual([
      ["UWSGI_PROCESSES", "4"],
      ["OTHER", undefined],
    ]);
  });

  test("a script that writes a unit file is a script", () => {
    const text = "#!/bin/sh\ncat > /etc/systemd/system/a.service <<EOF\n[Service]\nExecStart=/usr/bin/uwsgi a.ini # x\nEOF\nmkdir /run/x\n";
    expect(read("install", text)).toMatchObject({ problems: [], starters: [{ kind: "shell", commands: [] }] });
  });
});
