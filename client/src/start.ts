// What desktop and web have in common: which documents the server sees, and everything around it that the person meets.
import { EventEmitter, type ExtensionContext, type LogOutputChannel, l10n, window, workspace } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { registerCommands } from "./commands";
import { startAnew } from "./crash";
import { newApplicationCommand } from "./create";
import { detectLanguages } from "./detect";
import { documentSelector, leaveToOthers } from "./documents";
import { effectiveConfiguration } from "./effective";
import { explainCommand } from "./explain";
import { answerFileRequests } from "./files";
import { fixAllCommand } from "./fix-all";
import { ruleLevels } from "./levels";
import { showFolder, showFolderCommand, showPlaces, showPlacesCommand } from "./places";
import { collectDiagnostics } from "./report";
import { showStatus } from "./status";
import { languageModelTools } from "./tools";
import { showTopology } from "./topology";

export const clientId = "uwsgiNginx";
export const clientName = "uWSGI and nginx";

/** How a host brings the server to life; the only thing in which desktop and web differ. */
export type Launch = (options: LanguageClientOptions) => BaseLanguageClient;

function clientOptions(outputChannel: LogOutputChannel, client: () => BaseLanguageClient): LanguageClientOptions {
  return {
    documentSelector: documentSelector(),
    middleware: leaveToOthers,
    outputChannel,
    errorHandler: startAnew(client),
    // A server that is started anew is told how things are then.
    initializationOptions: () => ({
      trusted: workspace.isTrusted,
      clientFiles: true,
      topology: true,
      showPlaces: showPlacesCommand,
      showFolder: showFolderCommand,
      words: l10n.bundle,
    }),
    markdown: { isTrusted: false, supportHtml: false },
  };
}

/** What the extension is to others: `ready` settles when the server answered for the first time. */
export type Api = { readonly ready: Promise<void> };

export type Started = { readonly api: Api; readonly client: BaseLanguageClient; stop(): Promise<void> };

export function start(context: ExtensionContext, launch: Launch): Started {
  const output = window.createOutputChannel(clientName, { log: true });
  const client: BaseLanguageClient = launch(clientOptions(output, () => client));
  context.subscriptions.push(output, answerFileRequests(client), showStatus(client), registerCommands(client, output), detectLanguages());
  // A notification has one listener; several views follow this one.
  const changed = new EventEmitter<void>();
  context.subscriptions.push(
    changed,
    client.onNotification("uwsgiNginx/changed", () => changed.fire()),
  );
  context.subscriptions.push(showTopology(context, client, changed.event), explainCommand(client), newApplicationCommand(client));
  context.subscriptions.push(effectiveConfiguration(client, changed.event), showPlaces(), showFolder(), fixAllCommand(client));
  context.subscriptions.push(ruleLevels(documentSelector()), collectDiagnostics(context, client), languageModelTools(client));
  context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification("uwsgiNginx/trusted")));
  // Nobody waits for the server: colours, snippets and commands are there at once, and the status item tells of a failure.
  const ready = client.start();
  ready.catch((problem) => output.error(problem));
  return { api: { ready }, client, stop: () => client.dispose() };
}
