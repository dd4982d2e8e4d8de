// Takes the pictures of docs/pictures/ from the running editor. Arguments: names of scenes (all when none is given).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { packageExtension } from "./package.mjs";
import { root, run } from "./setup.mjs";
import { addressOf, openBrowser, startServer } from "./vscode/editor.mjs";
import { cache, copyOf } from "./vscode/install.mjs";

const target = join(root, "docs", "pictures");
const settings = {
  "workbench.colorTheme": "Default Dark Modern",
  "editor.fontSize": 14,
  "editor.minimap.enabled": false,
  "editor.hover.delay": 100,
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
  "chat.commandCenter.enabled": false,
  "breadcrumbs.enabled": false,
};

/** The hands of the one who takes the pictures. */
function hands(page) {
  const settle = (ms = 600) => page.waitForTimeout(ms);
  /** Types into the palette and takes the entry once it is there. */
  async function pick(key, text, entry) {
    await page.keyboard.press(key);
    await page.locator(".quick-input-widget input").waitFor();
    await page.keyboard.type(text, { delay: 15 });
    await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: entry }).waitFor();
    await settle();
    await page.keyboard.press("Enter");
    await settle();
  }
  async function open(name) {
    const base = name.split("/").at(-1);
    await pick("Control+P", name, base);
    await page.locator(`.tab.active[data-resource-name="${base}"]`).first().waitFor();
    await settle();
  }
  /** Puts the cursor into the active editor at a line and column, both from one. */
  async function goTo(line, column) {
    await page.keyboard.press("Control+G");
    await page.keyboard.type(`${line}:${column}`);
    await page.keyboard.press("Enter");
    await settle(300);
  }
  const squiggles = () => page.locator(".squiggly-error, .squiggly-warning").first().waitFor({ timeout: 20_000 });
  return { page, pick, open, goTo, settle, squiggles };
}

const scenes = {
  /** The whole deployment as a drawing, with what breaks it. */
  async topology({ page, open, pick, squiggles, settle }) {
    await open("sites-enabled/forum");
    await squiggles();
    await page.keyboard.press("Control+W");
    await page.keyboard.press("Control+B");
    await pick("F1", "Show Topology", "Show Topology");
    await page.locator("iframe.webview.ready").first().waitFor({ timeout: 30_000 });
    await settle(4000);
  },
  /** A file and what uWSGI makes of it. */
  async effective({ page, open, pick, squiggles, settle }) {
    await open("vassals/app_name.ini");
    await squiggles();
    await page.keyboard.press("Control+B");
    await pick("F1", "Show Effective Configuration", "Show Effective Configuration");
    await page.locator('.tab[data-resource-name$="(effective)"]').first().waitFor();
    await settle(1500);
  },
  /** Both sides at once, with what is wrong between them. */
  async readme({ page, open, squiggles, settle }) {
    await open("sites-enabled/forum");
    await squiggles();
    await page.keyboard.press("Control+\\");
    await settle();
    await open("vassals/forum.ini");
    await settle(1500);
    await page.keyboard.press("Control+Shift+M");
    await page.locator(".markers-panel-container .monaco-list-row").first().waitFor();
    await settle(1500);
  },
  async hover({ page, open, goTo, squiggles, settle }) {
    await open("vassals/app_name.ini");
    await squiggles();
    await goTo(10, 4);
    await page.keyboard.press("Control+K");
    await page.keyboard.press("Control+I");
    await page.locator(".monaco-hover").first().waitFor();
    await settle();
  },
  async completion({ page, open, goTo, squiggles, settle }) {
    await open("vassals/app_name.ini");
    await squiggles();
    await goTo(12, 1);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("chmod", { delay: 60 });
    await page.locator(".suggest-widget.visible").waitFor();
    await settle(1000);
  },
  async fix({ page, open, goTo, squiggles, settle }) {
    await open("sites-enabled/app_name");
    await squiggles();
    await goTo(11, 25);
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget").first().waitFor();
    await settle();
  },
};

const chosen = Object.keys(scenes).filter((name) => process.argv.length < 3 || process.argv.includes(name));
mkdirSync(target, { recursive: true });
run("node", ["scripts/build.mjs"]);
const vsix = packageExtension(join(cache, "extension.vsix"));
const server = await startServer({ name: "pictures", settings, extension: vsix });
try {
  for (const name of chosen) {
    const folder = copyOf(join(root, "examples", "broken"), `broken`);
    const { page, close } = await openBrowser({ width: 1280, height: 800 });
    await page.goto(addressOf(server, { folder }));
    await page.locator(".explorer-viewlet, .explorer-folders-view").first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2000);
    await scenes[name](hands(page)).catch((problem) => console.error(`${name}: ${problem.message}`));
    await page.screenshot({ path: join(target, `${name}.png`) });
    console.log(`docs/pictures/${name}.png`);
    await close();
  }
} finally {
  await server.stop();
}
