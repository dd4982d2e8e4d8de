// A server that is killed: another takes its place, the person sees it, and what was typed is still there and judged.
import * as vscode from "vscode";
import { closeAll, eventually, fileUri, holds, same, write } from "../support";

/** The host is a process in every window but the web's. */
const host = (globalThis as { process?: { pid: number; kill(pid: number, signal: string): void } }).process;

const textAt = async (path: string): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(path)));

/** The servers among the children of the host. */
async function servers(pid: number): Promise<number[]> {
  const children = (await textAt(`/proc/${pid}/task/${pid}/children`)).trim().split(" ").filter(Boolean).map(Number);
  const commands = await Promise.all(children.map((child) => textAt(`/proc/${child}/cmdline`).catch(() => "")));
  return children.filter((_, index) => commands[index]?.includes("dist/server.js"));
}

const unknownOptions = (uri: vscode.Uri): number =>
  vscode.languages.getDiagnostics(uri).filter(({ code }) => (typeof code === "object" ? code.value : code) === "unknown-option").length;

if (host?.pid !== undefined)
  suite("A server that dies", () => {
    teardown(closeAll);

    test("is started anew, and knows what was typed meanwhile", async () => {
      const { document, ...editor } = await write("etc/uwsgi/vassals/crash.ini", "[uwsgi]\nsokcet = :3031\n");
      await eventually("a finding", () => unknownOptions(document.uri) === 1);
      const [first] = await servers(host.pid);
      holds(first, "no server among the children of the host");

      const typed = new vscode.WorkspaceEdit();
      typed.insert(document.uri, new vscode.Position(2, 0), "proceses = 4\n");
      await vscode.workspace.applyEdit(typed);
      host.kill(first, "SIGKILL");
      const more = new vscode.WorkspaceEdit();
      more.insert(document.uri, new vscode.Position(3, 0), "harakri = 4\n");
      await vscode.workspace.applyEdit(more);
      const window = new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri("window.txt")));
      if (window === "trusted") console.log("SEE The language server ended unexpectedly and is started again.");

      const second = await eventually("another server", async () => (await servers(host.pid)).find((pid) => pid !== first));
      holds(second !== first, "the same server");
      await eventually("findings of all that was typed", () => unknownOptions(document.uri) === 3, 15_000);
      same(document.getText(), "[uwsgi]\nsokcet = :3031\nproceses = 4\nharakri = 4\n");
      holds(editor, "the editor is gone");
    });
  });
