// Web: the server is a worker; every file it wants comes from the editor.
import { type ExtensionContext, Uri } from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import { type Api, clientId, clientName, type Started, start } from "./start";

let started: Started | undefined;

export function activate(context: ExtensionContext): Api {
  const script = Uri.joinPath(context.extensionUri, "dist", "server.js").toString(true);
  let worker: Worker | undefined;
  const fresh = async () => {
    worker?.terminate();
    worker = new Worker(script);
    // Not the worker itself: VS Code wraps the constructor, so the client would not know it for one.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  started = start(context, (options) => new LanguageClient(clientId, clientName, fresh, options));
  return started.api;
}

export function deactivate(): Promise<void> | undefined {
  return started?.stop();
}
