// Desktop: the server is a process of its own, spoken to over Node's ipc.
import type { ExtensionContext } from "vscode";
import { type BaseLanguageClient, LanguageClient, TransportKind } from "vscode-languageclient/node";
import { clientId, clientName, start } from "./start";

let client: BaseLanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server.js");
  client = await start(context, (options) => new LanguageClient(clientId, clientName, { module, transport: TransportKind.ipc }, options));
}

export function deactivate(): Promise<void> | undefined {
  return client?.dispose();
}
