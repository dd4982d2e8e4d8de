// The windows in which the suite runs. Each opens a copy of the test workspace, waits for the suite's verdict and closes.
import { join } from "node:path";
import { root } from "../setup.mjs";
import { addressOf, openBrowser, startServer } from "./editor.mjs";
import { copyOf } from "./install.mjs";

const patience = 180_000;
export const resultMark = "SUITE RESULT ";

/** Takes the suite's lines and its exit code from the page; the last line tells the counts. */
export async function verdictOf(page, open) {
  let counts;
  let crashed;
  await page.exposeFunction("codeAutomationLog", (_type, args) => {
    for (const text of args.map(String)) {
      if (text.startsWith(resultMark)) counts = JSON.parse(text.slice(resultMark.length));
      else if (text.startsWith("TEST ")) console.log(text.slice(5));
      else if (process.env.VSCODE_TEST_LOG) console.log(`   | ${text}`);
    }
  });
  const ended = new Promise((done) => page.exposeFunction("codeAutomationExit", (code) => done(code)).then(open));
  const late = new Promise((_, failed) => setTimeout(() => failed(new Error(`no verdict after ${patience / 1000} s`)), patience).unref());
  page.on("crash", () => {
    crashed = true;
  });
  await Promise.race([ended, late]);
  if (!counts) throw new Error(`the suite ended without counting${crashed ? ": the page crashed" : ""}`);
  return counts;
}

async function remoteHost(name, suite, settings) {
  const folder = copyOf(join(root, "test", "vscode", "workspace"), name);
  const server = await startServer({ name, settings });
  const browser = await openBrowser();
  try {
    const address = addressOf(server, { folder, extension: root, tests: suite });
    return await verdictOf(browser.page, () => browser.page.goto(address));
  } finally {
    await browser.close();
    await server.stop();
  }
}

export const windows = {
  trusted: (suite) => remoteHost("trusted", suite, {}),
  restricted: (suite) => remoteHost("restricted", suite, { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" }),
};
