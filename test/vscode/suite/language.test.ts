import * as vscode from "vscode";
import { closeAll, eventually, same, show, write } from "../support";

suite("Languages", () => {
  teardown(closeAll);

  test("the extension is active and its server runs once a uWSGI file is open", async () => {
    await show("etc/uwsgi/vassals/shop.ini");
    const extension = await eventually("activation", () => {
      const ours = vscode.extensions.getExtension("uwsgi-nginx.uwsgi-nginx");
      return ours?.isActive ? ours : undefined;
    });
    // An extension is "active" also when its server did not start; this promise tells.
    await extension.exports.ready;
  });

  test("the window is trusted unless it is the restricted one", async () => {
    const { document } = await show("window.txt");
    same(vscode.workspace.isTrusted, document.getText() !== "restricted");
  });

  for (const [path, language] of [
    ["etc/uwsgi/vassals/shop.ini", "uwsgi"],
    ["etc/nginx/nginx.conf", "nginx"],
    ["etc/nginx/sites-enabled/shop", "nginx"],
  ] as const) {
    test(`${path} is ${language} by its name`, async () => {
      const { document } = await show(path);
      same(document.languageId, language);
    });
  }

  test("an ini file with a [uwsgi] section becomes uwsgi", async () => {
    const { document } = await write("plain.ini", "# settings\n[uwsgi]\nmaster = true\n");
    await eventually("uwsgi", () => document.languageId === "uwsgi");
  });

  test("it becomes uwsgi again when it is opened again", async () => {
    const { document } = await write("again.ini", "[uwsgi]\nmaster = true\n");
    await eventually("uwsgi", () => document.languageId === "uwsgi");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await eventually("a closed document", () => document.isClosed);
    const again = await show("again.ini");
    await eventually("uwsgi again", () => again.document.languageId === "uwsgi");
  });

  test("a conf file with a server block becomes nginx", async () => {
    const { document } = await write("site.conf", "server {\n    listen 80;\n}\n");
    await eventually("nginx", () => document.languageId === "nginx");
  });

  test("ini and conf files of other programs keep their language", async () => {
    const tox = await write("tox.ini", "[tox]\nenvlist = py3\n");
    const akka = await write("application.conf", "server {\n  port = 8080\n}\n");
    // A file of ours opened last and seen re-tagged proves that the others were looked at before.
    const ours = await write("last.ini", "[uwsgi]\nmaster = true\n");
    await eventually("uwsgi", () => ours.document.languageId === "uwsgi");
    same([tox.document.languageId, akka.document.languageId], ["ini", "properties"]);
  });

  test("the setting stops it, and a language chosen by hand stays", async () => {
    const { document } = await write("chosen.ini", "[uwsgi]\nmaster = true\n");
    await eventually("uwsgi", () => document.languageId === "uwsgi");
    await vscode.languages.setTextDocumentLanguage(document, "ini");
    const settings = vscode.workspace.getConfiguration("uwsgiNginx");
    await settings.update("detectLanguage", false, vscode.ConfigurationTarget.Global);
    try {
      const off = await write("off.ini", "[uwsgi]\nmaster = true\n");
      await new Promise((done) => setTimeout(done, 500));
      same([document.languageId, off.document.languageId], ["ini", "ini"]);
    } finally {
      await settings.update("detectLanguage", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
