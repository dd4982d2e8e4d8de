// What the built bundles can do: which modules they load, and that none of them starts a process, opens a connection or runs text as code.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { overStdio } from "./support/lsp";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const textOf = (file: string): string => readFileSync(join(dist, file), "utf8");

/** Every module a bundle loads, without the `node:` that some spell. Minified code keeps these calls as they are. */
const modulesOf = (file: string): string[] =>
  [...new Set(Array.from(textOf(file).matchAll(/\brequire\(["'](?:node:)?([^"']+)["']\)/g), ([, name]) => name ?? ""))].sort();

const DISK_AND_TEXT = ["buffer", "crypto", "fs", "os", "path", "process", "url", "util", "v8"];
/** The desktop client starts the server: the library it does that with brings both. */
const BUNDLES: Readonly<Record<string, readonly string[]>> = {
  "cli.js": DISK_AND_TEXT,
  "server.js": DISK_AND_TEXT,
  "engine.cjs": [],
  "client.js": [...DISK_AND_TEXT, "child_process", "net", "readline", "vscode"],
  "browser/client.js": ["vscode"],
  "topology.js": [],
};
const ENGINE = ["cli.js", "server.js", "engine.cjs"];

describe.each(Object.keys(BUNDLES))("%s", (file) => {
  test("loads these modules and no others", () => {
    expect(existsSync(join(dist, file))).toBe(true);
    expect(modulesOf(file).filter((name) => !BUNDLES[file]?.includes(name))).toEqual([]);
  });

  test("has no other way to a module, to the network or to running text as code", () => {
    // Texts of nginx's documentation are strings in the bundle and name such calls: strings do not count.
    const code = textOf(file).replace(/JSON\.parse\((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)\)/g, "");
    const ways = {
      evaluation: /(?<![.\w$])eval\s*\(|\bnew Function\b|(?<![.\w$])Function\s*\(/,
      "loading by a name made at run time":
        /(?<![.\w$])require\((?!["'])|(?<![.\w$])import\s*\(|createRequire|getBuiltinModule|process\.binding|\bdlopen\b/,
      network: /(?<![.\w$])fetch\s*\(|XMLHttpRequest|\bWebSocket\b|EventSource|sendBeacon|importScripts/,
    };
    for (const [way, pattern] of Object.entries(ways)) expect(pattern.exec(code)?.[0], way).toBeUndefined();
  });
});

test("only the web client makes a worker, and of its own server", () => {
  const made = Object.keys(BUNDLES).filter((file) => /\bnew Worker\b/.test(textOf(file)));
  expect(made).toEqual(["browser/client.js"]);
});

describe("under Node's permission model, with reading allowed and nothing else", () => {
  const node = [process.execPath, "--permission", "--allow-fs-read=*"] as const;
  const broken = join(root, "examples/broken");

  test("the command line does its work", () => {
    const [program, ...flags] = node;
    const { status, stdout, stderr } = spawnSync(program, [...flags, join(dist, "cli.js"), "check", broken, "--format", "json"], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings.length).toBeGreaterThan(5);
  });

  test("the language server does its work", async () => {
    const client = await overStdio([...node, join(dist, "server.js"), "--stdio"], { folders: [`file://${broken}`] });
    const uri = `file://${broken}/new.ini`;
    const published = client.diagnostics(uri);
    await client.open(uri, "[uwsgi]\nsokcet = :3031\n");
    expect((await published).diagnostics.length).toBeGreaterThan(0);
    await client.stop();
  });
});

test("the audit sees what it looks for", () => {
  expect(modulesOf("client.js")).toContain("child_process");
  expect(ENGINE.every((file) => textOf(file).length > 100_000)).toBe(true);
});
