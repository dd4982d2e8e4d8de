// The npm package as a stranger gets it: packed, installed elsewhere without a network, run, imported and type-checked.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const away = mkdtempSync(join(tmpdir(), "uwsgi-nginx-npm-test-"));
const shell = process.platform === "win32";
const run = (command: string, ...args: string[]): SpawnSyncReturns<string> =>
  spawnSync(command, args, { cwd: away, encoding: "utf8", shell, env: { ...process.env, NO_COLOR: "1" } });
const node = (...args: string[]): string => {
  const { status, stdout, stderr } = run(process.execPath, ...args);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
};

/** One file that finds, as JSON, what the library says of a typing error. */
const FILES = `{ "app.ini": "[uwsgi]\\nsokcet = :3031\\n" }`;

beforeAll(() => {
  const packed = spawnSync(process.execPath, [join(root, "scripts/npm-package.mjs"), away], { encoding: "utf8" });
  expect(packed.status, packed.stderr).toBe(0);
  writeFileSync(join(away, "package.json"), `{ "name": "consumer", "private": true }`);
  const installed = run("npm", "install", "--offline", "--no-audit", "--no-fund", packed.stdout.trim());
  expect(installed.status, installed.stderr).toBe(0);
}, 60_000);
afterAll(() => rmSync(away, { recursive: true }));

describe("the installed npm package", () => {
  it("needs no other package", () => {
    const lock = JSON.parse(readFileSync(join(away, "package-lock.json"), "utf8"));
    expect(Object.keys(lock.packages)).toEqual(["", "node_modules/uwsgi-nginx"]);
  });

  it("brings the command", () => {
    cpSync(join(root, "examples/broken"), join(away, "broken"), { recursive: true });
    const { status, stdout } = run(join(away, "node_modules/.bin/uwsgi-nginx"), "check", "broken", "--format", "json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings.length).toBeGreaterThan(5);
  });

  it("is imported as a module", () => {
    const source = `import { check, parse } from "uwsgi-nginx"; console.log(check(${FILES})[0].code, parse("a.ini", "[uwsgi]").directives.length);`;
    expect(node("--input-type=module", "--eval", source).trim()).toBe("unknown-option 1");
  });

  it("is required as CommonJS", () => {
    const source = `const { evaluate, topology } = require("uwsgi-nginx"); const files = ${FILES};
      console.log(evaluate(files, "app.ini").settings.map(({ key }) => key).join(), topology(files, "json").length > 0);`;
    expect(node("--input-type=commonjs", "--eval", source).trim()).toBe("ini,sokcet true");
  });

  it("opens nothing but its front door", () => {
    const { status, stderr } = run(process.execPath, "--eval", `require("uwsgi-nginx/cli.js")`);
    expect(status).not.toBe(0);
    expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it.each([
    ["nodenext", "mts"],
    ["nodenext", "cts"],
    ["bundler", "ts"],
  ])("has types for %s, .%s", (resolution, ending) => {
    const folder = join(away, `${resolution}-${ending}`);
    mkdirSync(folder);
    const compilerOptions = {
      module: resolution === "bundler" ? "esnext" : "nodenext",
      moduleResolution: resolution,
      target: "es2022",
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["."] }));
    writeFileSync(
      join(folder, `consumer.${ending}`),
      `import { check, evaluate, type Finding, parse, type Tree, topology } from "uwsgi-nginx";
const files = ${FILES};
const [first]: readonly Finding[] = check(files, { levels: { "no-master": "off" }, facts: { system: { nginxUser: "www-data" } } });
const line: number | undefined = first?.range.start.line;
const value: string | undefined = evaluate(files, "app.ini", { section: "uwsgi" })?.settings[0]?.value;
const tree: Tree | undefined = parse("app.ini", "[uwsgi]");
const drawing: string = topology(files, "mermaid");
// @ts-expect-error: a level that is none
check(files, { levels: { "no-master": "loud" } });
export { drawing, line, tree, value };
`,
    );
    const { status, stdout } = run(join(root, "node_modules/.bin/tsc"), "-p", folder);
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it("carries its licence and what it bundles", () => {
    for (const file of ["LICENSE", "THIRD_PARTY_NOTICES.md", "README.md"])
      expect(existsSync(join(away, "node_modules/uwsgi-nginx", file)), file).toBe(true);
  });
});
