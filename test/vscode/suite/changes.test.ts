import * as vscode from "vscode";
import { closeAll, eventually, fileUri, holds, same, show, write } from "../support";

const found = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri);
const at = (line: number, character: number) => new vscode.Position(line, character);
const textOf = async (path: string): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri(path)));
const exists = (path: string): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(fileUri(path))).then(
    () => true,
    () => false,
  );

async function actions(uri: vscode.Uri, range: vscode.Range, kind: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, range, kind.value, 20);
}

const lineOf = ({ document }: vscode.TextEditor, line: number): vscode.Range => document.lineAt(line).range;

suite("Changes of several files", () => {
  teardown(closeAll);

  test("one rename of a socket changes nginx and uWSGI, and back", async () => {
    const ini = await show("etc/uwsgi/vassals/shop.ini");
    const before = ini.document.getText();
    const line = ini.document
      .getText()
      .split("\n")
      .findIndex((text) => text.startsWith("socket ="));
    const rename = async (name: string): Promise<void> => {
      const edit = await eventually("a rename", async () => {
        const some = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
          "vscode.executeDocumentRenameProvider",
          ini.document.uri,
          at(line, 15),
          name,
        );
        return some.size > 1 ? some : undefined;
      });
      await vscode.workspace.applyEdit(edit);
    };
    await rename("/run/uwsgi/renamed.sock");
    const site = await vscode.workspace.openTextDocument(fileUri("etc/nginx/sites-enabled/shop"));
    holds(site.getText().includes("unix:/run/uwsgi/renamed.sock;"), site.getText());
    await rename("/run/uwsgi/shop.sock");
    same(ini.document.getText(), before);
    holds(site.getText().includes("unix:/run/uwsgi/shop.sock;"), site.getText());
  });

  test("an application is put under the emperor after it was shown what changes", async () => {
    await vscode.workspace.fs.writeFile(
      fileUri("etc/uwsgi/emperor.ini"),
      new TextEncoder().encode("[uwsgi]\nemperor = /etc/uwsgi/vassals\n"),
    );
    const unit = "[Service]\nType=notify\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/forum.ini\nUser=forum\nGroup=www-data\n";
    await write("etc/systemd/system/forum.service", unit);
    const app = "[uwsgi]\nplugins = python3\nchdir = /srv/forum\nmodule = wsgi\nmaster = true\nsocket = 127.0.0.1:3055\n";
    const ini = await write("etc/uwsgi/forum.ini", app);
    try {
      const isOffered = async (): Promise<true | undefined> =>
        (await actions(ini.document.uri, lineOf(ini, 0), vscode.CodeActionKind.Refactor)).some(({ title }) =>
          title.startsWith("Put under"),
        ) || undefined;
      await eventually("the refactoring", isOffered);
      await vscode.window.showTextDocument(ini.document, { selection: lineOf(ini, 0) });
      // As from the menu: a preview opens, and nothing changes by itself.
      const chosen = vscode.commands.executeCommand("editor.action.codeAction", { kind: "refactor.rewrite", apply: "first" });
      await new Promise((done) => setTimeout(done, 2000));
      holds(await exists("etc/uwsgi/forum.ini"), "nothing changes before it is agreed to");
      await vscode.commands.executeCommand("refactorPreview.discard");
      await chosen;
      holds(await exists("etc/uwsgi/forum.ini"), "nothing changes when it is discarded");
      const [action] = await actions(ini.document.uri, lineOf(ini, 0), vscode.CodeActionKind.Refactor);
      holds(action?.edit && (await vscode.workspace.applyEdit(action.edit)), "the change was made");
      await vscode.workspace.saveAll();
      same(await textOf("etc/uwsgi/vassals/forum.ini"), app.replace("[uwsgi]\n", "[uwsgi]\nuid = forum\ngid = www-data\n"));
      same([await exists("etc/uwsgi/forum.ini"), await exists("etc/systemd/system/forum.service")], [false, false]);
    } finally {
      for (const path of ["etc/uwsgi/emperor.ini", "etc/uwsgi/vassals/forum.ini"])
        if (await exists(path)) await vscode.workspace.fs.delete(fileUri(path));
    }
  });
});

