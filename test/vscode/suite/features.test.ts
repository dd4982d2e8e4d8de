import * as vscode from "vscode";
import { closeAll, eventually, fileUri, holds, same, show, write } from "../support";

const at = (line: number, character: number) => new vscode.Position(line, character);
const found = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri);
const worse = (uri: vscode.Uri) => found(uri).filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);

/** Applies the quick fix whose title matches, as a click on it does. */
async function fix(uri: vscode.Uri, range: vscode.Range, title: RegExp): Promise<void> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
  const action = actions.find((one) => title.test(one.title));
  if (!action) throw new Error(`no fix ${title} among ${actions.map((one) => one.title).join(" | ") || "none"}`);
  if (action.edit) await vscode.workspace.applyEdit(action.edit);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

async function labels(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", uri, position);
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, position);
  return hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === "string" ? one : one.value))).join("\n");
}

const vassal = "etc/uwsgi/vassals/extra.ini";
const site = "etc/nginx/sites-enabled/extra";
const passTo = (address: string) =>
  `server {\n    listen 81;\n    location / {\n        include uwsgi_params;\n        uwsgi_pass ${address};\n    }\n}\n`;

const working =
  "[uwsgi]\nplugins = python3\nchdir = /srv/extra\nmodule = wsgi\nmaster = true\nuid = www-data\ngid = www-data\nsocket = /run/uwsgi/extra.sock\n";

suite("Mistakes", () => {
  teardown(closeAll);

  test("the workspace as it is has none", async () => {
    const ini = await show("etc/uwsgi/vassals/shop.ini");
    const conf = await show("etc/nginx/sites-enabled/shop");
    const broken = await write(vassal, "[uwsgi]\nsokcet = /run/uwsgi/extra.sock\n");
    await eventually("findings elsewhere", () => found(broken.document.uri).length > 0 || undefined);
    same(
      [...worse(ini.document.uri), ...worse(conf.document.uri)].map(({ message }) => message),
      [],
    );
  });

  test("a misspelt option is underlined, and its fix makes the squiggle vanish", async () => {
    const { document } = await write(vassal, "[uwsgi]\nsokcet = /run/uwsgi/extra.sock\n");
    const finding = await eventually("a finding on sokcet", () => found(document.uri).find(({ range }) => range.start.line === 1));
    same([finding.range.start.character, finding.range.end.character], [0, 6], "underlined");
    await fix(document.uri, finding.range, /socket/);
    same(document.lineAt(1).text, "socket = /run/uwsgi/extra.sock");
    await eventually(
      "no finding on the option",
      () => found(document.uri).every(({ code }) => JSON.stringify(code) !== JSON.stringify(finding.code)) || undefined,
    );
  });

  test("an address nobody listens on is reported on both sides, and either can be made to follow", async () => {
    const ini = await write(vassal, working);
    const nginx = await write(site, passTo("unix:/run/uwsgi/extar.sock"));
    const finding = await eventually("a finding on the address", () =>
      worse(nginx.document.uri).find(({ range }) => range.start.line === 4),
    );
    const others = (finding.relatedInformation ?? []).map(({ location }) => location.uri.path.split("/").at(-1));
    holds(others.includes("extra.ini"), `points at ${others.join(", ") || "nothing"} instead of extra.ini`);
    await eventually("a finding in the ini", () => worse(ini.document.uri).find(({ range }) => range.start.line === 7));
    await fix(nginx.document.uri, finding.range, /nginx.*extra\.sock/);
    same(nginx.document.lineAt(4).text.trim(), "uwsgi_pass unix:/run/uwsgi/extra.sock;");
    await eventually("the squiggles are gone", () => worse(nginx.document.uri).length + worse(ini.document.uri).length === 0 || undefined);
  });

  test("the other side follows too", async () => {
    const ini = await write(vassal, working);
    const nginx = await write(site, passTo("unix:/run/uwsgi/extar.sock"));
    const finding = await eventually("a finding on the address", () =>
      worse(nginx.document.uri).find(({ range }) => range.start.line === 4),
    );
    await fix(nginx.document.uri, finding.range, /uWSGI.*extar\.sock/);
    same(ini.document.lineAt(7).text, "socket = /run/uwsgi/extar.sock");
    await eventually("the squiggles are gone", () => worse(nginx.document.uri).length + worse(ini.document.uri).length === 0 || undefined);
  });

  test("an edit on one side is judged in the other", async () => {
    const nginx = await write(site, passTo("unix:/run/uwsgi/extra.sock"));
    const ini = await write(vassal, working);
    await eventually("both agree", () => worse(nginx.document.uri).length === 0 || undefined);
    await ini.edit((edit) => edit.replace(ini.document.lineAt(7).range, "socket = /run/uwsgi/other.sock"));
    await eventually("nginx is told", () => worse(nginx.document.uri).length > 0 || undefined);
  });

  test("they go away with the file", async () => {
    const { document } = await write(vassal, "[uwsgi]\nsokcet = /run/uwsgi/extra.sock\n");
    await eventually("a finding", () => found(document.uri).length > 0 || undefined);
    await closeAll();
    await eventually("none", () => found(document.uri).length === 0 || undefined);
  });

  test("they come back after a restart of the server", async () => {
    const { document } = await write(vassal, "[uwsgi]\nsokcet = /run/uwsgi/extra.sock\n");
    await eventually("a finding", () => found(document.uri).length > 0 || undefined);
    const changed = new Promise<void>((done) => {
      const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => `${uri}` === `${document.uri}`) && found(document.uri).length === 0) done(listening.dispose());
      });
    });
    await vscode.commands.executeCommand("uwsgiNginx.restart");
    await changed;
    await eventually("the finding again", () => found(document.uri).length > 0 || undefined);
  });
});

