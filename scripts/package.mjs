// Packs the extension from what scripts/build.mjs left in dist/: `npm run package [FILE.vsix]`. The same files make the same bytes.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./setup.mjs";

/** With a date, vsce gives it to every entry and sorts them. Dates of a zip are local times and begin with 1980; sorting asks the locale. */
const fixed = { SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? "315532800", TZ: "UTC", LC_ALL: "C" };

/** What ships is what .vscodeignore takes back; vsce would look at every file of the tree, the downloaded editors included. */
const shipped = () =>
  readFileSync(join(root, ".vscodeignore"), "utf8")
    .split(/\r?\n/)
    .filter((line) => line.startsWith("!"))
    .flatMap((line) => globSync(line.slice(1), { cwd: root }))
    .filter((name) => statSync(join(root, name)).isFile());

export function packageExtension(file) {
  const stage = mkdtempSync(join(tmpdir(), "uwsgi-nginx-vsix-"));
  try {
    // A copy, because the modes of a checkout are the umask's.
    for (const name of [".vscodeignore", ...shipped()]) {
      mkdirSync(dirname(join(stage, name)), { recursive: true });
      copyFileSync(join(root, name), join(stage, name));
      chmodSync(join(stage, name), 0o644);
    }
    mkdirSync(dirname(file), { recursive: true });
    const args = ["package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", file];
    const env = { ...process.env, ...fixed };
    execFileSync("vsce", args, { cwd: stage, env, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
  } finally {
    rmSync(stage, { recursive: true });
  }
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = packageExtension(resolve(process.argv[2] ?? join(root, "uwsgi-nginx.vsix")));
  console.log(`${file}: ${(statSync(file).size / 1024).toFixed(0)} KB`);
}
