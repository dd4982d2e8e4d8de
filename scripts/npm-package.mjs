// The npm package: the command line with its language server, and the engine with its types. It has a manifest of its own, made from
// package.json, for that one describes the extension. `node scripts/npm-package.mjs FOLDER` writes the tarball there.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./setup.mjs";

const windows = process.platform === "win32";
const run = (command, args, cwd = root) => execFileSync(command, args, { cwd, encoding: "utf8", shell: windows });
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const TYPES = "types/host/library/engine.d.ts";

function manifest() {
  const { name, version, license, keywords, engines, repository } = read("package.json");
  return {
    name,
    version,
    description: read("package.nls.json").description,
    license,
    keywords,
    ...(repository ? { repository } : {}),
    engines: { node: engines.node },
    bin: { [name]: "cli.js" },
    main: "engine.cjs",
    types: TYPES,
    exports: { ".": { types: `./${TYPES}`, default: "./engine.cjs" }, "./package.json": "./package.json" },
    files: ["cli.js", "engine.cjs", "types", "schemas", "docs", "l10n", "CHANGELOG.md", "SECURITY.md", "THIRD_PARTY_NOTICES.md"],
  };
}

/** The declarations of the library and of what it names, and none of the engine's others. */
function writeTypes(folder) {
  const all = mkdtempSync(join(tmpdir(), "uwsgi-nginx-types-"));
  try {
    const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", "server/src", "--outDir", all];
    run("tsc", ["-p", "server/src/host/library", ...emit]);
    const wanted = [join(all, "host/library/engine.d.ts")];
    for (const file of wanted) {
      const text = readFileSync(file, "utf8");
      for (const [, name] of text.matchAll(/from "(\.[^"]+)"/g)) {
        const imported = `${resolve(dirname(file), name)}.d.ts`;
        if (!wanted.includes(imported)) wanted.push(imported);
      }
      const to = join(folder, relative(all, file));
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, text);
    }
  } finally {
    rmSync(all, { recursive: true });
  }
}

/** Returns the path of the tarball. npm gives every entry the same date, so the same files make the same bytes. */
export function packNpm(folder) {
  const stage = mkdtempSync(join(tmpdir(), "uwsgi-nginx-npm-"));
  try {
    for (const name of ["cli.js", "engine.cjs"]) copyFileSync(join(root, "dist", name), join(stage, name));
    for (const name of ["README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "THIRD_PARTY_NOTICES.md"])
      copyFileSync(join(root, name), join(stage, name));
    // The command line links to the pages of the rules; the language server speaks the languages of l10n.
    for (const name of ["schemas", "docs/rules", "docs/cli.md", "l10n"]) cpSync(join(root, name), join(stage, name), { recursive: true });
    writeTypes(join(stage, "types"));
    writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
    for (const entry of readdirSync(stage, { recursive: true, withFileTypes: true }))
      chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644); // not the umask's
    mkdirSync(folder, { recursive: true });
    const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--silent", "--ignore-scripts", "--pack-destination", folder], stage));
    return join(folder, filename);
  } finally {
    rmSync(stage, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(packNpm(resolve(process.argv[2] ?? join(root, "release"))));
