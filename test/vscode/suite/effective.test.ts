import * as vscode from "vscode";
import { closeAll, eventually, holds, same, write } from "../support";

const text = "[uwsgi]\nini = :base\nmodule = wsgi\nsocket = /run/uwsgi/%n.sock\n\n[base]\nmaster = true\n";
const page = () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "uwsgi-effective");

suite("The effective configuration", () => {
  teardown(closeAll);

  test("stands beside the file, leads back into it, and follows the typing", async () => {
    const { document } = await write("etc/uwsgi/apps/both.ini", text);
    await eventually("uwsgi", () => document.languageId === "uwsgi" || undefined);
    await vscode.commands.executeCommand("uwsgiNginx.showEffective");
    const effective = await eventually("the page", () => page());
    same(effective.languageId, "uwsgi-effective");
    holds(effective.getText().includes("socket = /run/uwsgi/both.sock"), effective.getText());

    const lines = effective.getText().split("\n");
    const master = lines.findIndex((line) => line.startsWith("master"));
    const [link] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      "vscode.executeDefinitionProvider",
      effective.uri,
      new vscode.Position(master, 2),
    );
    same([link?.targetUri.path, link?.targetRange.start.line], [document.uri.path, 6]);

    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(2).range, "module = changed");
    await vscode.workspace.applyEdit(edit);
    await eventually("the new module", () => effective.getText().includes("module = changed") || undefined);
    same(vscode.languages.getDiagnostics(effective.uri), []);
  });
});
