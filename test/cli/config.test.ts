// The configuration file, the baseline, and standard input: what a project says about itself, and what an editor asks.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { ignoring } from "../../server/src/workspace/ignore";
import { overStdio, settle } from "../support/lsp";
import { AUTO, cli, type Files, type Finding, folderWith, found, run, text, UNDERSCORE, write } from "./run";

const CONFIG = ".uwsgi-nginx.json";
const config = (json: unknown): Files => ({ [CONFIG]: JSON.stringify(json) });

describe("the configuration file", () => {
  it("gives rules their level, or turns them off", () => {
    const cwd = folderWith({ "a.ini": "[uwsgi]\nhttp-socket = :80\nlog_date = 1\n" });
    write(cwd, config({ rules: { "no-master": "error", "unknown-option": "off", "privileged-port": "off" } }));
    const { out } = run(["check"], { cwd });
    expect(out).toMatch(/^a\.ini:2:1: error: No master/);
    expect(out).toMatch(/1 finding \(1 error\) in 1 file\n$/);
    expect(run(["check", "--no-config"], { cwd }).out).toContain("a.ini:3:1: warning");
  });

  it("is found upward from what is asked about, wherever the command runs", () => {
    const cwd = folderWith({ "p/deep/er/a.ini": UNDERSCORE, [`p/${CONFIG}`]: '{ "rules": { "unknown-option": "off" } }' });
    expect(run(["check", "p/deep/er/a.ini"], { cwd }).code).toBe(0);
    expect(run(["check", "."], { cwd: join(cwd, "p/deep") }).code).toBe(0);
    // What two paths have in common lies above it.
    write(cwd, { "q/a.ini": UNDERSCORE });
    expect(run(["check", "p/deep", "q"], { cwd }).code).toBe(1);
  });

  it("may lie elsewhere and be named", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE, "ci/strict.json": '{ "rules": { "unknown-option": "off" } } // with a reason' });
    expect(run(["check", "--config", "ci/strict.json"], { cwd }).code).toBe(0);
  });

  it("leaves files alone that it ignores: they are there, and not judged", () => {
    const site = "server {\n  listen 80;\n  include parts/old.conf;\n}\n";
    const files = { "etc/nginx/conf.d/a.conf": site, "etc/nginx/parts/old.conf": "nonsense;\n", "etc/nginx/b.ini": `${AUTO}` };
    const cwd = folderWith({ ...files, ...config({ ignore: ["parts/", "/etc/nginx/*.ini"] }) });
    expect(found([], { cwd })).toEqual([]);
    expect(found(["--no-config"], { cwd }).join()).toContain("no-workers");
    // Whoever names a file wants to know.
    expect(found(["etc/nginx/b.ini"], { cwd }).join()).toContain("no-workers");
  });

  it("says what the target is like", () => {
    const cwd = folderWith({
      "a.ini": "[uwsgi]\nmaster = true\nsocket = /run/app/a.sock\nlisten = 1000\n",
      ...config({ target: { somaxconn: 128 } }),
    });
    expect(found([], { cwd })).toContain("a.ini:4 listen-queue");
    expect(found(["--no-config"], { cwd })).not.toContain("a.ini:4 listen-queue");
    // Facts of the command line are nearer.
    write(cwd, { "facts.json": '{ "system": { "somaxconn": 4096 } }' });
    expect(found(["--facts", "facts.json"], { cwd })).not.toContain("a.ini:4 listen-queue");
  });

  it("knows the options of the target's uWSGI from what its --help prints", () => {
    const help = "Usage: uwsgi [options...]\n    -s|--socket    bind\n    --ini    load\n    --shop-limit    requests per customer\n";
    const cwd = folderWith({
      "a.ini": "[uwsgi]\nsocket = /run/app/a.sock\nshop-limit = 5\nmaster = true\n",
      "b.yaml": "uwsgi:\n  socket: '/run/app/b.sock'\n",
      "help.txt": help,
      "both.txt": `${help}-O2 -DUWSGI_VERSION="2" -DUWSGI_YAML\n`,
    });
    expect(found([], { cwd })).toContain("a.ini:3 unknown-option");
    const told = found(["--uwsgi-help", "help.txt"], { cwd });
    expect(told).toContain("a.ini:4 unknown-option");
    expect(told).not.toContain("a.ini:3 unknown-option");
    expect(told).not.toContain("b.yaml:2 yaml-own-reader");
    expect(found(["--uwsgi-help", "both.txt"], { cwd })).toContain("b.yaml:2 yaml-own-reader");
  });

  it("maps paths of the machine to its own folder, not to ours", () => {
    const nginx = "events {}\nhttp {\n  server {\n    include /etc/nginx/snippets/one.conf;\n  }\n}\n";
    const parts = { "deploy/parts/one.conf": "server {\n  listen 80;\n}\n", "deploy/other/one.conf": "server {\n  listen 81;\n}\n" };
    const cwd = folderWith({ "deploy/nginx.conf": nginx, ...parts });
    write(cwd, config({ target: { pathMapping: { "/etc/nginx/snippets": "deploy/parts" } } }));
    expect(found(["deploy"], { cwd })).toContain("parts/one.conf:1 nginx-context");
    expect(found(["deploy", "--no-config"], { cwd })).not.toContain("parts/one.conf:1 nginx-context");
  });

  it("tells directives of your own modules", () => {
    const cwd = folderWith({ "nginx.conf": "events {}\nhttp {\n  my_cache on;\n}\n" });
    expect(found([], { cwd })).toContain("nginx.conf:3 nginx-unknown-directive");
    write(cwd, config({ nginx: { directives: ["my_cache http 1"] } }));
    expect(found([], { cwd })).toEqual([]);
  });

  it("lets folders be read that are not asked about", () => {
    const files = {
      "app/a.ini": "[uwsgi]\nini = ../common/base.ini\nhttp-socket = :1\n",
      "common/base.ini": "[uwsgi]\nprocesses = auto\n",
    };
    const cwd = folderWith({ ...files, [`app/${CONFIG}`]: '{ "folders": ["../common"] }' });
    const { findings, files: count } = JSON.parse(run(["check", "app", "--format", "json"], { cwd }).out);
    expect(count).toBe(1);
    expect(findings.every((one: { file: string }) => one.file === "a.ini")).toBe(true);
  });

  it("holds for topology as well", () => {
    const cwd = folderWith({ "a.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\n", ...config({ ignore: ["*.ini"] }) });
    expect(run(["topology"], { cwd }).out).not.toContain("3031");
    expect(run(["topology", "--no-config"], { cwd }).out).toContain("3031");
  });

  it("means the same to an editor", async () => {
    const cwd = folderWith({
      "app/a.ini": "[uwsgi]\nhttp-socket = :8080\nlog_date = 1\nlisten = 1000\nuid = 0\n",
      "app/nginx/old/b.conf": "server {\n  nonsense;\n}\n",
      "app/nginx/c.conf": "server {\n  nonsense;\n}\n",
      "common/d.ini": UNDERSCORE,
      [`app/${CONFIG}`]: JSON.stringify({
        rules: { "no-master": "error", "unknown-option": "off" },
        ignore: ["old/"],
        target: { somaxconn: 128 },
        folders: ["../common"],
      }),
    });
    const client = await overStdio([process.execPath, cli, "lsp", "--stdio"], {
      folders: [pathToFileURL(join(cwd, "app")).href],
      settings: { diagnose: "workspace" },
      options: { trusted: true },
    });
    const last = client.diagnostics(pathToFileURL(join(cwd, "common/d.ini")).href);
    await settle(client);
    await last;
    await client.stop();
    const shown = [...client.published].flatMap(([uri, { diagnostics }]) =>
      diagnostics.map(({ range, severity, code }) => `${uri.split("/app/")[1]}:${range.start.line + 1} ${severity} ${code}`),
    );
    const { findings } = JSON.parse(run(["check", "app", "--format", "json"], { cwd }).out);
    const levels = ["error", "warning", "info", "hint"];
    expect(shown.filter((line) => !line.startsWith("undefined")).sort()).toEqual(
      findings
        .map(({ file, range, severity, code }: Finding) => `${file}:${range.start.line + 1} ${levels.indexOf(severity) + 1} ${code}`)
        .sort(),
    );
    expect(shown.join()).toContain("a.ini:4 1 listen-queue");
  });

  it.each([
    ['{\n  "rules": { "no-mastr": "off" }\n}', ":2:14: rules.no-mastr is not known here. Did you mean no-master?"],
    ['{\n  "target": {\n    "somaxconn": "many"\n  }\n}', ":3:18: target.somaxconn: must be number or null, and is string"],
    ['{\n  "rules": {\n}', ":3:2: close brace expected"],
    ["", ":1:1: the file is empty"],
    ["[]", ":1:1: must be object, and is array"],
    ["[".repeat(300_000), ":1:1: nested too deeply"],
  ])("is refused with the place when it is wrong: %.40j", (written, message) => {
    const cwd = folderWith({ "a.ini": UNDERSCORE, [CONFIG]: written });
    expect(run(["check"], { cwd })).toEqual({ code: 2, out: "", err: `uwsgi-nginx check: ${join(cwd, CONFIG)}${message}\n` });
  });
});

