import { describe, expect, test } from "vitest";
import { loadNotes } from "../../server/src/facts/notes";
import { options } from "../../server/src/facts/uwsgi";
import { plain } from "../../server/src/ide/markdown";
import { optionText } from "../../server/src/ide/uwsgi/option-text";
import { hoverOn } from "../support/ide";

const app = (line: string, before = ""): string => `
#- app.ini
  [uwsgi]
  ${before}
  ${line}
`;

describe("hover in uWSGI files", () => {
  test("an option: type, how repeats combine, default, plugin, other names", async () => {
    const buffer = await hoverOn(app("buffer-<|>size = 6553"));
    expect(buffer?.on).toBe("buffer-size");
    expect(buffer?.says).toContain("**buffer-size** · number of bytes up to 65535 · the last one counts");
    expect(buffer?.says).toContain("Default: `4096`");
    const workers = await hoverOn(app("work<|>ers = 4"));
    expect(workers?.says).toMatch(/Other names: .*`processes`/);
    const home = await hoverOn(app("home<|> = /srv/venv"));
    expect(home?.says).toContain("Plugin `python` (Debian: `uwsgi-plugin-python3`)");
  });

  test("the value of a placeholder", async () => {
    const found = await hoverOn(app("chdir = /srv/%(proj<|>ect)", "project = shop"));
    expect(found).toEqual({ on: "%(project)", says: "**`%(project)`** · placeholder\n\nHere: `shop`" });
  });

  test("a variable of the file's own", async () => {
    const found = await hoverOn(app("chdir = /srv/%(project)", "proj<|>ect = shop"));
    expect(found?.says).toContain("stands for `shop`");
  });

  test("magic letters, with their value where the path on the machine is known", async () => {
    const unknown = await hoverOn(app("chdir = %<|>d"));
    expect(unknown?.says).not.toContain("Here:");
    const name = await hoverOn(app("procname = %<|>n"));
    expect(name?.says).toContain("Here: `app`");
    const folder = await hoverOn(`
      #- etc/uwsgi/vassals/shop.ini
        [uwsgi]
        chdir = %<|>d
      `);
    expect(folder?.says).toContain("Here: `/etc/uwsgi/vassals/`");
  });

  test("an evaluated value on the name and on the rest of the value", async () => {
    const found = await hoverOn(app("chdir = /sr<|>v/%(project)", "project = shop"));
    expect(found).toEqual({ on: "/srv/%(project)", says: "Here: `/srv/shop`" });
  });

  test("modes in words", async () => {
    const found = await hoverOn(app("chmod-socket = 6<|>64"));
    expect(found?.says).toContain("`rw-rw-r--`");
    expect(found?.says).toContain("the owner and the group may connect");
    expect((await hoverOn(app("chmod-socket = 6<|>6")))?.says).toBeUndefined();
  });

  test.each([
    ["hook-asap = exe<|>c:ls", "exec", "action of hooks"],
    ["route = ^/a redi<|>rect:/b", "redirect", "action of routing"],
    ["route-if = exi<|>sts:/x last:", "exists", "condition of routing"],
    ["route-if = exists:/x las<|>t:", "last", "action of routing"],
    ["route-run = addv<|>ar:A=${cookie[x]}", "addvar", "action of routing"],
    ["route-run = addvar:A=${coo<|>kie[x]}", "cookie", "variable of routing"],
    ["cache2 = name=a,ite<|>ms=4", "items", "key of cache2"],
    ["cron2 = minu<|>te=-5 ls", "minute", "key of cron2"],
    ["logger = main fi<|>le:/x", "file", "logger"],
    ["logger = sys<|>log:x", "syslog", "logger"],
    ["log-format = %(uri) %(sta<|>tus)", "%(status)", "variable of the log"],
    ["alarm = a cm<|>d:mail", "cmd", "alarm"],
    ["protocol = ht<|>tp", "http", "protocol"],
    ["cheaper-algo = bus<|>yness", "busyness", "pool of workers"],
    ["stats-push = car<|>bon:x", "carbon", "stats pusher"],
    ["emperor = di<|>r:///etc", "dir", "source of vassals"],
  ])("a word inside a value: %s", async (line, on, what) => {
    const found = await hoverOn(app(line));
    expect(found?.on).toBe(on);
    expect(found?.says).toContain(what);
  });

  test("$(NAME) with the value a unit gives it", async () => {
    const found = await hoverOn(`
      #- etc/systemd/system/shop.service
        [Service]
        Environment=PORT=3031
        ExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/shop.ini
      #- etc/uwsgi/shop.ini
        [uwsgi]
        socket = 127.0.0.1:$(PO<|>RT)
      `);
    expect(found).toMatchObject({ on: "$(PORT)", says: expect.stringContaining("Here: `3031`") });
  });

  test("sections", async () => {
    expect((await hoverOn("  [uw<|>sgi]\n  master = true"))?.says).toContain("1 line");
    expect((await hoverOn("  [uwsgi]\n  ini = :prod\n  [pr<|>od]\n  master = true"))?.says).toContain("`ini = :prod`");
  });

  test("nothing on comments, unknown names and other programs' files", async () => {
    expect(await hoverOn(app("# mas<|>ter"))).toBeUndefined();
    expect(await hoverOn(app("sok<|>cet = :1"))).toMatchObject({ says: expect.stringContaining("variable") });
    expect(await hoverOn("#- tox.ini\n  [tox]\n  env<|>list = py3")).toBeUndefined();
  });

  test("texts of a file cannot become markup", async () => {
    const found = await hoverOn(app("chdir = /srv/%(proj<|>ect)", "project = a`b`](command:x) **c**"));
    expect(found?.says).toContain("``a`b`](command:x) **c**``");
  });

  test("every option has a text without links that run something", async () => {
    const notes = await loadNotes();
    for (const option of options()) {
      const text = optionText(option, notes);
      expect(text).not.toMatch(/\]\((?!https:\/\/)/);
      expect(text.length).toBeGreaterThan(option.name.length + 8);
      expect(plain(text)).not.toContain("**");
    }
  });
});
