/** The language server on any stream and any platform: what it can do, and who answers what. */

import { loadTexts } from "../ide/texts";
import { speak, wordsFrom } from "../text/l10n";
import { fileUri } from "../text/uri";
import { isRecord } from "../workspace/target";
import { type ClientCommands, commandsFrom } from "./ask";
import { featureCapabilities, registerFeatures } from "./features";
import { fence } from "./fence";
import { formattingCapabilities, registerFormatting } from "./formatting";
import { glanceCapabilities, registerGlance } from "./glance";
import type { Host } from "./host";
import { navigationCapabilities, registerNavigation } from "./navigation";
import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  FileChangeType,
  type InitializeError,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from "./protocol";
import { Publisher } from "./publish";
import { Session } from "./session";
import { settingsFrom } from "./settings";
import { registerStackRequests } from "./stack-requests";

const section = "uwsgiNginx";
const REFUSALS: Readonly<Record<string, ResponseError<void>>> = {
  new: new ResponseError(ErrorCodes.ServerNotInitialized, "initialize comes first"),
  down: new ResponseError(ErrorCodes.InvalidRequest, "the server was shut down"),
};
/** So long after the start the texts for hover and completion are read, before somebody waits for them. */
const IDLE = 100;

export type StartServer = typeof startServer;

/** Returns whether the client has said that it is about to leave. */
export function startServer(connection: Connection, host: Host): () => boolean {
  const session = new Session(host);
  let stage: "new" | "running" | "down" = "new";
  const { answer, take } = fence(connection.console, () => REFUSALS[stage]);
  let client: ClientCapabilities = {};
  let folders: readonly string[] = [];
  let watchesStack = false;
  let commands: ClientCommands = {};
  const publisher = new Publisher(session, connection, () => refresh());
  const soon = (): void => {
    if (stage !== "down") publisher.soon();
  };

  connection.onInitialize((params): InitializeResult | ResponseError<InitializeError> => {
    if (stage !== "new") return new ResponseError(ErrorCodes.InvalidRequest, "initialize comes once");
    stage = "running";
    client = isRecord(params.capabilities) ? params.capabilities : {};
    const said = isRecord(params.initializationOptions) ? params.initializationOptions : {};
    watchesStack = said.topology === true;
    if (said.clientFiles === true) session.askClient = (method, asked) => connection.sendRequest(method, asked);
    commands = commandsFrom(said);
    speak(wordsFrom(said.words) ?? session.host.words?.(params.locale ?? "") ?? {});
    if (typeof said.trusted === "boolean") session.isTrusted = said.trusted;
    void session.setSettings(settingsFrom(said.settings));
    folders = foldersOf(params);
    return {
      serverInfo: { name: "uwsgi-nginx" },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...featureCapabilities,
        ...navigationCapabilities,
        ...formattingCapabilities,
        ...glanceCapabilities,
      },
    };
  });

  connection.onInitialized(
    take("initialized", async () => {
      const { workspace } = client;
      if (workspace?.didChangeConfiguration?.dynamicRegistration)
        void connection.client.register(DidChangeConfigurationNotification.type, { section });
      if (workspace?.didChangeWatchedFiles?.dynamicRegistration)
        void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: "**/*" }] });
      if (workspace?.workspaceFolders)
        connection.workspace.onDidChangeWorkspaceFolders(
          take("workspaceFolders", async ({ added, removed }) => {
            const gone = new Set(removed.map((folder) => folder.uri));
            folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map((folder) => folder.uri)];
            await askSettings();
            await session.setFolders(folders);
            soon();
          }),
        );
      await askSettings();
      await session.setFolders(folders);
      if (stage === "down") return;
      publisher.now();
      session.host.after(IDLE, () => void loadTexts());
    }),
  );

  async function askSettings(): Promise<void> {
    if (!client.workspace?.configuration) return;
    // A folder may have rules of its own.
    const scopes = folders.length > 1 ? folders : [];
    const answers = await connection.workspace.getConfiguration([{ section }, ...scopes.map((scopeUri) => ({ scopeUri, section }))]);
    if (!Array.isArray(answers)) return;
    const [general, ...own] = answers.map(settingsFrom);
    if (general) await session.setSettings(general, new Map(scopes.flatMap((scope, at) => (own[at] ? [[scope, own[at]] as const] : []))));
  }

  connection.onDidChangeConfiguration(
    take("configuration", async ({ settings }: { settings: unknown }) => {
      if (client.workspace?.configuration) await askSettings();
      else await session.setSettings(settingsFrom(isRecord(settings) ? settings.uwsgiNginx : undefined));
      soon();
    }),
  );

  connection.onNotification(
    "uwsgiNginx/trusted",
    take("trusted", async () => {
      await session.trust();
      soon();
    }),
  );

  connection.onDidOpenTextDocument(
    take("open", ({ textDocument: { uri, languageId, version, text } }) => {
      session.opened(uri, languageId, version, text);
      session.lookAgain();
      publisher.opened(uri);
    }),
  );
  connection.onDidChangeTextDocument(
    take("change", ({ textDocument: { uri, version }, contentChanges }) => {
      session.changed(uri, version, contentChanges);
      publisher.changed(uri);
    }),
  );
  connection.onDidCloseTextDocument(
    take("close", async ({ textDocument }) => {
      await session.closed(textDocument.uri);
      soon();
    }),
  );
  connection.onDidChangeWatchedFiles(
    take("watched", async ({ changes }) => {
      for (const { uri, type } of changes) {
        if (type === FileChangeType.Deleted) session.gone(uri);
        else await session.read(uri);
      }
      await session.noticed(changes.map(({ uri }) => uri));
      soon();
    }),
  );
  connection.onShutdown(() => {
    stage = "down";
    publisher.stop();
  });

  /** What is drawn into the text of one file depends on the others. */
  function refresh(): void {
    const { workspace } = client;
    if (watchesStack && stage !== "down") void connection.sendNotification("uwsgiNginx/changed");
    const ask = (method: string, supported: boolean | undefined): void => {
      if (supported && stage !== "down") void connection.sendRequest(method).catch(() => {});
    };
    ask("workspace/codeLens/refresh", workspace?.codeLens?.refreshSupport);
    ask("workspace/inlayHint/refresh", workspace?.inlayHint?.refreshSupport);
    ask("workspace/semanticTokens/refresh", workspace?.semanticTokens?.refreshSupport);
  }

  const parts = { connection, session, publisher, answer, client: () => client, commands: () => commands };
  registerFeatures(parts);
  registerStackRequests(parts);
  registerNavigation(parts);
  registerFormatting(parts);
  registerGlance(parts);
  connection.listen();
  return () => stage === "down";
}

function foldersOf(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map((folder) => folder.uri);
  if (params.rootUri) return [params.rootUri];
  return params.rootPath ? [fileUri(params.rootPath.replaceAll("\\", "/"))] : [];
}
