// `--fix`: whole files or nothing, with their mode, owner, links, line ends and marks; and its diff, which patch applies.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../../server/src/host/node/diff";
import { writeOver } from "../../server/src/host/node/write";
import { AUTO, folderWith, run, text, UNDERSCORE } from "./run";

const FIXED = "[uwsgi]\nhttp-socket = :8080\nlog-date = true\nmaster = true\n";
const isRoot = process.getuid?.() === 0;
const hasPatch = spawnSync("patch", ["--version"]).status === 0;
/** Fails in CI where a program is missing; elsewhere the test is skipped. */
const skipped = (there: boolean): boolean => !there && !process.env.CI;

describe("--fix", () => {
  it("writes the safe fixes, says so, and reports what is left", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE, "b.ini": AUTO });
    const { code, out, err } = run(["check", "--fix"], { cwd });
    expect(text(cwd, "a.ini")).toBe(FIXED);
    expect(text(cwd, "b.ini")).toBe(AUTO);
    expect(err).toBe("a.ini: fixed\n");
    expect(out).toMatch(/^b\.ini:3:1: error/);
    expect(code).toBe(1);
    expect(run(["check", "a.ini", "--fix"], { cwd })).toMatchObject({ code: 0, err: "" });
  });

  it("leaves nothing behind", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE });
    run(["check", "--fix"], { cwd });
    expect(readdirSync(cwd)).toEqual(["a.ini"]);
  });

  it("keeps CRLF, a mark at the start, and a missing end of line", () => {
    const cwd = folderWith({ "a.ini": `; one\r\n${UNDERSCORE.replaceAll("\n", "\r\n")}`, "b.ini": UNDERSCORE.trimEnd() });
    writeFileSync(join(cwd, "c.nginx"), "\uFEFFuser www-data;\nserver {\n  listen 80\n}\n");
    run(["check", "--fix"], { cwd });
    expect(text(cwd, "a.ini")).toBe(`; one\r\n${FIXED.replaceAll("\n", "\r\n")}`);
    expect(text(cwd, "b.ini")).toBe(FIXED.trimEnd());
    expect(text(cwd, "c.nginx")).toBe("\uFEFFuser www-data;\nserver {\n  listen 80;\n}\n");
  });

  it.skipIf(process.platform === "win32")("keeps the mode, and the owner where it may", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE });
    const file = join(cwd, "a.ini");
    chmodSync(file, 0o2640);
    if (isRoot) chownSync(file, 12345, 54321);
    run(["check", "--fix"], { cwd });
    const { mode, uid, gid } = statSync(file);
    expect(text(file)).toBe(FIXED);
    expect((mode & 0o7777).toString(8)).toBe("2640");
    if (isRoot) expect([uid, gid]).toEqual([12345, 54321]);
  });

  it.skipIf(process.platform === "win32")("writes where a link leads, once", () => {
    const cwd = folderWith({ "available/a.ini": UNDERSCORE, "enabled/.keep": "" });
    symlinkSync("../available/a.ini", join(cwd, "enabled/a.ini"));
    const { code, err } = run(["check", "--fix"], { cwd });
    expect(err).toMatch(/^(?:available|enabled)\/a\.ini: fixed\n$/);
    expect(code).toBe(0);
    expect(text(cwd, "available/a.ini")).toBe(FIXED);
    expect(lstatSync(join(cwd, "enabled/a.ini")).isSymbolicLink()).toBe(true);
    expect(run(["check", "--fix", "--dry-run"], { cwd }).out).toBe("");
  });

  it("does not write over a file that changed meanwhile", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE, "b.ini": UNDERSCORE });
    // Opened once to be read, once to be compared: in between somebody saves.
    const between = `const fs = require("node:fs"); const open = fs.openSync; let times = 0;
      fs.openSync = (path, ...rest) => {
        if (String(path).endsWith("/a.ini") && ++times === 2) fs.appendFileSync(path, "; mine\\n");
        return open(path, ...rest);
      };`;
    const hook = join(folderWith({ "hook.cjs": between }), "hook.cjs");
    const { code, out, err } = run(["check", "--fix"], { cwd, node: ["--require", hook] });
    expect(err).toContain(`${join(cwd, "a.ini")}: not written: it changed meanwhile\n`);
    expect(err).toContain("b.ini: fixed\n");
    expect(out).toContain("a.ini:3:1: warning");
    expect(code).toBe(2);
    expect(text(cwd, "a.ini")).toBe(`${UNDERSCORE}; mine\n`);
    expect(readdirSync(cwd)).toEqual(["a.ini", "b.ini"]);
  });

  it.skipIf(process.platform === "win32")("leaves a read-only file alone, and says so", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE });
    chmodSync(join(cwd, "a.ini"), 0o444);
    const { code, err } = run(["check", "--fix"], { cwd });
    expect(err).toBe(`uwsgi-nginx check: ${join(cwd, "a.ini")}: not written: it is read-only\n`);
    expect(code).toBe(2);
    expect(text(cwd, "a.ini")).toBe(UNDERSCORE);
  });

  it("does not spoil bytes that are no UTF-8", () => {
    const cwd = folderWith({});
    const bytes = Buffer.concat([Buffer.from(UNDERSCORE), Buffer.from([0x3b, 0x20, 0xe9, 0x0a])]);
    writeFileSync(join(cwd, "a.ini"), bytes);
    const { code, err } = run(["check", "--fix"], { cwd });
    expect(err).toContain("a.ini: not written: it is not UTF-8\n");
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, "a.ini")).equals(bytes)).toBe(true);
    const dry = run(["check", "--fix", "--dry-run"], { cwd });
    expect([dry.code, dry.out, dry.err]).toEqual([2, "", expect.stringContaining("a.ini: not written: it is not UTF-8\n")]);
  });

  it.skipIf(process.platform === "win32")("never leaves half a file: what cannot be put in its place is taken away", () => {
    const cwd = folderWith({ "a.ini": UNDERSCORE });
    const fails = `const fs = require("node:fs"); fs.renameSync = () => { throw new Error("no space left"); };`;
    const hook = join(folderWith({ "hook.cjs": fails }), "hook.cjs");
    const { code, err } = run(["check", "--fix"], { cwd, node: ["--require", hook] });
    expect(err).toContain("a.ini: not written: no space left\n");
    expect(code).toBe(2);
    expect(text(cwd, "a.ini")).toBe(UNDERSCORE);
    expect(readdirSync(cwd)).toEqual(["a.ini"]);
  });

  it("does not touch what is only read beside", () => {
    const cwd = folderWith({
      "app/a.ini": UNDERSCORE,
      "common/b.ini": UNDERSCORE,
      "app/.uwsgi-nginx.json": '{ "folders": ["../common"] }',
    });
    run(["check", "app", "--fix"], { cwd });
    expect([text(cwd, "app/a.ini"), text(cwd, "common/b.ini")]).toEqual([FIXED, UNDERSCORE]);
  });
});

