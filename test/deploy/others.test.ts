import { describe, expect, test } from "vitest";
import { args, read, starter, written } from "./read";
import { CRONTAB, PODS, SUPERVISOR, TMPFILES, UPSTART } from "./texts";

describe("supervisor", () => {
  const text = SUPERVISOR;

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
  const text = PODS;

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
    const text = TMPFILES;
    expect(read("tmpfiles.d/app.conf", text).folders.map(({ path, mode, owner, group }) => [path, mode, owner, group])).toEqual([
      ["/run/app", "2750", "app", "www-data"],
      ["/run/b", "0755", "root", "root"],
      ["/var/run/c", "0755", "root", "web"],
    ]);
  });

  test("crontabs", () => {
    const text = CRONTAB;
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
    const text = UPSTART;
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
