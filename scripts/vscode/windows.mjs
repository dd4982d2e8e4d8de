// The windows in which the suite runs. Each opens a copy of the test workspace, waits for the suite's verdict and closes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup.mjs";
import { addressOf, openBrowser, speak, startServer } from "./editor.mjs";
import { copyOf } from "./install.mjs";
import { developInWorker, serve } from "./web.mjs";

const patience = Number(process.env.VSCODE_TEST_PATIENCE ?? 180) * 1000;
export const resultMark = "SUITE RESULT ";

/** Takes the suite's lines and its exit code from the page; the last line tells the counts. */
export async function verdictOf(page, open) {
  let counts;
  let crashed;
  const seen = [];
  await page.exposeFunction("codeAutomationLog", (_type, args) => {
    for (const text of args.map(String)) {
      if (text.startsWith(resultMark)) counts = JSON.parse(text.slice(resultMark.length));
      else if (text.startsWith("TEST ")) console.log(text.slice(5));
      // What only a person would see: a message that no extension can look at.
      else if (text.startsWith("SEE ")) seen.push(page.getByText(text.slice(4)).first().waitFor({ timeout: 15_000 }));
      else if (process.env.VSCODE_TEST_LOG) console.log(`   | ${text}`);
    }
  });
  const ended = new Promise((done) => page.exposeFunction("codeAutomationExit", (code) => done(code)).then(open));
  const late = new Promise((_, failed) => setTimeout(() => failed(new Error(`no verdict after ${patience / 1000} s`)), patience).unref());
  page.on("crash", () => {
    crashed = true;
  });
  await Promise.race([ended, late]);
  await Promise.all(seen);
  if (!counts) throw new Error(`the suite ended without counting${crashed ? ": the page crashed" : ""}`);
  return counts;
}

/** A window of its own server on a copy of the test workspace; `open` says which address to show. */
async function window(name, settings, open, neighbours = []) {
  const folder = copyOf(join(root, "test", "vscode", "workspace"), name);
  // The suite cannot be given arguments; it reads here which window it is in.
  writeFileSync(join(folder, "window.txt"), name);
  const server = await startServer({ name, settings: { ...plain, ...settings }, neighbours });
  const browser = await openBrowser();
  try {
    return await open(server, folder, browser.page);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The extension runs beside the files, in Node, as on a desktop. */
const besideFiles = (name, suite, settings = {}) =>
  window(name, settings, (server, folder, page) =>
    verdictOf(page, () => page.goto(addressOf(server, { folder, extension: root, tests: suite }))),
  );

/** In German; several folders, one on a file system of another extension, which is also one for nginx. */
function amongOthers(name, suite) {
  const open = (server, folder, page) => {
    const second = copyOf(join(root, "test", "vscode", "second"), `${name}-second`);
    const workspace = `${folder}.code-workspace`;
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: folder }, { path: second }, { uri: "memory:/site", name: "memory" }] }));
    return verdictOf(page, async () => {
      await speak(page, "de");
      await page.goto(addressOf(server, { workspace, extension: root, tests: suite }));
    });
  };
  return window(name, {}, open, [join(root, "test", "vscode", "neighbour")]);
}

/** The extension runs in the page; VS Code runs tests in the host of the extension whose folder holds them. */
async function inPage(name, suite) {
  const files = await serve({ extension: root });
  const at = (path) => ({ scheme: "http", authority: files.authority, path: `/extension${path}` });
  try {
    return await window(name, {}, async (server, folder, page) => {
      await developInWorker(page, server.origin, { extension: at(""), tests: at(suite.slice(root.length)) });
      return verdictOf(page, () => page.goto(addressOf(server, { folder })));
    });
  } finally {
    files.stop();
  }
}

/** Words of the text would pass for the server's completions. */
const plain = { "editor.wordBasedSuggestions": "off", "editor.snippetSuggestions": "none" };
const restricted = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };
export const windows = {
  trusted: (suite) => besideFiles("trusted", suite),
  restricted: (suite) => besideFiles("restricted", suite, restricted),
  others: (suite) => amongOthers("others", suite),
  web: (suite) => inPage("web", suite),
};
