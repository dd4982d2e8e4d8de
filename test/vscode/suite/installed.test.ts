// "Use the Installed uWSGI", on the real program: trusted windows ask it, restricted ones refuse, and in the browser there is no such command.
import * as vscode from "vscode";
import { closeAll, eventually, fileUri, holds, same, write } from "../support";

const COMMAND = "uwsgiNginx.useInstalledUwsgi";
const SETTINGS = ["uwsgiVersion", "uwsgiOptions", "uwsgiInstall"] as const;
const host = (globalThis as { process?: { pid: number } }).process;
const target = () => vscode.workspace.getConfiguration("uwsgiNginx.target");
const exists = async (path: string): Promise<boolean> =>
  vscode.workspace.fs.stat(vscode.Uri.file(path)).then(
    () => true,
    () => false,
  );
const unknownLines = (uri: vscode.Uri): number[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ code }) => (typeof code === "object" ? code.value : code) === "unknown-option")
    .map(({ range }) => range.start.line);

suite("The installed uWSGI", () => {
  teardown(async () => {
    for (const name of SETTINGS) await target().update(name, undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
  });

  test("is the target once it was asked; without trust it is not asked", async function () {
    if (host?.pid === undefined) return this.skip();
    const isRestricted = !vscode.workspace.isTrusted;
    if (!isRestricted && !(await exists("/usr/bin/uwsgi"))) return this.skip();
    const { document } = await write("etc/uwsgi/vassals/installed.ini", "[uwsgi]\nmaster = true\nsokcet = /run/x.sock\n");
    await eventually("a finding", () => unknownLines(document.uri).includes(2) || undefined);

    const done = vscode.commands.executeCommand(COMMAND).then(() => true);
    if (isRestricted) {
      const window = new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri("window.txt")));
      if (window === "restricted") console.log("SEE Programs are run in trusted workspaces only.");
      // It asks for no program: it ends by itself.
      holds(await done, "the command waits for something");
      for (const name of SETTINGS) same(target().inspect(name)?.workspaceValue, undefined, name);
      return;
    }
    await eventually("an answer", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return target().inspect("uwsgiOptions")?.workspaceValue;
    });
    await done;
    console.log("SEE is the target now.");
    holds(/^2\.\d/.test(target().get("uwsgiVersion", "")), "a version");
    const build = target().get<{ absent: string[]; own: object; builtIn: string[] }>("uwsgiOptions");
    same([build?.absent.includes("socket"), build?.own, Array.isArray(build?.builtIn)], [false, {}, true]);

    // What the settings say of the program reaches the findings.
    const own = { absent: ["master"], own: { sokcet: "of a plugin of ours" }, builtIn: [] };
    await target().update("uwsgiOptions", own, vscode.ConfigurationTarget.Workspace);
    await eventually("the other finding", () => JSON.stringify(unknownLines(document.uri)) === "[1]" || undefined);
  });
});
