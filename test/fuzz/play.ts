// Plays one case against a watched server: writes, opens, edits, asks everything, closes, and leaves no file behind.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Case, Step } from "./cases";
import { askEverything } from "./requests";
import { Failure, type Watched } from "./watched";

const CREATED = 1;
const DELETED = 3;

const languageOf = (path: string): string => (/nginx/.test(path) ? "nginx" : /\.ini$|uwsgi/.test(path) ? "uwsgi" : "plaintext");

/** undefined when all went well. `folder` is the one the server was started on. */
export async function play(server: Watched, { steps }: Case, folder: string): Promise<string | undefined> {
  const open = new Map<string, TextDocument>();
  const written = new Set<string>();
  const uriOf = (path: string): string => (/^[a-z-]+:/.test(path) ? path : pathToFileURL(join(folder, path)).href);
  const ask = (document: TextDocument, at: readonly number[]): Promise<void> =>
    askEverything(server.ask, server.capabilities, document, at);
  let failed: string | undefined;
  let doing = "";
  try {
    for (const [number, step] of steps.entries()) {
      doing = `step ${number} (${step.do} ${step.path})`;
      await take(step);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failed = `${doing}: ${error.message}`;
  }
  for (const path of [...open.keys()]) await close(path);
  for (const path of written) await remove(path);
  return failed;

  async function take(step: Step): Promise<void> {
    const uri = uriOf(step.path);
    if (step.do === "write") {
      // A whole URI has no place on the disk.
      if (uri === step.path) return;
      const file = join(folder, step.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, step.text);
      written.add(step.path);
      await server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri, type: CREATED }] });
    } else if (step.do === "open" && !open.has(step.path)) {
      const document = TextDocument.create(uri, languageOf(step.path), 1, step.text);
      open.set(step.path, document);
      await server.notify("textDocument/didOpen", { textDocument: { uri, languageId: document.languageId, version: 1, text: step.text } });
      await ask(document, step.at);
    } else if (step.do === "edit") {
      const document = open.get(step.path);
      if (!document) return;
      const version = document.version + 1;
      const contentChanges = [{ range: { start: document.positionAt(step.from), end: document.positionAt(step.to) }, text: step.text }];
      TextDocument.update(document, contentChanges, version);
      await server.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
      await ask(document, step.at);
    } else if (step.do === "remove") await remove(step.path);
    else if (step.do === "close") await close(step.path);
    else if (step.do === "wait") {
      const document = open.get(step.path);
      if (document) await waitFor(document);
    }
  }

  /** The pause may be over already: one more version brings findings for certain. */
  async function waitFor(document: TextDocument): Promise<void> {
    const version = document.version + 1;
    TextDocument.update(document, [{ text: document.getText() }], version);
    const findings = server.findings(document.uri, version);
    await server.notify("textDocument/didChange", {
      textDocument: { uri: document.uri, version },
      contentChanges: [{ text: document.getText() }],
    });
    await findings;
  }

  async function close(path: string): Promise<void> {
    if (open.delete(path)) await server.notify("textDocument/didClose", { textDocument: { uri: uriOf(path) } });
  }

  async function remove(path: string): Promise<void> {
    if (!written.delete(path)) return;
    rmSync(join(folder, path), { force: true });
    await server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(path), type: DELETED }] });
  }
}
