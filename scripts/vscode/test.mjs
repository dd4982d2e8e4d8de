// Runs the mocha suite of test/vscode inside a real VS Code: a trusted window, a restricted one, and the web host.
// Arguments: names of the windows to run (all when none is given), --report FILE for the counts. VSCODE_TEST_GREP chooses tests by name.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { root } from "../setup.mjs";
import { runInElectron } from "./electron.mjs";
import { windows } from "./windows.mjs";

const suite = join(root, ".vscode-test", "suite", "index.js");

/** One bundle serves every host: mocha's browser build needs nothing of Node. */
async function bundleSuite() {
  await build({
    absWorkingDir: root,
    entryPoints: ["test/vscode/index.ts"],
    outfile: suite,
    bundle: true,
    format: "cjs",
    platform: "browser",
    target: "es2022",
    external: ["vscode"],
    // Mocha's script would otherwise take the bundle's own exports for its place.
    define: { module: "undefined", GREP: JSON.stringify(process.env.VSCODE_TEST_GREP ?? "") },
    sourcemap: "inline",
    logLevel: "warning",
  });
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const args = process.argv.slice(2);
const reportAt = args.indexOf("--report");
const report = reportAt < 0 ? undefined : args.splice(reportAt, 2)[1];

await bundleSuite();
const electron = process.env.VSCODE_TEST === "electron" || process.platform !== "linux";
const chosen = Object.entries(windows).filter(([name]) => args.length === 0 || args.includes(name));
const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, open] of electron ? [["electron", runInElectron]] : chosen) {
  const from = Date.now();
  console.log(`\n-- ${name} window`);
  const result = await open(suite).catch((problem) => {
    console.error(problem);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  for (const key of Object.keys(total)) total[key] += result[key];
  console.log(
    `-- ${name} window: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped, ${((Date.now() - from) / 1000).toFixed(1)} s`,
  );
}
if (report) {
  mkdirSync(dirname(report), { recursive: true });
  writeFileSync(report, JSON.stringify(total));
}
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