describe("ignore", () => {
  const fits = (pattern: string, path: string): boolean => ignoring("/p", [pattern])(`/p/${path}`);
  it.each([
    ["*.bak", "a/b.bak", true],
    ["*.bak", "a/b.bak/c", true],
    ["old", "a/old/b.ini", true],
    ["old/", "old/b.ini", true],
    ["/old", "a/old/b.ini", false],
    ["a/*.ini", "a/b.ini", true],
    ["a/*.ini", "a/b/c.ini", false],
    ["a/**/*.ini", "a/b/c/d.ini", true],
    ["a/**/*.ini", "a/d.ini", true],
    ["**/b/c", "x/y/b/c/z", true],
    ["./a", "a/b", true],
    ["a[0-9].ini", "x/a7.ini", true],
    ["/", "a", false],
    ["*", "a/b", true],
  ])("%s, %s: %s", (pattern, path, expected) => expect(fits(pattern, path)).toBe(expected));

  it("never says so of what lies elsewhere", () => expect(ignoring("/p", ["*"])("/q/a")).toBe(false));

  it("is not slow, whatever the pattern", () => {
    expect(fits(`${"**/*a*".repeat(30)}b`, `${"aaaaaaaaaa/".repeat(40)}c`)).toBe(false);
  });
});

describe("a baseline", () => {
  const twice = `${UNDERSCORE}log_master = true\nlog_master = true\n`;

  it("leaves out what is recorded, wherever its lines move, and nothing else", () => {
    const cwd = folderWith({ "conf/a.ini": twice, "conf/b.ini": AUTO });
    const { code, err } = run(["check", "--write-baseline", "known.json"], { cwd });
    const [, count] = /^known\.json: (\d+) findings recorded\n$/.exec(err) ?? [];
    expect([code, Number(count)]).toEqual([0, found([], { cwd }).length]);
    const out = `0 findings in 2 files; ${count} in the baseline\n`;
    expect(run(["check", "--baseline", "known.json"], { cwd })).toEqual({ code: 0, out, err: "" });
    write(cwd, { "conf/a.ini": `; moved\n\n${twice.replace("log_date", "  log_date")}log_master = true\nlog_slow_x = 1\n` });
    expect(run(["check", "--baseline", "known.json"], { cwd }).out).toMatch(new RegExp(`; ${count} in the baseline\\n$`));
    expect(found(["--baseline", "known.json"], { cwd })).toEqual(["conf/a.ini:9 unknown-option", "conf/a.ini:10 unknown-option"]);
  });

  it("is the same from any folder, and tells no text of the lines", () => {
    const cwd = folderWith({ "conf/a.ini": "[uwsgi]\nhttp-socket = :8080\nlog_date = secret-word\n" });
    run(["check", "--write-baseline", "known.json"], { cwd });
    expect(text(cwd, "known.json")).not.toContain("secret");
    expect(run(["check", ".", "--baseline", "../known.json"], { cwd: join(cwd, "conf") }).code).toBe(0);
    expect(run(["check", join(cwd, "conf/a.ini"), "--baseline", join(cwd, "known.json")]).code).toBe(0);
    run(["check", "conf", "--write-baseline", join(cwd, "again.json")], { cwd });
    expect(text(cwd, "again.json")).toBe(text(cwd, "known.json"));
  });

  it("says what is gone, of what was looked at", () => {
    const cwd = folderWith({ "a/a.ini": UNDERSCORE, "b/b.ini": UNDERSCORE });
    run(["check", "--write-baseline", "known.json"], { cwd });
    write(cwd, { "a/a.ini": UNDERSCORE.replace("log_date", "log-date") });
    const gone = "known.json: 1 finding recorded there is gone; --write-baseline known.json records anew\n";
    expect(run(["check", "--baseline", "known.json"], { cwd })).toMatchObject({ code: 0, err: gone });
    expect(run(["check", "a", "--baseline", "known.json"], { cwd }).err).toBe(gone);
    expect(run(["check", "b", "--baseline", "known.json"], { cwd }).err).toBe("");
  });

  it("counts what it leaves out in JSON", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE });
    run(["check", "--write-baseline", "known.json"], { cwd });
    expect(JSON.parse(run(["check", "--format", "json", "--baseline", "known.json"], { cwd }).out)).toEqual({
      version: 1,
      findings: [],
      files: 1,
      baseline: 1,
    });
  });

  it.each(["", "[]", '{ "version": 2 }', '{ "version": 1, "findings": [] }'])("is refused when it is none: %j", (written) => {
    const cwd = folderWith({ "a.ini": UNDERSCORE, "known.json": written });
    const { code, err } = run(["check", "--baseline", "known.json"], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining("known.json: not a baseline")]);
  });
});