describe("a file that a fix creates", () => {
  it("is written with its folders", () => {
    const cwd = folderWith({});
    expect(writeOver(join(cwd, "a/b/c.conf"), undefined, "x\n")).toBeUndefined();
    expect(text(cwd, "a/b/c.conf")).toBe("x\n");
  });

  it("is not written over one that came to be meanwhile", () => {
    const cwd = folderWith({ "c.conf": "mine\n" });
    expect(writeOver(join(cwd, "c.conf"), undefined, "x\n")).toMatch(/not written: it came to be meanwhile$/);
    expect([text(cwd, "c.conf"), readdirSync(cwd)]).toEqual(["mine\n", ["c.conf"]]);
  });

  it("is an error where nothing can be written", () => {
    const cwd = folderWith({ file: "" });
    expect(writeOver(join(cwd, "file/c.conf"), undefined, "x\n")).toMatch(/not written: /);
  });
});

describe("--fix --dry-run", () => {
  const far = Array.from({ length: 40 }, (_, at) => `; ${at}\n`).join("");
  const files = {
    "a.ini": `${UNDERSCORE}${far}log_master = true`,
    "sub folder/b.ini": UNDERSCORE.replaceAll("\n", "\r\n"),
    "c.ini": AUTO,
  };

  it("writes nothing, prints a diff, and finds what stands on the disk", () => {
    const cwd = folderWith(files);
    const { code, out, err } = run(["check", "--fix", "--dry-run"], { cwd });
    for (const [path, before] of Object.entries(files)) expect(text(cwd, path)).toBe(before);
    expect(out).toContain(
      "--- a/a.ini\n+++ b/a.ini\n@@ -1,6 +1,6 @@\n [uwsgi]\n http-socket = :8080\n-log_date = true\n+log-date = true\n",
    );
    expect(out).toContain("\\ No newline at end of file\n");
    expect(err).toBe("2 files would change\n");
    expect(code).toBe(1);
    expect(run(["check", "sub folder", "--fix", "--dry-run"], { cwd }).code).toBe(1);
  });

  it("keeps the output of programs whole", () => {
    const cwd = folderWith(files);
    const { out, err } = run(["check", "--fix", "--dry-run", "--format", "json"], { cwd });
    expect(JSON.parse(out).findings.length).toBeGreaterThan(2);
    expect(err).toContain("+log-date = true\n");
  });

  it.skipIf(skipped(hasPatch))("is what --fix does: patch -p1 applies it", () => {
    const cwd = folderWith(files);
    const { out } = run(["check", "--fix", "--dry-run"], { cwd });
    const { status, stdout } = spawnSync("patch", ["-p1"], { cwd, input: out, encoding: "utf8" });
    expect([status, stdout]).toEqual([0, expect.stringContaining("patching file")]);
    const other = folderWith(files);
    run(["check", "--fix"], { cwd: other });
    for (const path of Object.keys(files)) expect(text(cwd, path)).toBe(text(other, path));
  });

  it.skipIf(skipped(hasPatch))("names files elsewhere from the root", () => {
    const cwd = folderWith(files);
    const { out } = run(["check", cwd, "--fix", "--dry-run"]);
    const { status } = spawnSync("patch", ["-p1", "-d", "/"], { input: out, encoding: "utf8" });
    expect(status).toBe(0);
    expect(text(cwd, "a.ini")).toContain("\nlog-date = true\n");
  });
});

