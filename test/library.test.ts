// The engine as a library: the same answers as the command line's, from texts alone.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, evaluate, parse, topology } from "../server/src/host/library/engine";
import { RUNS } from "./fuzz/runs";

const root = join(import.meta.dirname, "..");
const folder = join(root, "examples/broken");
const names = globSync("**/*", { cwd: folder, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
const broken = Object.fromEntries(names.map((name) => [name.replaceAll("\\", "/"), readFileSync(join(folder, name), "utf8")]));

describe("check", () => {
  it("finds what the command line finds", () => {
    const { stdout } = spawnSync(process.execPath, [join(root, "dist/cli.js"), "check", folder, "--format", "json"], { encoding: "utf8" });
    const key = (finding: { file: string; range: object; code: string; message: string }): string =>
      JSON.stringify([finding.file, finding.range, finding.code, finding.message]);
    expect(check(broken).map(key).sort()).toEqual(JSON.parse(stdout).findings.map(key).sort());
  });

  it("takes levels and facts", () => {
    const files = { "app.ini": "[uwsgi]\nsokcet = :3031\nuid = shop\n" };
    expect(check(files, { levels: { "unknown-option": "off" } }).some(({ code }) => code === "unknown-option")).toBe(false);
    expect(check(files, { levels: { "unknown-option": "hint" } }).find(({ code }) => code === "unknown-option")?.severity).toBe("hint");
    const facts = { system: { users: { "www-data": { groups: [] } }, usersComplete: true } };
    expect(check(files, { facts }).some(({ code }) => code === "unknown-user")).toBe(true);
    expect(check(files).some(({ code }) => code === "unknown-user")).toBe(false);
  });

  it("names files as they were named", () => {
    const text = "[uwsgi]\nsokcet = :3031\n";
    for (const name of ["/etc/uwsgi/app.ini", "./app.ini", "a b/ü%41.ini", "__proto__.ini", "C:/x/app.ini", "../up.ini"])
      expect(
        check({ [name]: text }).map(({ file }) => file),
        name,
      ).toContain(name);
  });

  it("throws at nothing", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((words) => `[uwsgi]\n${words}`),
      fc.string().map((words) => `server { ${words}`),
    );
    const files = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("a.ini", "nginx.conf", "a.service", "Dockerfile", "a.yml", "a.json", "a.xml")),
      text,
    );
    fc.assert(
      fc.property(files, (some) => {
        check(some);
        topology(some, "json");
        for (const [name, words] of Object.entries(some)) {
          parse(name, words);
          evaluate(some, name);
        }
      }),
      RUNS(60),
    );
  });
});

describe("evaluate", () => {
  const files = {
    "etc/uwsgi/app.ini":
      "[uwsgi]\nname = shop\nsocket = /run/%(name).sock\nini = /etc/uwsgi/common.ini\nchdir = $(HOME)\n\n[other]\nmaster = true\n",
    "etc/uwsgi/common.ini": "[uwsgi]\nprocesses = 4\n",
  };

  it("expands, follows includes, and says where each option stands", () => {
    const { settings = [], complete } = evaluate(files, "etc/uwsgi/app.ini") ?? {};
    expect(settings.find(({ key }) => key === "socket")).toMatchObject({ value: "/run/shop.sock", valueKnown: true, certain: true });
    expect(settings.find(({ key }) => key === "processes")?.place?.file).toBe("etc/uwsgi/common.ini");
    expect(settings.find(({ key }) => key === "chdir")?.valueKnown).toBe(false);
    expect(complete).toBe(true);
  });

  it("knows nothing of a file that starts no process", () => {
    expect(evaluate(files, "etc/uwsgi/none.ini")).toBeUndefined();
    expect(evaluate(files, "etc/uwsgi/app.ini", { section: "none" })).toBeUndefined();
  });
});

it("topology draws what the command line draws", () => {
  const { stdout } = spawnSync(process.execPath, [join(root, "dist/cli.js"), "topology", folder, "--format", "dot"], { encoding: "utf8" });
  expect(topology(broken, "dot")).toBe(stdout);
});

it("parse reads both languages and leaves others alone", () => {
  expect(parse("app.ini", "[uwsgi]\nmaster = true\n")?.directives[0]?.body).toHaveLength(1);
  expect(parse("conf.d/a.conf", "server { listen 80; }", "nginx")?.directives[0]?.name.text).toBe("server");
  expect(parse("README.md", "# Hello")).toBeUndefined();
});
