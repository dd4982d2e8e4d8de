// A window with three folders, one of them on a file system of another extension, and beside another extension for nginx.
import * as vscode from "vscode";
import { closeAll, eventually, fileUri, holds, same, write } from "../support";

const found = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri);
const at = (line: number, character: number) => new vscode.Position(line, character);
const inFolder = (index: number, path: string): vscode.Uri => {
  const folder = vscode.workspace.workspaceFolders?.[index];
  if (!folder) throw new Error(`no folder ${index}`);
  return vscode.Uri.joinPath(folder.uri, ...path.split("/"));
};

async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const { document } = await vscode.window.showTextDocument(uri);
  return document;
}

suite("Among others", () => {
  teardown(closeAll);

  test("the other extension is there, and the language of nginx files is one", async () => {
    const document = await open(fileUri("etc/nginx/nginx.conf"));
    same(document.languageId, "nginx");
    await eventually("the neighbour", () => vscode.extensions.getExtension("test.neighbour")?.isActive || undefined);
    await eventually("ours", () => vscode.extensions.getExtension("uwsgi-nginx.uwsgi-nginx")?.isActive || undefined);
  });

  test("both answer, each once", async () => {
    const document = await open(fileUri("etc/nginx/sites-enabled/shop"));
    const words = await eventually("both hovers", async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, at(6, 10));
      const texts = hovers.map(({ contents }) => contents.map((one) => (typeof one === "string" ? one : one.value)).join("\n"));
      return texts.length > 1 ? texts : undefined;
    });
    same([words.filter((text) => text.includes("neighbour")).length, words.filter((text) => text.includes("uwsgi_pass")).length], [1, 1]);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      at(5, 8),
    );
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    holds(labels.includes("neighbour_word") && labels.includes("uwsgi_pass"), labels.slice(0, 10).join(", "));
    same(
      found(document.uri)
        .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
        .map(({ message }) => message),
      [],
    );
  });

  test("folders are read as one deployment, each with rules of its own", async () => {
    const { uri } = await open(inFolder(1, "etc/nginx/conf.d/second.conf"));
    // Its socket is bound in the first folder.
    const [target] = await eventually("a definition", async () => {
      const places = await vscode.commands.executeCommand<vscode.LocationLink[]>("vscode.executeDefinitionProvider", uri, at(3, 30));
      return places.length > 0 ? places : undefined;
    });
    same(target?.targetUri.path, fileUri("etc/uwsgi/vassals/shop.ini").path);
    const bad = "[uwsgi]\nmaster = true\nsokcet = x\n";
    const [first, second] = [fileUri("etc/uwsgi/vassals/bad.ini"), inFolder(1, "etc/uwsgi/vassals/bad.ini")];
    for (const file of [first, second]) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(bad));
    try {
      for (const file of [first, second]) await vscode.commands.executeCommand("vscode.open", file, { preview: false });
      await eventually("a finding in the first folder", () => found(first).some(({ message }) => message.includes("sokcet")) || undefined);
      same(
        found(second).filter(({ message }) => message.includes("sokcet")),
        [],
      );
    } finally {
      for (const file of [first, second]) await vscode.workspace.fs.delete(file);
    }
  });

  test("the words are German", async () => {
    same([vscode.env.language, vscode.l10n.t("Ready")], ["de", "Bereit"]);
    const { commands } = vscode.extensions.getExtension("uwsgi-nginx.uwsgi-nginx")?.packageJSON.contributes ?? {};
    holds(JSON.stringify(commands).includes("Sprachserver neu starten"), "titles of commands");
  });

  test("so are findings, fixes and lenses", async () => {
    const shop = await open(fileUri("etc/uwsgi/vassals/shop.ini"));
    const lens = await eventually("a lens", async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", shop.uri, 9);
      return lenses.find(({ command }) => command?.title.includes("shop:"))?.command?.title;
    });
    holds(lens.startsWith("genutzt von shop:"), lens);
    const { document } = await write("etc/uwsgi/vassals/german.ini", "[uwsgi]\nmaster = true\nsokcet = x\n");
    const finding = await eventually("a finding", () => found(document.uri).find(({ range }) => range.start.line === 2));
    same(finding.message, "uWSGI hat keine Option „sokcet“ und übergeht sie. War socket gemeint?");
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      finding.range,
    );
    const titles = actions.map(({ title }) => title);
    for (const title of ["socket schreiben", "unknown-option hier mit einem Kommentar erlauben"])
      holds(titles.includes(title), titles.join(", "));
  });

  test("a folder that only the editor can read is read through it", async () => {
    const document = await open(inFolder(2, "etc/nginx/sites-enabled/mem"));
    same([document.uri.scheme, document.languageId], ["memory", "nginx"]);
    const finding = await eventually("a finding about the other file", () =>
      found(document.uri).find(({ range }) => range.start.line === 3),
    );
    same(
      finding.relatedInformation?.some(({ location }) => location.uri.toString().endsWith("vassals/mem.ini")),
      true,
    );
  });
});
