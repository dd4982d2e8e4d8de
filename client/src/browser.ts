// Web: the server is a worker; every file it wants comes from the editor.
import { type ExtensionContext, Uri } from "vscode";
import { type BaseLanguageClient, LanguageClient } from "vscode-languageclient/browser";
import { clientId, clientName, start } from "./start";

let client: BaseLanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, "dist", "browser", "server.js").toString(true);
  let worker: Worker | undefined;
  const fresh = async () => {
    worker?.terminate();
    worker = new Worker(script);
    return worker;
  };
  client = await start(context, (options) => new LanguageClient(clientId, clientName, fresh, options));
}

export function deactivate(): Promise<void> | undefined {
  return client?.dispose();
}
