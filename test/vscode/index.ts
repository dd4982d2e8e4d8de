// What VS Code calls inside its extension host. The lines it prints are read by scripts/vscode/windows.mjs.
import "mocha/mocha.js";
import { workspace } from "vscode";

/** Set by scripts/vscode/test.mjs: the names of the tests to run. */
declare const GREP: string;

// An editor on a busy machine may be late once; what fails twice is broken.
mocha.setup({ ui: "tdd", timeout: 20_000, retries: 1, grep: new RegExp(GREP), reporter: class {} as never });

export async function run(): Promise<void> {
  // Loaded after the set-up, for `suite` and `test` exist only then.
  if ((workspace.workspaceFolders?.length ?? 0) > 1) await import("./suite/neighbours.test");
  else await import("./suite/all");
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = await new Promise<number>((done) => {
    // The browser's own `mocha.run` reads the page's address, which an extension host does not have.
    const runner = Mocha.prototype.run.call(mocha, done);
    runner.on("pass", (test) => {
      counts.passed++;
      console.log(`TEST   ok    ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on("pending", (test) => {
      counts.skipped++;
      console.log(`TEST   skip  ${test.fullTitle()}`);
    });
    runner.on("fail", (test, problem: Error) => {
      counts.failed++;
      console.log(`TEST   FAIL  ${test.fullTitle()}\n${problem.stack ?? problem}`);
    });
  });
  console.log(`SUITE RESULT ${JSON.stringify(counts)}`);
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
