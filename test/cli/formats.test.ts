// What other programs take: JSON as promised, SARIF by its schema, annotations of GitHub, the code quality report of GitLab.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Draft4 from "ajv-draft-04";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { AUTO, type Finding, folderWith, found, root, run, UNDERSCORE } from "./run";

const addFormats = formats as unknown as typeof formats.default;
/** The schema of SARIF 2.1.0 as it came from OASIS, out of a package of Microsoft's. */
const SCHEMA = createRequire(import.meta.url)
  .resolve("@microsoft/jest-sarif")
  .replace(/index\.js$/, "schemas/sarif-2.1.0-rtm.5.json");
// One of its patterns has a bracket too many.
const ajv = new Draft4({ strict: false, unicodeRegExp: false });
addFormats(ajv);
const isSarif = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")));

const AWKWARD = "a,b: 100%/ü x.ini";

describe("json", () => {
  it("is one object, with paths from the folder that was asked about, whatever the level", () => {
    const { code, out } = run(["check", "examples/broken", "--format", "json", "--level", "error"]);
    const { version, findings, files, ...more } = JSON.parse(out) as { version: number; findings: Finding[]; files: number };
    expect(code).toBe(1);
    expect([version, files, more]).toEqual([1, 15, {}]);
    expect(findings.some((finding) => finding.severity === "hint" || finding.severity === "info")).toBe(true);
    const one = findings.find((finding) => finding.code === "no-such-socket");
    expect(Object.keys(one ?? {})).toEqual(["file", "range", "severity", "code", "message", "related", "fixes"]);
    expect(one).toMatchObject({
      file: "etc/uwsgi-emperor/vassals/blog.ini",
      range: { start: { line: 8, character: 14 }, end: { line: 8, character: 28 } },
      severity: "error",
      related: [{ file: "etc/nginx/sites-enabled/blog", range: { start: { line: 1, character: 11 } } }],
      fixes: [{ safe: false, edits: [{}] }, {}],
    });
  });

  it("names a single file as it lies in its folder", () => {
    const cwd = folderWith({ "conf/a.ini": AUTO });
    expect(found(["conf/a.ini"], { cwd })).toContain("a.ini:3 no-workers");
  });

  it("says a file once, however often it is named", () => {
    const cwd = folderWith({ "conf/a.ini": AUTO });
    expect(found([".", "conf", "conf/a.ini"], { cwd })).toEqual(found(["."], { cwd }));
  });

  it("is complete when it is large and goes through a pipe", () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `unknown-option-${at} = 1\n`).join("");
    const { out } = run(["check", "--format", "json"], { cwd: folderWith({ "a.ini": `[uwsgi]\nhttp-socket = :80\n${many}` }) });
    expect(JSON.parse(out).findings.length).toBeGreaterThanOrEqual(20_000);
  });
});

describe("sarif", () => {
  it("has a schema that refuses", () => {
    expect(isSarif({ version: "2.1.0", runs: [{}] })).toBe(false);
  });

  it.each([
    ["of a project", () => run(["check", "examples/broken", "--format", "sarif"])],
    ["of awkward names", () => run(["check", "--format", "sarif"], { cwd: folderWith({ [AWKWARD]: AUTO }) })],
    ["of nothing", () => run(["check", "--format", "sarif"], { cwd: folderWith({}) })],
    ["of files elsewhere", () => run(["check", folderWith({ "a.ini": UNDERSCORE }), "--format", "sarif"])],
  ])("%s follows the schema", (_, ran) => {
    const log: unknown = JSON.parse(ran().out);
    expect(isSarif(log) || isSarif.errors).toBe(true);
  });

  it("names files from the root of the repository, rules with their words, fixes with their edits", () => {
    const [one] = JSON.parse(run(["check", "examples/broken", "--format", "sarif"]).out).runs;
    expect(one.tool.driver.version).toBe(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version);
    const result = one.results.find((result: { ruleId: string }) => result.ruleId === "socket-address");
    expect(result).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "examples/broken/etc/uwsgi-emperor/vassals/app_name.ini", uriBaseId: "%SRCROOT%" },
            region: { startLine: 9, startColumn: 10, endLine: 9, endColumn: 39 },
          },
        },
      ],
      fixes: [
        { artifactChanges: [{ replacements: [{ insertedContent: { text: "/run/uwsgi/app_name.sock" } }] }], properties: { safe: true } },
      ],
    });
    expect(one.tool.driver.rules[result.ruleIndex]).toMatchObject({
      id: "socket-address",
      help: {},
      defaultConfiguration: { level: "error" },
    });
  });

  it("encodes names", () => {
    const [one] = JSON.parse(run(["check", "--format", "sarif"], { cwd: folderWith({ [AWKWARD]: AUTO }) }).out).runs;
    expect(one.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("a%2Cb%3A%20100%25/%C3%BC%20x.ini");
  });
});

it("github: a command for each finding, with what would end it escaped", () => {
  const cwd = folderWith({ [AWKWARD]: AUTO, "b.ini": UNDERSCORE });
  const { code, out } = run(["check", "--format", "github"], { cwd });
  expect(code).toBe(1);
  const lines = out.trimEnd().split("\n");
  expect(lines).toContain(
    '::error file=a%2Cb%3A 100%25/ü x.ini,line=3,endLine=3,col=1,endColumn=17,title=no-workers::uWSGI reads "auto" as 0: no worker is started and every request hangs until 504. Write a number, or %25k for one worker per processor.',
  );
  expect(lines.find((line) => line.includes("unknown-option"))).toMatch(/^::warning file=b\.ini,line=3,/);
  for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) file=[^,:]+(?:,[a-zA-Z]+=[^,:\r\n]+)+::[^\r\n]+$/);
});

it("gitlab: what its code quality report asks for, each with a fingerprint of its own", () => {
  const cwd = folderWith({ "a.ini": `${AUTO}log_date = 1\nlog_date = 1\n`, "b.ini": AUTO });
  const { code, out } = run(["check", "--format", "gitlab"], { cwd });
  expect(code).toBe(1);
  const all = JSON.parse(out);
  expect(all).toContainEqual({
    description: expect.stringContaining('uWSGI reads "auto" as 0'),
    check_name: "no-workers",
    fingerprint: expect.stringMatching(/^[0-9a-f]{16}-0-a\.ini$/),
    severity: "critical",
    location: { path: "a.ini", lines: { begin: 3, end: 3 } },
  });
  const prints = all.map((one: { fingerprint: string }) => one.fingerprint);
  expect(new Set(prints).size).toBe(prints.length);
  const weights = ["info", "minor", "major", "critical", "blocker"];
  for (const { severity } of all) expect(weights).toContain(severity);
});
