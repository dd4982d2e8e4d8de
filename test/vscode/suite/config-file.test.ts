// `.uwsgi-nginx.json`: the editor knows it by the schema that comes with the extension.
import * as vscode from "vscode";
import { closeAll, eventually, same, write } from "../support";

suite("The configuration file", () => {
  teardown(closeAll);

  test("may hold comments, and is judged by its schema", async () => {
    const text = '{\n  // why\n  "rules": { "no-master": "of" },\n  "ignored": []\n}\n';
    const { document } = await write(".uwsgi-nginx.json", text);
    same(document.languageId, "jsonc");
    const lines = await eventually("findings of the schema", () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 ? found.map((one) => one.range.start.line) : undefined;
    });
    same([...lines].sort(), [2, 3]);
  });

  test("has its rules completed", async () => {
    const { document } = await write(".uwsgi-nginx.json", '{\n  "rules": { "" }\n}\n');
    const labels = await eventually("the rules", async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new vscode.Position(1, 14),
      );
      const all = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
      return all.includes("no-master") ? all : undefined;
    });
    same(labels.includes("no-such-socket"), true);
  });
});