describe("standard input", () => {
  const nginx = "server {\n  listen 80;\n  location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:3032;\n  }\n}\n";
  const files = {
    "etc/nginx/sites/app.conf": nginx,
    "etc/uwsgi/app.ini": "[uwsgi]\nmaster = true\nsocket = 127.0.0.1:3032\n",
    ".git/HEAD": "",
  };

  it("is judged as the file it is said to be, among the files around it", () => {
    const cwd = folderWith(files);
    const ask = (input: string): readonly string[] =>
      found(["-", "--stdin-filename", "etc/uwsgi/app.ini"], { cwd, input }).filter((one) => one.includes("no-such-socket"));
    expect(ask(files["etc/uwsgi/app.ini"])).toEqual([]);
    expect(ask("[uwsgi]\nmaster = true\nsocket = 127.0.0.1:3031\n")).toEqual(["etc/uwsgi/app.ini:3 no-such-socket"]);
    expect(text(cwd, "etc/uwsgi/app.ini")).toBe(files["etc/uwsgi/app.ini"]);
  });

  it("takes the configuration file, and what it ignores", () => {
    const cwd = folderWith({ ...files, ...config({ rules: { "unknown-option": "hint" }, ignore: ["old"] }) });
    const ask = (name: string): string => run(["check", "-", "--stdin-filename", name, "--level", "hint"], { cwd, input: UNDERSCORE }).out;
    expect(ask("etc/uwsgi/new.ini")).toContain("etc/uwsgi/new.ini:3:1: hint");
    expect(ask("old/new.ini")).toBe("0 findings in 0 files\n");
  });

  it("needs no name when the text says what it is, and then stands alone", () => {
    const cwd = folderWith(files);
    expect(run(["check", "-"], { cwd, input: "[uwsgi]\nmaster = true\nsocket = 127.0.0.1:3031\n" }).code).toBe(0);
    expect(run(["check", "-"], { cwd, input: AUTO }).out).toMatch(/^stdin:3:1: error/);
    expect(run(["check", "-"], { cwd, input: "hello\n" })).toMatchObject({ code: 2, err: expect.stringContaining("--stdin-filename") });
  });
});
