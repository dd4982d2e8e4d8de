// Which packages end up in what ships, as esbuild says it: for the notices, the licence check and the bill of materials.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundles } from "./bundles.mjs";
import { root } from "./setup.mjs";

/** The folder of the package a file belongs to; packages may lie in the folder of another. */
const packageFolder = (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/** Name, version, author, licence and its text of each package, sorted by name. */
export async function bundledPackages() {
  const built = await Promise.all(bundles.map((bundle) => build({ ...bundle, minify: false, write: false })));
  const files = built.flatMap(({ metafile }) => Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const packages = new Map();
  for (const folder of new Set(files.map(packageFolder))) {
    if (folder === undefined) continue;
    const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    packages.set(`${name}@${version}`, {
      name,
      version,
      license,
      author: (author?.name ?? author)?.replace(/\s*[<(].*$/, ""),
      text: licenceText(folder),
    });
  }
  return [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

function licenceText(folder) {
  const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(name));
  return (
    file &&
    readFileSync(join(root, folder, file), "utf8")
      .replaceAll("\r\n", "\n")
      .trim()
  );
}
