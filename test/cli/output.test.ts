// What a person sees: findings with their lines, colours where they are wanted, help, and errors of usage that say what to do.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AUTO, cli, folderWith, hasTerminal, root, run, runOnTerminal, text, UNDERSCORE } from "./run";

const ESC = "\u001b";

describe("text", () => {
  it("shows the place, the line with carets and its neighbours, and sums up", () => {
    const cwd = folderWith({ "conf/a.ini": UNDERSCORE, "conf/b.ini": AUTO });
    const { code, out, err } = run(["check", "conf"], { cwd });
    expect(out).toBe(`conf/a.ini:3:1: warning: uWSGI has no option "log_date" and ignores it. Options are written with "-". [unknown-option]
  2 | http-socket = :8080
  3 | log_date = true
    | ^^^^^^^^
  4 | master = true
    fix: Write log-date
    fix: Write logdate

conf/b.ini:3:1: error: uWSGI reads "auto" as 0: no worker is started and every request hangs until 504. Write a number, or %k for one worker per processor. [no-workers]
  2 | http-socket = :8080
  3 | processes = auto
    | ^^^^^^^^^^^^^^^^
  4 | master = true
    suggestion: Write %k

2 findings (1 error, 1 warning) in 2 files; 1 can be fixed with --fix
`);
    expect(err).toBe("");
    expect(code).toBe(1);
  });

  it("says so when there is nothing", () => {
    const cwd = folderWith({ "a.ini": "[uwsgi]\nhttp-socket = :8080\nmaster = true\n" });
    expect(run(["check", "a.ini"], { cwd })).toEqual({ code: 0, out: "0 findings in 1 file\n", err: "" });
  });

  it("counts at the level asked for", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE });
    expect(run(["check", "--level", "error"], { cwd }).code).toBe(0);
    expect(run(["check", "--level=hint"], { cwd }).out).toContain("1 finding (1 warning) in 1 file");
  });

  it("keeps carets under the place, behind tabs, wide letters and in endless lines", () => {
    const cwd = folderWith({
      "a.ini": `[uwsgi]\nhttp-socket = :8080\n\tlog_date = 資料資料\n; ${"x".repeat(10)}\nchdir = /資料 ; comment\nwsgi-file = /${"y".repeat(5000)} ; comment\n`,
    });
    const lines = run(["check"], { cwd }).out.split("\n");
    const under = (line: string): string => lines[lines.findIndex((one) => one.includes(line)) + 1] ?? "";
    expect(under("3 |  log_date")).toBe("    |  ^^^^^^^^");
    // Each of the two letters takes two columns.
    expect(under("5 | chdir")).toBe(`    | ${" ".repeat("chdir = /".length + 4 + 1)}^^^^^^^^^`);
    expect(Math.max(...lines.filter((line) => line.includes(" | ")).map((line) => line.length))).toBeLessThan(180);
    expect(under("6 | …yyy")).toMatch(/ {70}\^{9}$/);
  });

  it("lets no file steer the terminal", () => {
    const cwd = folderWith({ "a.ini": `[uwsgi]\nhttp-socket = :8080\nlog_${ESC}]0;owned\u0007date${ESC}[31m = \u009b1\n` });
    const { out, code } = run(["check", "--level", "info"], { cwd });
    expect(code).toBe(1);
    expect(out).toContain("owned");
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it("names files from here, and by their whole path when they are elsewhere", () => {
    const cwd = folderWith({ "a.ini": AUTO });
    expect(run(["check", cwd]).out).toMatch(new RegExp(`^${cwd}/a\\.ini:3:1: error`));
    expect(run(["check", "."], { cwd }).out).toMatch(/^a\.ini:3:1: error/);
  });
});

