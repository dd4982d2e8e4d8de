#!/usr/bin/env node
// The one entry of all npm scripts: `node scripts/run.mjs TASK [ARGUMENT…]`. Sets up what is missing, then runs the task.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { missingPrograms, prepare, root } from "./setup.mjs";

const typeRoots = [
  "server",
  "server/src/host/node",
  "server/src/host/browser",
  "server/src/host/library",
  "client",
  "client/view",
  "test",
  "test/vscode",
];
const reports = join(root, "test", ".tmp");

/** Runs one command and says whether it ended well. */
function ends(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (error) console.error(error.message);
  return status === 0;
}

/** A task that is one yes or no. */
const check = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** A task that leaves its counts in a file; without the file it broke down, which is a failure. */
function counted(name, start) {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, `${name}.json`);
  rmSync(file, { force: true });
  const ok = start(file);
  if (!existsSync(file)) return check(false);
  const report = JSON.parse(readFileSync(file, "utf8"));
  const passed = report.numPassedTests ?? report.passed;
  const failed = report.numFailedTests ?? report.failed;
  const skipped = report.skipped ?? report.numPendingTests + report.numTodoTests;
  return { passed, failed: ok ? failed : Math.max(1, failed), skipped };
}

const vitest = (name) => (args) =>
  counted(name, (file) =>
    ends("vitest", "run", "--project", name, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...args),
  );

const tasks = {
  build: (args) => check(ends("node", "scripts/build.mjs", ...args)),
  types: () => check(typeRoots.filter((path) => existsSync(join(root, path, "tsconfig.json"))).every((path) => ends("tsc", "-p", path))),
  lint: (args) => check(ends("biome", "check", "--error-on-warnings", ...args) && ends("knip", "--no-progress")),
  unit: vitest("unit"),
  oracle: vitest("oracle"),
  live: vitest("live"),
  editors: vitest("editors"),
  vscode: (args) => counted("vscode", (file) => ends("node", "scripts/vscode/test.mjs", "--report", file, ...args)),
  generate: (args) => check(ends("node", "scripts/generate.mjs", ...args)),
  bench: (args) => check(ends("node", "bench/run.mjs", ...args)),
  fuzz: (args) => check(ends("node", "scripts/fuzz.mjs", ...args)),
  start: (args) => check(ends("node", "scripts/start.mjs", ...args)),
  package: (args) => check(ends("node", "scripts/build.mjs") && ends("node", "scripts/package.mjs", ...args)),
  notices: () => check(ends("node", "scripts/notices.mjs", "--check")),
  release: (args) => check(ends("node", "scripts/release.mjs", ...args)),
  pictures: (args) => check(ends("node", "scripts/pictures.mjs", ...args)),
};
const testOrder = ["build", "types", "lint", "unit", "oracle", "live", "editors", "vscode"];

/** Real programs are asked for only by the tasks that talk to them; CI must have them, a laptop may lack them. */
function perform(name, args) {
  const missing = missingPrograms(name);
  if (missing.length === 0) return tasks[name](args);
  console.error(`${name} needs ${missing.join(", ")}, which ${missing.length > 1 ? "are" : "is"} not installed here: skipped.`);
  return process.env.CI ? check(false) : { passed: 0, failed: 0, skipped: 1 };
}

function testAll() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of testOrder) {
    const from = Date.now();
    console.log(`\n== ${name}`);
    const result = perform(name, []);
    for (const key of Object.keys(total)) total[key] += result[key];
    console.log(
      `== ${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped, ${((Date.now() - from) / 1000).toFixed(0)} s`,
    );
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total;
}

const [name = "", ...args] = process.argv.slice(2);
if (name !== "test" && !Object.hasOwn(tasks, name)) {
  console.error(`Tasks: ${[...Object.keys(tasks), "test"].join(", ")}`);
  process.exit(2);
}
try {
  prepare();
  const { failed } = name === "test" ? testAll() : perform(name, args);
  process.exit(failed > 0 ? 1 : 0);
} catch (problem) {
  console.error(problem.message);
  process.exit(1);
}
