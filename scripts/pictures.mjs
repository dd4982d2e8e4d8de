// Takes the pictures of docs/pictures/ from the running editor. Arguments: names of scenes (all when none is given).
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageExtension } from "./package.mjs";
import { root, run } from "./setup.mjs";
import { addressOf, openBrowser, speak, startServer } from "./vscode/editor.mjs";
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
  /** Opens a menu of the editor; a busy editor may miss the key once. */
  async function menu(key) {
    const widget = page.locator(".action-widget").first();
    for (let left = 4; left > 0 && !(await widget.isVisible()); left--) {
      await page.keyboard.press(key);
      await widget.waitFor({ timeout: 8000 }).catch(() => {});
    }
    await widget.waitFor({ timeout: 1000 });
    await settle();
  }
  const squiggles = () => page.locator(".squiggly-error, .squiggly-warning").first().waitFor({ timeout: 20_000 });
  return { page, pick, open, goTo, menu, settle, squiggles };
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
    await page.frameLocator("iframe.webview.ready").first().frameLocator("iframe").locator('[data-do="fit"]').click();
    await page.mouse.move(640, 780);
    await settle(1000);
  },
  /** A file and what uWSGI makes of it. */
  async effective({ page, open, pick, settle }) {
    await open("vassals/wiki.ini");
    await page.locator(".codelens-decoration").first().waitFor({ timeout: 20_000 });
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
  /** The deployment as a list. */
  async tree({ page, open, pick, settle }) {
    await open("vassals/app_name.ini");
    await page.locator(".pane-header", { hasText: "article" }).first().click();
    await pick("F1", "Focus on Topology View", "Topology View");
    await page.locator(".pane.expanded", { hasText: "Topology" }).locator(".monaco-list-row").first().waitFor({ timeout: 20_000 });
    await settle(1000);
    await page.keyboard.press("Home");
    // Opens a row, then goes into it: the way of a request from the server down to the application.
    for (let step = 0; step < 10; step++) {
      await page.keyboard.press("ArrowRight");
      await settle(300);
    }
    await settle(800);
  },
  /** What is drawn into the text: lenses, values, modes, sizes. */
  async glance({ page, open, settle }) {
    await open("vassals/wiki.ini");
    await page.keyboard.press("Control+B");
    await page.locator(".codelens-decoration").first().waitFor({ timeout: 20_000 });
    await page.keyboard.press("Control+\\");
    await settle();
    await open("sites-enabled/wiki");
    await settle(2500);
  },
  /** A refactoring that moves files, shown before it is made. */
  async preview({ page, open, goTo, menu, settle }) {
    await open("uwsgi/blog.ini");
    await page.locator(".codelens-decoration").first().waitFor({ timeout: 20_000 });
    await goTo(1, 3);
    await menu("Control+Shift+R");
    await page.keyboard.press("Enter");
    await page.locator(".bulk-edit-panel .monaco-list-row").first().waitFor({ timeout: 15_000 });
    await settle(1500);
  },
  async walkthrough({ page, pick, settle }) {
    await pick("F1", "Open Walkthrough", "Open Walkthrough");
    await page.locator(".quick-input-widget input").waitFor();
    await page.keyboard.type("uWSGI", { delay: 15 });
    await settle();
    await page.keyboard.press("Enter");
    await page.locator(".getting-started-step").first().waitFor({ timeout: 15_000 });
    await page.keyboard.press("Control+B");
    await settle(2500);
  },
  /** Lenses, findings and what can be done about them, in German. */
  async german({ page, open, goTo, menu, settle }) {
    await open("vassals/forum.ini");
    await page.locator(".codelens-decoration").first().waitFor({ timeout: 20_000 });
    await page.keyboard.press("Control+B");
    await page.keyboard.press("Control+Shift+M");
    await page.locator(".markers-panel-container .monaco-list-row").first().waitFor();
    await page.keyboard.press("Control+1");
    await settle(1000);
    await goTo(9, 12);
    await menu("Control+.");
  },
  async fix({ open, goTo, menu, squiggles }) {
    await open("sites-enabled/app_name");
    await squiggles();
    await goTo(11, 25);
    await menu("Control+.");
  },
};

/** The same files that no finding is about; what these scenes show is not a mistake. */
const tidy = {
  tree: "article",
  glance: "article",
  effective: "article",
  preview: "article",
  walkthrough: "article",
};

const wiki = {
  "etc/uwsgi-emperor/vassals/wiki.ini":
    "[uwsgi]\nproject = wiki\nchdir = /srv/%(project)\nmodule = %n.wsgi\nuid = www-data\ngid = www-data\nmaster = true\nworkers = 2\nharakiri = 50\nlimit-post = 1048576\nbuffer-size = 32768\nsocket = /run/uwsgi/%(project).sock\nchown-socket = www-data\nchmod-socket = 660\n",
  "etc/nginx/sites-enabled/wiki":
    "server {\n    listen 80;\n    server_name wiki.example;\n\n    location / {\n        include uwsgi_params;\n        uwsgi_pass unix:/run/uwsgi/wiki.sock;\n    }\n}\n",
};

/** Files that a scene has beside those of the example. */
const additions = {
  preview: {
    "etc/uwsgi/blog.ini":
      "[uwsgi]\nplugins = python3\nchdir = /srv/blog\nmodule = wsgi:application\nmaster = true\nprocesses = 2\nsocket = /run/blog/blog.sock\nchmod-socket = 660\n",
    "etc/systemd/system/blog.service":
      "[Unit]\nDescription=The blog\n\n[Service]\nType=notify\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/blog.ini\nUser=blog\nGroup=www-data\nRuntimeDirectory=blog\nKillSignal=SIGQUIT\n",
  },
  glance: wiki,
  effective: wiki,
};

/** Windows in another language than English. Its words are ours only: the editor's own would come with a language pack. */
const languages = { german: "de" };

const chosen = Object.keys(scenes).filter((name) => process.argv.length < 3 || process.argv.includes(name));
mkdirSync(target, { recursive: true });
run("node", ["scripts/build.mjs"]);
const vsix = packageExtension(join(cache, "extension.vsix"));
const server = await startServer({ name: "pictures", settings, extension: vsix });
try {
  for (const name of chosen) {
    const folder = copyOf(join(root, "examples", tidy[name] ?? "broken"), tidy[name] ?? "broken");
    for (const [path, text] of Object.entries(additions[name] ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { page, close } = await openBrowser({ width: 1280, height: 800 });
    if (languages[name]) await speak(page, languages[name]);
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
