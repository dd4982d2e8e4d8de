// Starts VS Code's server and shows its workbench in Chromium.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { chromium } from "playwright-core";
import { cache, installedEditor } from "./install.mjs";

const quiet = {
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "extensions.ignoreRecommendations": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "git.enabled": false,
  "chat.disableAIFeatures": true,
  "files.simpleDialog.enable": true,
};

export async function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** The server with a fresh user folder; `settings` are added to those that keep the editor quiet; `extension` is a .vsix to install, `neighbours` are folders of others. */
export async function startServer({ name, settings = {}, port, extension, neighbours = [] }) {
  const chosen = port ?? (await freePort());
  const data = join(cache, "data", name);
  rmSync(data, { recursive: true, force: true });
  mkdirSync(join(data, "data", "User"), { recursive: true });
  writeFileSync(join(data, "data", "User", "settings.json"), JSON.stringify({ ...quiet, ...settings }));
  for (const folder of neighbours) cpSync(folder, join(data, "extensions", basename(folder)), { recursive: true });
  const server = [installedEditor(), "--accept-server-license-terms", "--server-data-dir", data];
  if (extension) execFileSync(process.execPath, [...server, "--install-extension", extension, "--force"], { stdio: "ignore" });
  const fixed = ["--without-connection-token", "--enable-smoke-test-driver", "--telemetry-level", "off"];
  const child = spawn(process.execPath, [...server, "--host", "127.0.0.1", "--port", `${chosen}`, ...fixed], {
    stdio: ["ignore", "pipe", "pipe"],
    // A test run inside an editor's terminal must not talk to that editor.
    env: Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("VSCODE_"))),
  });
  let log = "";
  await new Promise((done, failed) => {
    const read = (chunk) => {
      log += chunk;
      if (log.includes("Extension host agent listening on")) done();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`VS Code's server ended with ${code}:\n${log}`)));
  });
  child.removeAllListeners("exit");
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  const stop = () =>
    new Promise((done) => {
      if (child.exitCode !== null) return done();
      child.once("exit", done);
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 5000).unref();
    });
  return { authority: `127.0.0.1:${chosen}`, origin: `http://127.0.0.1:${chosen}`, stop };
}

/** Where the workbench finds a folder, or a workspace of several, and, if given, an extension under development and its tests. */
export function addressOf(server, { folder, workspace, extension, tests }) {
  const remote = (path) => `vscode-remote://${server.authority}${path}`;
  const payload = [["skipWelcome", "true"]];
  if (extension) payload.push(["extensionDevelopmentPath", remote(extension)]);
  if (tests) payload.push(["extensionTestsPath", remote(tests)]);
  const query = new URLSearchParams({ ...(workspace ? { workspace } : { folder }), payload: JSON.stringify(payload) });
  return `${server.origin}/?${query}`;
}

export async function openBrowser({ width = 1400, height = 900, scale = 1, features = [] } = {}) {
  const disabled = ["LocalNetworkAccessChecks", "PrivateNetworkAccessSendPreflights", "BlockInsecurePrivateNetworkRequests", ...features];
  const browser = await chromium.launch({
    executablePath: ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--disable-features=${disabled.join(",")}`,
    ],
  });
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  return { page: await context.newPage(), close: () => browser.close() };
}

/** Makes a page take itself for one of another language, without a pack of the editor's own words: those stay English. */
export async function speak(page, language) {
  await page.addInitScript((chosen) => {
    Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => chosen, set() {} });
  }, language);
}