describe("colours", () => {
  const cwd = folderWith({ "a.ini": AUTO });
  const colours = (env: Record<string, string>): boolean => run(["check"], { cwd, env }).out.includes(`${ESC}[31`);
  it("are not for pipes", () => expect(colours({})).toBe(false));
  it("are there when forced", () => expect(colours({ FORCE_COLOR: "1" })).toBe(true));
  it("are not there when forced off", () => expect(colours({ FORCE_COLOR: "0" })).toBe(false));
  it("give way to NO_COLOR", () => expect(colours({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false));
  it.skipIf(!hasTerminal)("are for terminals, with links to the pages of the rules", () => {
    const shown = runOnTerminal(["check"], { cwd });
    expect(shown).toContain(`${ESC}[31;1merror${ESC}[0m`);
    expect(shown).toMatch(/\u001b\]8;;(?:file|https):\/\/\S+\u001b\\\u001b\[90m\[no-workers\]/);
    expect(runOnTerminal(["check"], { cwd, env: { NO_COLOR: "1" } })).not.toContain(ESC);
    expect(runOnTerminal(["check"], { cwd, env: { TERM: "dumb" } })).not.toContain(ESC);
  });
});

describe("help", () => {
  it.each([["--help"], ["-h"], ["help"]])("%s names every command", (word) => {
    const { code, out } = run([word]);
    expect(code).toBe(0);
    for (const command of ["check", "show-config", "topology", "explain", "lsp --stdio"]) expect(out).toContain(`uwsgi-nginx ${command}`);
  });

  it("of check names every option and the exit codes", () => {
    const { code, out } = run(["check", "--help"]);
    expect(code).toBe(0);
    for (const option of ["format", "level", "fix", "dry-run", "facts", "uwsgi-help", "config", "no-config", "baseline", "stdin-filename"])
      expect(out).toContain(`--${option}`);
    expect(out).toContain("Exit code: 0 nothing at the level or above, 1 something, 2 wrong usage");
    expect(run(["help", "check"]).out).toBe(out);
  });

  it("says which version this is", () => {
    expect(run(["--version"]).out).toBe(`uwsgi-nginx ${JSON.parse(text(root, "package.json")).version}\n`);
  });
});

describe("usage", () => {
  it("needs a Node that has all that the engine uses", () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "20.20.2" });`;
    const hook = join(folderWith({ "old.cjs": old }), "old.cjs");
    const { code, out, err } = run(["check"], { node: ["--require", hook] });
    expect([code, out, err]).toEqual([2, "", "uwsgi-nginx: Node 22 or newer is needed, this is 20.20.2\n"]);
  });

  it.each([
    [["chek"], "unknown command chek. Did you mean check?"],
    [["check", "--formt", "json"], "unknown option --formt. Did you mean --format?"],
    [["check", "--format", "jsn"], "--format takes text, json, sarif, github, gitlab, and not jsn. Did you mean json?"],
    [["check", "--level"], "--level needs a value: --level LEVEL"],
    [["check", "--level="], "--level needs a value: --level LEVEL"],
    [["check", "--fix=yes"], "--fix takes no value"],
    [["check", "--dry-run"], "--dry-run goes with --fix"],
    [["check", "nowhere"], "nowhere: no such file or folder"],
    [["check", "--stdin-filename", "a.ini"], "--stdin-filename goes with -"],
    [["check", "-", "--fix"], "--fix has no file to write to"],
    [["check", "--facts", "nowhere.json"], "nowhere.json: not a readable file"],
    [["check", ".", "--uwsgi-help", "nowhere.txt"], "nowhere.txt: not what uwsgi --help prints"],
    [["check", "--config", "nowhere.json"], "nowhere.json: not a readable file"],
    [["check", "--baseline", "nowhere.json"], "nowhere.json: not a readable file"],
    [["topology", "--format", "mermaids"], "--format takes mermaid, dot, json, svg, and not mermaids. Did you mean mermaid?"],
    [["topology", "nowhere"], "nowhere: no such file or folder"],
  ])("%j is told: %s", (args, message) => {
    const { code, out, err } = run(args, { cwd: folderWith({}) });
    expect(err).toContain(message);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  it("needs a command", () => {
    expect(run([])).toMatchObject({ code: 2, out: "" });
  });
});

it.skipIf(process.platform === "win32")("whoever stops reading is no failure", () => {
  const many = Array.from({ length: 3000 }, (_, at) => `unknown-option-${at} = 1\n`).join("");
  const cwd = folderWith({ "a.ini": `[uwsgi]\nhttp-socket = :8080\n${many}` });
  const { stdout, stderr } = spawnSync(
    "bash",
    ["-c", `"${process.execPath}" "${cli}" check --level info | head -1; echo "\${PIPESTATUS[0]}"`],
    {
      cwd,
      encoding: "utf8",
    },
  );
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^a\.ini:3:1: info.*\n1\n$/);
});
