// What every suite needs: the workspace's files, waiting for the editor, and plain comparisons that work in every host.
import * as vscode from "vscode";

export function fileUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  return vscode.Uri.joinPath(folder.uri, ...path.split("/"));
}

/** As a person opens it: a document that a test opens by itself would stay open for minutes after its editor is closed. */
async function open(uri: vscode.Uri): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand("vscode.open", uri);
  return eventually(`an editor for ${uri.path}`, () => {
    const editor = vscode.window.activeTextEditor;
    return `${editor?.document.uri}` === `${uri}` ? editor : undefined;
  });
}

export async function show(path: string): Promise<vscode.TextEditor> {
  return open(fileUri(path));
}

const written: vscode.Uri[] = [];

/** A new file with this text, shown; removed by `closeAll`. */
export async function write(path: string, text: string): Promise<vscode.TextEditor> {
  const uri = fileUri(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  written.push(uri);
  const editor = await open(uri);
  // The editor may still hold the text of an earlier file of that name.
  await eventually("the new text", () => editor.document.getText() === text || undefined);
  return editor;
}

export async function closeAll(): Promise<void> {
  // Unsaved text would ask whether to save it.
  await vscode.commands.executeCommand("_workbench.revertAllDirty");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  // What is tested may have moved it.
  for (const uri of written.splice(0)) await vscode.workspace.fs.delete(uri).then(undefined, () => {});
}

/** Asks again until the answer is there; what it last was is told when time runs out. */
export async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>, patience = 10_000): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${patience} ms`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export function same(actual: unknown, expected: unknown, what = "value"): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: got ${left}, expected ${right}`);
}

export function holds(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
