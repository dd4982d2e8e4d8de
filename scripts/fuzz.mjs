// `npm run fuzz`: bundles the long fuzzers of test/fuzz and runs them. Arguments go to them: --documents N, --inputs N, --seed N, --server FILE.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./setup.mjs";

const outfile = join(root, "test", ".tmp", "fuzz.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["test/fuzz/long.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  packages: "external",
  logLevel: "warning",
});
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
