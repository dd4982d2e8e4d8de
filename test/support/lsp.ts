// A client of the language server: over streams in memory with a clock of its own, or over the stdio of the built program.
import { type ChildProcess, spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import {
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import type { Files, Host } from "../../server/src/lsp/host";
import { startServer } from "../../server/src/lsp/server";
import { normaliseUri } from "../../server/src/text/uri";

export const ROOT = "file:///w";
export const at = (path: string): string => `${ROOT}/${path}`;

/** Time stands still until it is told to go on. */
export class Clock {
  readonly #waiting: { readonly at: number; readonly run: () => void; off: boolean }[] = [];
  now = 0;

  after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: this.now + milliseconds, run, off: false };
    if (milliseconds === 0) queueMicrotask(() => void (timer.off || run()));
    else this.#waiting.push(timer);
    return () => {
      timer.off = true;
    };
  };

  pass(milliseconds: number): void {
    this.now += milliseconds;
    for (const timer of this.#waiting.splice(0)) {
      if (timer.at > this.now) this.#waiting.push(timer);
      else if (!timer.off) timer.run();
    }
  }
}

/** Files by their URI; the map may change while the server runs. */
export function memoryFiles(files: Map<string, string>): Files {
  return {
    read: async (uri) => files.get(normaliseUri(uri)),
    list: async (folder) => {
      const inside = [...files.keys()].filter((uri) => uri.startsWith(`${normaliseUri(folder)}/`));
      return inside.length > 0 ? inside.map((uri) => ({ name: uri.slice(folder.length + 1), folder: false })) : undefined;
    },
    async *find(folder) {
      yield [...files.keys()].filter((uri) => uri.startsWith(`${folder}/`));
    },
  };
}

export type Client = {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly published: Map<string, PublishDiagnosticsParams>;
  readonly logged: string[];
  readonly settings: { value: unknown };
  open(uri: string, text: string, languageId?: string, version?: number): Promise<void>;
  request<T = unknown>(method: string, params?: object | number): Promise<T>;
  /** The next findings of a file that fulfil a condition. */
  diagnostics(uri: string, fits?: (params: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams>;
  stop(): Promise<void>;
};

type Options = {
  readonly files?: Record<string, string>;
  readonly settings?: unknown;
  readonly capabilities?: object;
  readonly folders?: readonly string[];
  readonly options?: object;
  /** The language of the editor. */
  readonly locale?: string;
  /** A machine for the server in this process. */
  readonly machine?: NonNullable<Host["machine"]>;
};

export const CAPABILITIES = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } },
};

/** The server in this process. */
export async function inMemory(options: Options = {}): Promise<Client & { readonly clock: Clock; readonly files: Map<string, string> }> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const files = new Map(Object.entries(options.files ?? {}).map(([path, text]) => [at(path), text]));
  const clock = new Clock();
  const { machine } = options;
  const host: Host = { files: () => memoryFiles(files), after: clock.after, ...(machine && { machine }) };
  startServer(createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down)), host);
  const client = await connect(createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up)), options, [ROOT]);
  return { ...client, clock, files };
}

/** A program that speaks over its stdio. */
export async function overStdio(command: readonly string[], options: Options): Promise<Client & { readonly process: ChildProcess }> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const { stdin, stdout } = child;
  const client = await connect(createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin)), options, []);
  return { ...client, process: child };
}

async function connect(connection: ProtocolConnection, options: Options, roots: readonly string[]): Promise<Client> {
  const published = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<(params: PublishDiagnosticsParams) => void>();
  const logged: string[] = [];
  const settings = { value: options.settings ?? {} };
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.set(normaliseUri(params.uri), params);
    for (const tell of [...waiting]) tell(params);
  });
  connection.onNotification("window/logMessage", (params: { message: string }) => void logged.push(params.message));
  connection.onRequest("workspace/configuration", (params: { items: unknown[] }) => params.items.map(() => settings.value));
  connection.onRequest("client/registerCapability", () => null);
  for (const kind of ["codeLens", "inlayHint", "semanticTokens"]) connection.onRequest(`workspace/${kind}/refresh`, () => null);
  connection.listen();
  const folders = options.folders ?? roots;
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: options.capabilities ?? CAPABILITIES,
    workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    ...(options.options ? { initializationOptions: options.options } : {}),
    ...(options.locale === undefined ? {} : { locale: options.locale }),
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    initialized,
    published,
    logged,
    settings,
    open: (uri, text, languageId = "uwsgi", version = 1) =>
      connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version, text } }),
    request: (method, params) => connection.sendRequest(method, params),
    diagnostics: (uri, fits = () => true) =>
      new Promise((done) => {
        const tell = (params: PublishDiagnosticsParams): void => {
          if (normaliseUri(params.uri) !== normaliseUri(uri) || !fits(params)) return;
          waiting.delete(tell);
          done(params);
        };
        waiting.add(tell);
      }),
    stop: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      connection.dispose();
    },
  };
}

/** Lets everything that is on its way arrive. */
export const settle = async (client: { request(method: string, params?: object): Promise<unknown> }): Promise<void> => {
  for (let round = 0; round < 3; round++) await client.request("workspace/symbol", { query: "" });
};