suite("What a person does about findings", () => {
  teardown(closeAll);
  const path = "etc/uwsgi/vassals/extra.ini";
  const wrong = "[uwsgi]\nmaster = true\nsocket = unix:/run/uwsgi/extra.sock\n";

  test("all that is safe is fixed on save, if wanted", async () => {
    const settings = vscode.workspace.getConfiguration("editor");
    await settings.update("codeActionsOnSave", { "source.fixAll.uwsgi-nginx": "explicit" }, vscode.ConfigurationTarget.Workspace);
    try {
      const { document } = await write(path, wrong);
      await eventually("a finding", () => found(document.uri).some(({ range }) => range.start.line === 2) || undefined);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, at(3, 0), "threads = 2\n");
      await vscode.workspace.applyEdit(edit);
      await vscode.commands.executeCommand("workbench.action.files.save");
      await eventually("the fixed line", () => document.lineAt(2).text === "socket = /run/uwsgi/extra.sock" || undefined);
    } finally {
      await settings.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test("all that is safe is fixed in every file", async () => {
    const one = await write(path, wrong);
    const other = await write("etc/uwsgi/vassals/other.ini", wrong.replace("extra", "other"));
    await eventually("findings", () => (found(one.document.uri).length > 0 && found(other.document.uri).length > 0) || undefined);
    await vscode.commands.executeCommand("uwsgiNginx.fixAll", "at once");
    same(
      [one.document.lineAt(2).text, other.document.lineAt(2).text],
      ["socket = /run/uwsgi/extra.sock", "socket = /run/uwsgi/other.sock"],
    );
  });

  test("the level of a rule is changed from its finding", async () => {
    const { document } = await write(path, "[uwsgi]\nsokcet = /run/uwsgi/extra.sock\n");
    const finding = await eventually("a finding", () => found(document.uri).find(({ message }) => message.includes("sokcet")));
    const action = (await actions(document.uri, finding.range, vscode.CodeActionKind.QuickFix)).find(({ title }) =>
      title.includes("unknown-option …"),
    );
    same(action?.command?.arguments?.[0], "unknown-option");
    const set = (level: string) => vscode.commands.executeCommand("uwsgiNginx.setLevel", "unknown-option", document.uri.toString(), level);
    try {
      await set("error");
      await eventually(
        "an error",
        () =>
          found(document.uri).some(({ severity, message }) => message.includes("sokcet") && severity === vscode.DiagnosticSeverity.Error) ||
          undefined,
      );
      await set("off");
      await eventually("no finding", () => found(document.uri).every(({ message }) => !message.includes("sokcet")) || undefined);
    } finally {
      await vscode.workspace.getConfiguration("uwsgiNginx").update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test("a finding is allowed with a comment", async () => {
    const { document } = await write(path, "[uwsgi]\nsokcet = /run/uwsgi/extra.sock\n");
    const finding = await eventually("a finding", () => found(document.uri).find(({ message }) => message.includes("sokcet")));
    const allow = (await actions(document.uri, finding.range, vscode.CodeActionKind.QuickFix)).find(({ title }) =>
      title.startsWith("Allow"),
    );
    if (!allow?.edit) throw new Error("nothing to allow it with");
    await vscode.workspace.applyEdit(allow.edit);
    same(document.lineAt(1).text, "# uwsgi-nginx: allow unknown-option because …");
    await eventually("no finding", () => found(document.uri).every(({ message }) => !message.includes("sokcet")) || undefined);
  });

  test("diagnostics are collected without a word of a file", async () => {
    await write(path, "[uwsgi]\nsokcet = /run/uwsgi/secret.sock\n");
    await vscode.commands.executeCommand("uwsgiNginx.collectDiagnostics");
    const page = await eventually("the page", () =>
      vscode.window.activeTextEditor?.document.languageId === "markdown" ? vscode.window.activeTextEditor.document : undefined,
    );
    const facts = JSON.parse(/```json\n([\s\S]*)```/.exec(page.getText())?.[1] ?? "{}");
    same([facts.server, facts.trusted], ["Running", vscode.workspace.isTrusted]);
    holds(facts.workspace.languages.uwsgi >= 1, page.getText());
    holds(!page.getText().includes("secret"), page.getText());
  });
});

suite("At a glance", () => {
  teardown(closeAll);

  test("lenses, hints and colours say what they are meant to", async () => {
    const ini = await show("etc/uwsgi/vassals/shop.ini");
    const site = await show("etc/nginx/sites-enabled/shop");
    const titles = (uri: vscode.Uri) =>
      vscode.commands
        .executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 20)
        .then((all) => all.map(({ command }) => command?.title ?? "").join(" | "));
    const above = await eventually("a lens above the socket", async () => (await titles(ini.document.uri)) || undefined);
    holds(/served by .*shop/.test(above), above);
    const behind = await eventually("a lens above uwsgi_pass", async () => (await titles(site.document.uri)) || undefined);
    holds(/shop\.ini.*nginx can connect/.test(behind), behind);
    const all = new vscode.Range(0, 0, ini.document.lineCount, 0);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", ini.document.uri, all);
    const labels = hints.map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join("")));
    holds(
      labels.some((label) => label.includes("rw-rw-")),
      labels.join(" | "),
    );
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>("vscode.provideDocumentSemanticTokens", ini.document.uri);
    holds(tokens.data.length > 0, "semantic tokens");
  });
});