suite("Help while writing", () => {
  teardown(closeAll);

  test("options are completed by name", async () => {
    const { document } = await write(vassal, "[uwsgi]\nchmod\n");
    holds((await labels(document.uri, at(1, 5))).includes("chmod-socket"), "chmod-socket is not offered");
  });

  test("closed values are completed", async () => {
    const { document } = await write(vassal, "[uwsgi]\nprotocol = \n");
    const offered = await labels(document.uri, at(1, 11));
    holds(offered.includes("http") && offered.includes("fastcgi"), `offered: ${offered.slice(0, 20).join(", ")}`);
  });

  test("nginx directives are completed in their context", async () => {
    const { document } = await write(site, "server {\n    location / {\n        uwsgi_p\n    }\n}\n");
    holds((await labels(document.uri, at(2, 15))).includes("uwsgi_pass"), "uwsgi_pass is not offered");
  });

  test("an option is explained", async () => {
    const { document } = await show("etc/uwsgi/vassals/shop.ini");
    const text = await eventually("a hover", async () => (await hoverText(document.uri, at(10, 3))) || undefined);
    holds(/chmod-socket/.test(text), text);
    holds(/group/i.test(await hoverText(document.uri, at(10, 16))), "the mode is not said in words");
  });

  test("uwsgi_pass leads to the socket of the ini", async () => {
    const { document } = await show("etc/nginx/sites-enabled/shop");
    const target = await eventually("a definition", async () => {
      const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        "vscode.executeDefinitionProvider",
        document.uri,
        at(6, 30),
      );
      return places[0];
    });
    const [uri, range] = "uri" in target ? [target.uri, target.range] : [target.targetUri, target.targetRange];
    same([uri.path.split("/").at(-1), range.start.line], ["shop.ini", 8]);
  });
});

suite("Snippets", () => {
  teardown(closeAll);

  test("a vassal and its site, inserted with their defaults, have no mistakes", async () => {
    await vscode.workspace.fs.rename(fileUri("etc/uwsgi/vassals/shop.ini"), fileUri("shop.ini.aside"));
    await vscode.workspace.fs.rename(fileUri("etc/nginx/sites-enabled/shop"), fileUri("shop.aside"));
    try {
      const ini = await write(vassal, "");
      await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "uwsgi", name: "Vassal on a Unix socket" });
      holds(ini.document.getText().includes("socket = /run/uwsgi/shop.sock"), ini.document.getText());
      await ini.document.save();
      const nginx = await write(site, "");
      await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "nginx", name: "Server for a uWSGI application" });
      holds(nginx.document.getText().includes("uwsgi_pass unix:/run/uwsgi/shop.sock;"), nginx.document.getText());
      await nginx.document.save();
      // A mistake of our own, seen, shows that the others had their time.
      const after = await show(vassal);
      await after.edit((edit) => edit.insert(at(ini.document.lineCount, 0), "\nsokcet = x\n"));
      await eventually("the mistake", () => found(ini.document.uri).some(({ message }) => message.includes("sokcet")) || undefined);
      const rest = () =>
        [...worse(ini.document.uri), ...worse(nginx.document.uri)]
          .map(({ message }) => message)
          .filter((message) => !message.includes("sokcet"));
      await eventually(`no other mistakes (${rest().join(" | ")})`, () => rest().length === 0 || undefined);
    } finally {
      await vscode.workspace.fs.rename(fileUri("shop.ini.aside"), fileUri("etc/uwsgi/vassals/shop.ini"));
      await vscode.workspace.fs.rename(fileUri("shop.aside"), fileUri("etc/nginx/sites-enabled/shop"));
    }
  });
});
