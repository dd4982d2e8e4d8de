// `.uwsgi-nginx.json`: the editor knows it by the schema that comes with the extension.
import * as vscode from "vscode";
import { closeAll, eventually, fileUri, same, write } from "../support";

suite("The configuration file", () => {
  teardown(closeAll);

  test("may hold comments, and is judged by its schema", async () => {
    const text = '{\n  // why\n  "rules": { "no-master": "of" },\n  "ignored": []\n}\n';
    const { document } = await write(".uwsgi-nginx.json", text);
    same(document.languageId, "jsonc");
    const lines = await eventually("findings of the schema", () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source !== "uwsgi-nginx");
      return found.length > 0 ? found.map((one) => one.range.start.line) : undefined;
    });
    same([...lines].sort(), [2, 3]);
  });

  test("counts for the files beside it, and says when nothing of it does", async () => {
    const name = ".uwsgi-nginx.json";
    const to = (text: string) => vscode.workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(text));
    await write(name, '{ "rules": { "unknown-option": "off" } }\n');
    const { document } = await write("uwsgi-beside.ini", "[uwsgi]\nhttp-socket = :8080\nlog_date = true\n");
    const codes = (uri: vscode.Uri) =>
      vscode.languages
        .getDiagnostics(uri)
        .filter(({ source }) => source === "uwsgi-nginx")
        .map(({ code }) => (typeof code === "object" ? code.value : code));
    const without = await eventually("findings but the one that is off", () => {
      const found = codes(document.uri);
      return found.includes("no-master") && !found.includes("unknown-option") ? found : undefined;
    });
    await to('{ "rules": { "unknown-option": "of" } }\n');
    await eventually("the finding", () => codes(document.uri).includes("unknown-option"));
    await eventually("what is wrong with the file", () => codes(fileUri(name)).length === 1);
    await to('{ "rules": { "unknown-option": "off" } }\n');
    await eventually("the finding to go", () => codes(document.uri).join() === without.join());
    same(codes(fileUri(name)), []);
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
