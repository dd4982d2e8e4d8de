// The same suite in a downloaded desktop VS Code, on machines that can fetch one.
import { join } from "node:path";
import { root } from "../setup.mjs";
import { copyOf } from "./install.mjs";

export async function runInElectron(suite) {
  const name = "@vscode/test-electron";
  const { runTests } = await import(name).catch(() => {
    throw new Error(`Desktop runs need ${name}: npm install --no-save ${name}`);
  });
  const folder = copyOf(join(root, "test", "vscode", "workspace"), "electron");
  const code = await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    launchArgs: [folder, "--disable-extensions", "--disable-workspace-trust"],
  });
  // The desktop prints the suite's lines itself; only its exit code comes back.
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}
