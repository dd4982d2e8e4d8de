import * as vscode from "vscode";
import { closeAll, eventually, fileUri, holds, same, show } from "../support";

const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
const webview = (type: string): vscode.Tab | undefined =>
  tabs().find((tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.includes(type));

suite("The deployment as a whole", () => {
  teardown(closeAll);

  test("is drawn in a tab of its own, once", async () => {
    await show("etc/nginx/sites-enabled/shop");
    await vscode.commands.executeCommand("uwsgiNginx.showTopology");
    await eventually("the drawing", () => webview("uwsgiNginx.topology"));
    await vscode.commands.executeCommand("uwsgiNginx.showTopology");
    same(tabs().filter((tab) => tab.label === webview("uwsgiNginx.topology")?.label).length, 1);
  });

  test("leads to the place in a file", async () => {
    const uri = fileUri("etc/uwsgi/vassals/shop.ini");
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };
    await vscode.commands.executeCommand("uwsgiNginx.reveal", { uri: uri.toString(), range });
    const editor = vscode.window.activeTextEditor;
    same(editor?.document.uri.toString(), uri.toString());
    same([editor?.selection.start.line, editor?.selection.end.character], [1, 4]);
  });

  test("a line of a log is explained in a page that is nobody's file", async () => {
    await show("etc/uwsgi/vassals/shop.ini");
    await vscode.commands.executeCommand(
      "uwsgiNginx.explain",
      "connect() to unix:/run/x.sock failed (13: Permission denied) while connecting to upstream",
    );
    await eventually("the explanation", () => webview("markdown.preview"));
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("uwsgi-nginx-explanation:/explanation.md"));
    holds(page.getText().includes("socket-permission"), page.getText());
  });
});
