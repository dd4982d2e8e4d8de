import { describe, expect, test } from "vitest";
import { args, starter, written } from "./read";

const script = (line: string) => starter("start.sh", `#!/bin/sh\n${line}\n`);

describe("command lines of uWSGI", () => {
  test.each([
    ["uwsgi --ini a.ini", ["ini=a.ini"]],
    ["uwsgi --ini=a.ini --socket :3031", ["ini=a.ini", "socket=:3031"]],
    ["uwsgi a.ini --master", ["=a.ini", "master="]],
    ["uwsgi --die-on-term a.ini", ["die-on-term=", "=a.ini"]],
    ["uwsgi -s :3031 -M -p 4", ["socket=:3031", "master=", "processes=4"]],
    ["uwsgi -Mp4 -w app:app", ["master=", "processes=4", "module=app:app"]],
    ["uwsgi -s/run/a.sock", ["socket=/run/a.sock"]],
    ["uwsgi --chmod-sock=660", ["chmod-socket=660"]],
    ["uwsgi --chmod-socket 660 a.ini", ["chmod-socket=", "=660", "=a.ini"]],
    ["uwsgi --no-such-option value --other a.ini", ["no-such-option=value", "other=", "=a.ini"]],
    ["uwsgi -- --a.ini", ["=--a.ini"]],
    ['uwsgi \'--module=my app\' "--socket" "/run/a b.sock"', ["module=my app", "socket=/run/a b.sock"]],
    ["uwsgi --env A=$HOME --env B=${X:-a b} --env C=`hostname`", ["env=A=$HOME", "env=B=${X:-a b}", "env=C=`hostname`"]],
    ["uwsgi --ini a.ini > /dev/null 2>&1 &", ["ini=a.ini"]],
    ["uwsgi --ini a.ini # --socket :1", ["ini=a.ini"]],
    ["uwsgi --ini {{ folder }}/a.ini", ["ini={{ folder }}/a.ini"]],
  ])("%s", (line, expected) => expect(args(script(line).commands[0])).toEqual(expected));

  // As the program itself prints them with --hook-asap call:show_config. The last one it calls ambiguous.
  test.each([
    [
      "--processe 4 -C660 -x a.xml -H /srv/venv -t 3",
      ["processes=4", "chmod-socket=660", "xmlconfig=a.xml", "home=/srv/venv", "harakiri=3"],
    ],
    ["--uwsgi-sock /run/a.sock -d /a.log -l 5", ["uwsgi-socket=/run/a.sock", "daemonize=/a.log", "listen=5"]],
    ["--max-worker-life 3", ["max-worker-life=3"]],
  ])("beginnings and letters: %s", (line, expected) => expect(args(script(`uwsgi ${line}`).commands[0])).toEqual(expected));

  test.each([
    ["exec uwsgi a.ini", {}],
    ["/srv/venv/bin/uwsgi a.ini", { program: "/srv/venv/bin/uwsgi" }],
    ["uwsgi_python3 a.ini", { program: "uwsgi_python3" }],
    ["/usr/bin/uwsgi-core a.ini", { program: "/usr/bin/uwsgi-core" }],
    ["exec $UWSGI a.ini", { program: "$UWSGI" }],
    ["poetry run uwsgi a.ini", {}],
    ["uv run --with x uwsgi a.ini", {}],
    ["python3 -m uwsgi a.ini", {}],
    ["NAME=value nohup nice -n 5 uwsgi a.ini &", {}],
    ["env A=1 B=2 uwsgi a.ini", {}],
    ["if true; then uwsgi a.ini; fi", {}],
    ["newrelic-admin run-program uwsgi a.ini", {}],
    ["tini -- uwsgi a.ini", {}],
    ["./wait-for-it.sh db:5432 -t 30 -- uwsgi a.ini", {}],
    ["/entrypoint.sh gosu app uwsgi a.ini", { user: "app" }],
    ["gosu www-data uwsgi a.ini", { user: "www-data" }],
    ["su-exec app:app uwsgi a.ini", { user: "app" }],
    ["sudo -u uwsgi -g www-data uwsgi a.ini", { user: "uwsgi" }],
    ["sudo --user=app uwsgi a.ini", { user: "app" }],
    ["su app -c 'uwsgi a.ini'", { user: "app" }],
    ['su - app -s /bin/sh -c "exec uwsgi a.ini"', { user: "app" }],
    ["runuser -u app -- uwsgi a.ini", { user: "app" }],
    ['bash -lc "cd /srv/app && uwsgi a.ini"', { directory: "/srv/app" }],
    ["cd /srv; cd app; uwsgi a.ini", { directory: "/srv/app" }],
    ["(cd /tmp && make); uwsgi a.ini", {}],
    ["build() { cd /tmp; umask 0; }; uwsgi a.ini", {}],
    ["pushd /srv; pushd /tmp; popd; uwsgi a.ini", { directory: "/srv" }],
    ["umask 002; uwsgi a.ini", { umask: "002" }],
    ["start-stop-daemon --start --chuid app:app --exec /usr/bin/uwsgi -- a.ini", { program: "/usr/bin/uwsgi", user: "app" }],
    ["sh -c 'sh -c \"uwsgi a.ini\"'", {}],
  ])("%s", (line, expected) => {
    const { commands } = script(line);
    expect(commands).toHaveLength(1);
    const { program, user, directory, umask, args: found } = commands[0]!;
    expect({ program, user, directory, umask }).toEqual({
      program: "uwsgi",
      user: undefined,
      directory: undefined,
      umask: undefined,
      ...expected,
    });
    expect(found.map(({ value }) => value)).toEqual(["a.ini"]);
  });

  test.each([
    "pip install uwsgi",
    "service uwsgi restart",
    "pkill -9 uwsgi",
    "command -v uwsgi",
    "chown -R uwsgi:uwsgi /srv/x",
    "echo uwsgi --ini a.ini",
    "# uwsgi --ini a.ini",
    "uwsgi --reload /run/a.pid",
    "uwsgi --stop /run/a.pid",
    "uwsgi --build-plugin ./p",
    "sudo -u uwsgi nginx",
    "case $1 in uwsgi) true;; esac",
    "list=(uwsgi nginx)",
    "cat <<EOF\nuwsgi a.ini\nEOF",
  ])("no start: %s", (line) => expect(script(`${line}\n/opt/last`).commands).toEqual([]));

  test("each argument knows its place, through quotes, nested shells and continued lines", () => {
    const text = "#!/bin/sh\nsu app -c \"uwsgi --ini 'a.ini' \\\n  --socket=:3031 x\"\n";
    const [command] = starter("start.sh", text).commands;
    expect(args(command)).toEqual(["ini=a.ini", "socket=:3031", "=x"]);
    expect(written(text, command)).toEqual(["--ini 'a.ini", "--socket=:3031", "x"]);
  });

  test("folders, with owners that come later", () => {
    const { makes } = script(
      "mkdir -p -m 0750 /run/a /run/b\ninstall -d -o app -g www-data -m 2750 /run/c\nchown -R app:www /run/a\nchgrp web /run/b\nchmod 770 /run/b\ncd /srv\nmkdir media $OTHER",
    );
    expect(makes.map(({ value, owner, group, mode }) => [value, owner, group, mode])).toEqual([
      ["/run/a", "app", "www", "0750"],
      ["/run/b", undefined, "web", "770"],
      ["/run/c", "app", "www-data", "2750"],
      ["/srv/media", undefined, undefined, undefined],
      ["$OTHER", undefined, undefined, undefined],
    ]);
  });

  test("folders in braces", () => {
    expect(script("mkdir -p /srv/{a,b/{c,d}} /x/${Y:-a,b}").makes.map(({ value }) => value)).toEqual([
      "/srv/a",
      "/srv/b/c",
      "/srv/b/d",
      "/x/${Y:-a,b}",
    ]);
  });

  test("nginx", () => {
    expect(script("nginx -t && nginx -g 'daemon off;'").startsNginx).toBe(true);
    expect(script("/opt/x; nginx -s reload").startsNginx).toBe(false);
  });
});
