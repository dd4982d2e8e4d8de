import { describe, expect, test } from "vitest";
import { args, read, starter, written } from "./read";
import { UNIT } from "./texts";

describe("systemd", () => {
  const unit = starter("app.service", UNIT);

  test("settings", () => {
    expect(unit).toMatchObject({ kind: "systemd", name: "app.service" });
    const said = Object.fromEntries(
      (["user", "group", "umask", "workingDirectory", "type", "stopSignal", "pidFile", "privateTmp", "execStop"] as const).map((key) => [
        key,
        unit[key]?.value,
      ]),
    );
    expect(said).toEqual({
      user: "app",
      group: "www-data",
      umask: "0007",
      workingDirectory: "/srv/app",
      type: "notify",
      stopSignal: "QUIT",
      pidFile: "/run/app.pid",
      privateTmp: true,
      execStop: "/bin/kill -INT $MAINPID",
    });
    expect(unit.supplementaryGroups).toEqual(["ssl-cert", "adm"]);
    expect([...unit.environment].map(([name, { value }]) => [name, value])).toEqual([
      ["E", undefined],
      ["A", "one two"],
      ["B", "app.service"],
      ["C", "100%"],
      ["D", ""],
    ]);
    expect(unit.environmentFiles.map(({ value }) => value)).toEqual(["/etc/default/app"]);
    expect(unit.scripts.map(({ value }) => value)).toEqual(["/usr/local/bin/prepare"]);
  });

  test("folders; what the user cannot make in /run is not made", () => {
    expect(unit.makes.map(({ value, owner, group, mode }) => [value, owner, group, mode])).toEqual([
      ["/run/app", "app", "www-data", "0750"],
      ["/run/app/sub", "app", "www-data", "0750"],
      ["/var/lib/state", "app", "www-data", "0755"],
      ["/run/other", "web", "web", undefined],
      ["/srv/app/run", "app", undefined, undefined],
    ]);
  });

  test("the command over continued lines", () => {
    const [command] = unit.commands;
    expect(unit.commands).toHaveLength(1);
    expect(args(command)).toEqual(["ini=/etc/app.ini", "socket=/run/app/it's.sock", "plugin=python3"]);
    expect(written(UNIT, command)).toEqual(["--ini /etc/%N.ini", "--socket \"%t/app/it's.sock", "--plugin=python3"]);
  });

  test("a template does not know its instance, an instance does", () => {
    const text = "[Service]\nExecStart=/usr/bin/uwsgi /etc/%p/%i.ini\nUser=%I\n";
    expect(args(starter("app@.service", text).commands[0])).toEqual(["=/etc/app/%i.ini"]);
    expect(args(starter("app@shop.service", text).commands[0])).toEqual(["=/etc/app/shop.ini"]);
    expect(starter("app@.service", text).user?.value).toBe("%I");
  });

  test("sockets, with what systemd gives when nothing is said", () => {
    const text = "[Socket]\nListenStream=%t/%i.sock\nListenStream=3031\nSocketUser=app\n";
    expect(starter("app@.socket", text)).toMatchObject({
      activates: "app@.service",
      listens: [
        { value: "/run/%i.sock", user: "app", mode: "0666" },
        { value: "3031", user: "app", mode: "0666" },
      ],
    });
    expect(starter("app.socket", "[Socket]\nListenStream=/a\nSocketMode=660\nService=other.service\n")).toMatchObject({
      activates: "other.service",
      listens: [{ user: "root", group: "root", mode: "660" }],
    });
  });

  test("a drop-in speaks of its unit, a shell runs what it is told, two commands stand on a line", () => {
    expect(starter("etc/systemd/system/app.service.d/override.conf", "[Service]\nUser=x\n").name).toBe("app.service");
    const both = starter("a.service", "[Service]\nExecStart=/bin/sh -c 'mkdir -p /run/a; exec uwsgi --ini a.ini' ; /usr/sbin/nginx\n");
    expect(args(both.commands[0])).toEqual(["ini=a.ini"]);
    expect(both.startsNginx).toBe(true);
    expect(both.makes.map(({ value, owner }) => [value, owner])).toEqual([["/run/a", "root"]]);
  });

  const problems = (text: string) =>
    read("a.service", text).problems.map(({ code, at, data }) => [
      code,
      text.slice(at.span.start, at.span.end),
      data?.effect ?? data?.kind,
    ]);

  test.each([
    ["RuntimeDirectory=app # needs 211", "# needs 211", "taken"],
    ["User=app ; who", "; who", "taken"],
    ["ExecStart=/usr/bin/uwsgi --ini a # why", "# why", "taken"],
    ["ExecStart=/usr/bin/uwsgi --ini a ; why", "; why", "taken"],
    ["ExecStart=/usr/bin/uwsgi \\\n  --ini a # why \\\n  --master", "# why", "taken"],
    ["KillSignal=SIGQUIT # why", "# why", "ignored"],
  ])("a comment behind a value: %s", (line, comment, effect) =>
    expect(problems(`[Service]\n${line}\n`)).toEqual([["systemd-inline-comment", comment, effect]]),
  );

  test.each([
    "Description=app # one",
    "User=app#1",
    "ExecStart=/bin/sh -c 'a # b'",
    "ExecStart=/bin/a ; /bin/b",
    'ExecStart=/bin/echo "# x"',
    "User={{ app }} # {{ x }}",
    "# User=app # x",
  ])("no comment behind a value: %s", (line) => expect(problems(`[Service]\n${line}\n`)).toEqual([]));

  test("a value that systemd ignores is not said", () => {
    expect(starter("a.service", "[Service]\nKillSignal=SIGQUIT # why\nType=simple # why\n")).not.toHaveProperty("stopSignal");
  });

  const continuation = (text: string) =>
    problems(text)
      .filter(([code]) => code === "systemd-line-continuation")
      .map(([, ...rest]) => rest);

  test("lost and stray backslashes", () => {
    expect(continuation("[Service]\nExecStart=/usr/bin/uwsgi\n  --ini a\n# x\n  --b=c\n more words\nUser=app\n")).toEqual([
      ["--ini a", "lost"],
      ["--b=c", "lost"],
      ["more words", "lost"],
    ]);
    expect(continuation("[Service]\nExecStart=/usr/bin/uwsgi \\ \n  --ini a\n")).toEqual([["--ini a", "lost"]]);
    expect(continuation("[Service]\nExecStart=/usr/bin/uwsgi \\\n  --ini a \\\nUser=app\nGroup=app\n")).toEqual([["User=app", "gained"]]);
  });

  test.each([
    "[Service]\nExecStart=/usr/bin/uwsgi \\\n  --ini a\n\n[Install]\nnonsense\n",
    "[Service]\nUser=app\nnonsense\nExecStart=/a\n",
    "[Service]\nExecStart=/usr/bin/uwsgi \\\n# c\n  --ini a\n",
    "[Service]\nExecStart=/a\n{% if x %}\nUser=app\n{% endif %}\n",
    "[Service]\nExecStart=/usr/bin/env \\\n  A=1 User=2\n",
  ])("no lost backslash: %j", (text) => expect(continuation(text)).toEqual([]));
});
