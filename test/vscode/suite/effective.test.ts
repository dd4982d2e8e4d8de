import * as vscode from "vscode";
import { closeAll, eventually, holds, same, show, write } from "../support";

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

/** Picks in the list that a command opens: the first line, or the one below. Nobody tells when it is open, so it may have been too early. */
async function pick(line: number): Promise<void> {
  await new Promise((done) => setTimeout(done, 300));
  for (let step = 0; step < line; step++) await vscode.commands.executeCommand("workbench.action.quickOpenSelectNext");
  await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
}

suite("A vassal of two emperors", () => {
  teardown(closeAll);

  test("is shown as the one that is picked starts it", async () => {
    for (const [name, processes] of Object.entries({ one: 2, two: 3 }))
      await write(`etc/uwsgi/${name}.ini`, `[uwsgi]\nemperor = /etc/uwsgi/both\nvassal-set = processes=${processes}\n`);
    const { document } = await write("etc/uwsgi/both/app.ini", "[uwsgi]\nmaster = true\n");
    await eventually("uwsgi", () => document.languageId === "uwsgi" || undefined);
    const pageOf = (emperor: string) =>
      vscode.workspace.textDocuments.find(
        ({ uri }) => uri.scheme === "uwsgi-effective" && uri.path.startsWith("/app.ini") && uri.query.includes(`/${emperor}.ini`),
      );
    for (const [line, [emperor, processes]] of Object.entries({ one: 2, two: 3 }).entries()) {
      const page = await eventually(`the page of ${emperor}`, async () => {
        const shown = vscode.commands.executeCommand("uwsgiNginx.showEffective", document.uri);
        await pick(line);
        // An open list would wait for ever.
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
        await shown;
        return pageOf(emperor);
      });
      holds(page.getText().includes(`processes = ${processes}`), page.getText());
    }
  });
});

suite("Files beside the configuration", () => {
  teardown(closeAll);

  test("a unit is judged with the file that it starts", async () => {
    await write("etc/uwsgi/alone.ini", "[uwsgi]\nsocket = /run/uwsgi/alone.sock\nchmod-socket = 660\n");
    const unit = await write(
      "etc/systemd/system/alone.service",
      "[Service]\nType=forking\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/alone.ini\n",
    );
    const { uri } = unit.document;
    const finding = await eventually("a finding", () => vscode.languages.getDiagnostics(uri)[0]);
    same(finding.range.start.line, 1);
  });

  test("a lens opens the list of the places it tells of", async () => {
    const { document } = await show("etc/uwsgi/vassals/shop.ini");
    const lens = await eventually("a lens with places", async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 20);
      return lenses.find((one) => one.command?.command === "uwsgiNginx.showPlaces");
    });
    const [uri, , places] = lens.command?.arguments ?? [];
    same(uri, document.uri.toString());
    holds(places[0].uri.endsWith("sites-enabled/shop"), JSON.stringify(places));
    await vscode.commands.executeCommand("uwsgiNginx.showPlaces", ...(lens.command?.arguments ?? []));
  });
});
