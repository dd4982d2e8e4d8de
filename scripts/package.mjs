// Packs the extension from what scripts/build.mjs left in dist/: `npm run package [FILE.vsix]`.
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./setup.mjs";

export function packageExtension(file) {
  mkdirSync(dirname(file), { recursive: true });
  const args = ["package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", file];
  execFileSync("vsce", args, { cwd: root, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = packageExtension(resolve(process.argv[2] ?? join(root, "uwsgi-nginx.vsix")));
  console.log(`${file}: ${(statSync(file).size / 1024).toFixed(0)} KB`);
}