describe("a diff", () => {
  it("is empty of hunks where nothing differs, and creates a file from nothing", () => {
    expect(unifiedDiff("a", "x\n", "x\n")).toBe("--- a/a\n+++ b/a\n");
    expect(unifiedDiff("a", undefined, "x\ny\n")).toBe("--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n+x\n+y\n");
  });

  it("quotes names that would be misread", () => {
    expect(unifiedDiff('a "b"\n', "x\n", "y\n").split("\n@@")[0]).toBe('--- "a/a \\"b\\"\\012"\n+++ "b/a \\"b\\"\\012"');
  });

  it.skipIf(skipped(hasPatch))("leads patch from any text to any other", { timeout: 60_000 }, () => {
    const line = fc.constantFrom("a", "b", "", "c d", "\r", "-x", "+x", "@@", "\\ No");
    const body = fc.tuple(fc.array(line, { maxLength: 25 }), fc.boolean()).map(([lines, ends]) => lines.join("\n") + (ends ? "\n" : ""));
    const pairs = fc.sample(fc.tuple(body, body), { numRuns: 300, seed: 8 }).filter(([before, after]) => before !== after && after !== "");
    const cwd = folderWith({});
    mkdirSync(join(cwd, "t"));
    let patch = "";
    for (const [index, [before, after]] of pairs.entries()) {
      writeFileSync(join(cwd, "t", String(index)), before);
      patch += unifiedDiff(`t/${index}`, before, after);
    }
    const { status, stdout } = spawnSync("patch", ["-p1", "--binary"], { cwd, input: patch, encoding: "utf8" });
    expect([status, stdout.match(/.*(?:fuzz|offset|FAILED|rejects).*/g)]).toEqual([0, null]);
    for (const [index, [, after]] of pairs.entries()) expect(text(cwd, "t", String(index))).toBe(after);
  });
});
