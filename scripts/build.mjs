// Bundles everything that ships into dist/. Arguments: --watch rebuilds on change, --sizes says what weighs in each bundle.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { analyzeMetafile, build, context } from "esbuild";
import { bundles } from "./bundles.mjs";
import { root } from "./setup.mjs";

if (process.argv.includes("--watch")) {
  for (const bundle of bundles) await (await context({ ...bundle, minify: false, sourcemap: "inline" })).watch();
} else {
  // Written when all of them succeeded: a failed build leaves the last good one in its place.
  const results = await Promise.all(bundles.map((bundle) => build({ ...bundle, write: false })));
  rmSync(join(root, "dist"), { recursive: true, force: true });
  for (const { outputFiles, metafile } of results) {
    for (const { path, contents } of outputFiles) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
      console.log(`${relative(root, path).padEnd(24)} ${(contents.length / 1024).toFixed(0).padStart(5)} KB`);
    }
    if (process.argv.includes("--sizes")) console.log(await analyzeMetafile(metafile));
  }
}
