// Desktop: the server is a process of its own, spoken to over Node's ipc.
import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { useInstalledUwsgi } from "./installed-uwsgi";
import { type Api, clientId, clientName, type Started, start } from "./start";

let started: Started | undefined;

export function activate(context: ExtensionContext): Api {
  const module = context.asAbsolutePath("dist/server.js");
  started = start(context, (options) => new LanguageClient(clientId, clientName, { module, transport: TransportKind.ipc }, options));
  context.subscriptions.push(useInstalledUwsgi(started.client));
  return started.api;
}

export function deactivate(): Promise<void> | undefined {
  return started?.stop();
}
