// What a release hands out: the same bytes whoever makes it, nothing in it that may not be there, and papers that are true.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const home = mkdtempSync(join(tmpdir(), "uwsgi-nginx-release-"));
const [first, second] = [join(home, "first"), join(home, "second")];
const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

function release(folder: string, env: NodeJS.ProcessEnv): { readonly status: number | null; readonly stderr: string } {
  const args = [join(root, "scripts/release.mjs"), "--dry-run", "--built", folder];
  return spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env: { ...process.env, ...env } });
}
const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

beforeAll(() => {
  const made = release(first, { TZ: "UTC" });
  expect(made.status, made.stderr).toBe(0);
  const umask = process.umask(0o077);
  const again = release(second, { TZ: "Asia/Tokyo", LC_ALL: "de_DE.UTF-8" });
  process.umask(umask);
  expect(again.status, again.stderr).toBe(0);
}, 120_000);
afterAll(() => rmSync(home, { recursive: true }));

describe("a release", () => {
  const files = [`${name}-${version}.cdx.json`, `${name}-${version}.tgz`, `${name}-${version}.vsix`];

  it("is three files and their checksums", () => {
    expect(readdirSync(first).sort()).toEqual(["SHA256SUMS", ...files].sort());
    const sums = Object.fromEntries(
      readFileSync(join(first, "SHA256SUMS"), "utf8")
        .trim()
        .split("\n")
        .map((line) => line.split("  ").reverse()),
    );
    for (const file of files) expect(sums[file]).toBe(sha256(join(first, file)));
  });

  it.each(files)("has the same bytes in another place, time zone, language and umask: %s", (file) => {
    expect(sha256(join(second, file))).toBe(sha256(join(first, file)));
  });

  it("keeps the extension small", () => {
    expect(readFileSync(join(first, `${name}-${version}.vsix`)).length).toBeLessThan(1.5 * 1024 * 1024);
  });

  it("lists in its bill of materials what the notices list", () => {
    const bill = JSON.parse(readFileSync(join(first, `${name}-${version}.cdx.json`), "utf8"));
    const notices = readFileSync(join(root, "THIRD_PARTY_NOTICES.md"), "utf8");
    const listed = Array.from(notices.matchAll(/^\| ([@\w][^ ]*) \| (\d[^ ]*) \|/gm), ([, one, at]) => `${one}@${at}`);
    expect(bill.components.map((one: { name: string; version: string }) => `${one.name}@${one.version}`).sort()).toEqual(listed.sort());
    for (const one of bill.components) expect(one.licenses, one.name).toHaveLength(1);
  });
});

it("is refused without --dry-run as long as something is in the way", () => {
  const env = { ...process.env, GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v0.0.0-other" };
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/release.mjs"), join(home, "none")], {
    encoding: "utf8",
    env,
  });
  expect(status).toBe(1);
  expect(stderr).toContain("The tag is v0.0.0-other");
  expect(readdirSync(home)).not.toContain("none");
});

it("two builds make the same bundles", () => {
  const script = `import { createHash } from "node:crypto"; import { build } from "esbuild"; import { bundles } from "./scripts/bundles.mjs";
    const sums = async () => JSON.stringify(await Promise.all(bundles.map(async (bundle) => {
      const { outputFiles } = await build({ ...bundle, write: false });
      return outputFiles.map(({ path, contents }) => [path, createHash("sha256").update(contents).digest("hex")]);
    })));
    console.log(await sums() === await sums());`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: root, encoding: "utf8" });
  expect(stdout.trim()).toBe("true");
}, 60_000);

it("the notices are what the bundles hold, and every licence is permitted", () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/notices.mjs"), "--check"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
}, 60_000);
