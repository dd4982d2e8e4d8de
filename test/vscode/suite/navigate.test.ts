import * as vscode from "vscode";
import { closeAll, eventually, fileUri, holds, same, show } from "../support";

const at = (line: number, character: number) => new vscode.Position(line, character);
const ends = (uri: vscode.Uri | undefined): string => uri?.path.split("/").at(-1) ?? "";

/** Asked again until there is something: the server may still read the folder. */
const some = <T>(what: string, command: string, ...args: readonly unknown[]): Promise<T[]> =>
  eventually(what, async () => {
    const all = (await vscode.commands.executeCommand<T[] | undefined>(command, ...args)) ?? [];
    return all.length > 0 ? all : undefined;
  });

suite("Ways through the files", () => {
  teardown(closeAll);

  test("references and marks of a socket", async () => {
    const { document } = await show("etc/uwsgi/vassals/shop.ini");
    const places = await some<vscode.Location>("references", "vscode.executeReferenceProvider", document.uri, at(8, 15));
    same(places.map(({ uri }) => ends(uri)).sort(), ["shop", "shop.ini"]);
    const marks = await some<vscode.DocumentHighlight>("marks", "vscode.executeDocumentHighlights", document.uri, at(8, 15));
    same(
      marks.map(({ range }) => range.start.line),
      [8],
    );
  });

  test("links of includes", async () => {
    const { document } = await show("etc/nginx/nginx.conf");
    const links = await some<vscode.DocumentLink>("links", "vscode.executeLinkProvider", document.uri, 20);
    holds(
      links.some(({ target }) => ends(target) === "mime.types"),
      links.map(({ target }) => `${target}`).join(" "),
    );
  });

  test("the link of a folder shows it among the others", async () => {
    const { document } = await show("etc/uwsgi/vassals/shop.ini");
    const links = await some<vscode.DocumentLink>("links", "vscode.executeLinkProvider", document.uri, 20);
    const link = links.find(({ range }) => document.getText(range) === "/srv/shop");
    holds(link?.target?.scheme === "command" && link.target.path === "uwsgiNginx.showFolder", `${link?.target}`);
    const [folder] = JSON.parse(decodeURIComponent(link?.target?.query ?? "[]"));
    same(folder, fileUri("srv/shop").toString());
    await vscode.commands.executeCommand("uwsgiNginx.showFolder", folder);
  });

  test("outline, folds and growing selections", async () => {
    const { document } = await show("etc/nginx/sites-enabled/shop");
    const [server] = await some<vscode.DocumentSymbol>("an outline", "vscode.executeDocumentSymbolProvider", document.uri);
    same(
      server?.children.some(({ name }) => name === "location /"),
      true,
    );
    const folds = await some<vscode.FoldingRange>("folds", "vscode.executeFoldingRangeProvider", document.uri);
    holds(
      folds.some(({ start }) => start === 0),
      JSON.stringify(folds),
    );
    const [range] = await some<vscode.SelectionRange>("a selection", "vscode.executeSelectionRangeProvider", document.uri, [at(6, 12)]);
    holds(range?.parent?.range.contains(range.range), "the next selection is larger");
  });

  test("names of the whole workspace", async () => {
    await show("etc/uwsgi/vassals/shop.ini");
    const names = await some<vscode.SymbolInformation>("names", "vscode.executeWorkspaceSymbolProvider", "shop");
    holds(
      names.some(({ name }) => name === "shop.ini") && names.some(({ name }) => name.includes("/run/uwsgi/shop.sock")),
      "process and socket",
    );
  });

  test("calls lead from a location to the application and back", async () => {
    const { document } = await show("etc/nginx/sites-enabled/shop");
    const [location] = await some<vscode.CallHierarchyItem>("a location", "vscode.prepareCallHierarchy", document.uri, at(6, 12));
    const [call] = await some<vscode.CallHierarchyOutgoingCall>("a call", "vscode.provideOutgoingCalls", location);
    same([location?.name, ends(call?.to.uri)], ["location /", "shop.ini"]);
    const [back] = await some<vscode.CallHierarchyIncomingCall>("the way back", "vscode.provideIncomingCalls", call?.to);
    same(ends(back?.from.uri), "shop");
  });

  test("a nginx file is set in order", async () => {
    const uri = fileUri("etc/nginx/sites-enabled/crooked");
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode("server {\nlisten   80;\n}\n"));
    try {
      await vscode.commands.executeCommand("vscode.open", uri);
      const [edit] = await some<vscode.TextEdit>("an edit", "vscode.executeFormatDocumentProvider", uri, {
        tabSize: 4,
        insertSpaces: true,
      });
      holds(edit !== undefined, "formatted");
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });
});
