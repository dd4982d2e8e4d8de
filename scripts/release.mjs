// Everything a release consists of, into release/: the extension, the npm package, a bill of materials and checksums.
// `npm run release` refuses an unclean tree and a version without its day in CHANGELOG.md; `-- --dry-run` says so and goes on.
// `--built` takes dist/ as it is; a word that is no option is another folder.
// Publishing is the workflow's part: .github/workflows/release.yml hands out these files and nothing else.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { packNpm } from "./npm-package.mjs";
import { packageExtension } from "./package.mjs";
import { billOfMaterials } from "./sbom.mjs";
import { root } from "./setup.mjs";

const isDryRun = process.argv.includes("--dry-run");
const folder = resolve(process.argv.slice(2).find((argument) => !argument.startsWith("--")) ?? join(root, "release"));
const { name, version, repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What stands in the way of publishing. */
function* obstacles() {
  const changed = execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).trim();
  if (changed) yield `The tree holds changes that are not committed:\n${changed}`;
  const heading = new RegExp(`^## ${version.replaceAll(".", "\\.")} \\(\\d{4}-\\d{2}-\\d{2}\\)$`, "m");
  if (!heading.test(readFileSync(join(root, "CHANGELOG.md"), "utf8"))) yield `CHANGELOG.md has no "## ${version} (YYYY-MM-DD)".`;
  const tag = process.env.GITHUB_REF_TYPE === "tag" ? process.env.GITHUB_REF_NAME : undefined;
  if (tag !== undefined && tag !== `v${version}`) yield `The tag is ${tag}, the version ${version}.`;
  for (const file of ["action.yml", ".pre-commit-hooks.yaml"])
    if (!readFileSync(join(root, file), "utf8").includes(version)) yield `${file} names another version than ${version}.`;
  if (!repository) yield `package.json names no repository: npm refuses a package whose origin it cannot confirm.`;
}

const inTheWay = [...obstacles()];
for (const obstacle of inTheWay) console.error(`${isDryRun ? "Not ready" : "Refused"}: ${obstacle}`);
if (inTheWay.length > 0 && !isDryRun) process.exit(1);

if (!process.argv.includes("--built")) execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const sbom = join(folder, `${name}-${version}.cdx.json`);
writeFileSync(sbom, `${JSON.stringify(await billOfMaterials(), null, 2)}\n`);
const files = [packageExtension(join(folder, `${name}-${version}.vsix`)), packNpm(folder), sbom];
const sums = files.map((file) => `${createHash("sha256").update(readFileSync(file)).digest("hex")}  ${basename(file)}\n`).sort();
writeFileSync(join(folder, "SHA256SUMS"), sums.join(""));
console.log(sums.join(""));
