// A server that is watched: how long each answer took, whether it failed, logged, died or kept silent, and how much memory it holds.
import { existsSync, readFileSync } from "node:fs";
import { ResponseError } from "vscode-languageserver-protocol/node";
import { overStdio } from "../support/lsp";

/** Milliseconds by the clock, and of the processor, after which an answer no longer comes. */
const PATIENCE = 180_000;
const HUNG = 10_000;
/** Nobody notices a shorter wait. Milliseconds. */
export const SOON = 100;
/** The one answer that is an error on purpose: why something cannot be renamed. */
const REQUEST_FAILED = -32803;

/** Tells its heap after a collection whenever it is asked to by a signal. */
const PROBE = `process.on("SIGUSR2",()=>{gc();gc();process.stderr.write("heap "+process.memoryUsage().heapUsed+"\\n")})`;

/** Everything a modern editor says of itself, so that every branch is walked. */
const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
    didChangeWatchedFiles: { dynamicRegistration: true },
    ...Object.fromEntries(["codeLens", "inlayHint", "semanticTokens", "diagnostics"].map((name) => [name, { refreshSupport: true }])),
  },
  textDocument: {
    publishDiagnostics: { versionSupport: true, relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    diagnostic: { relatedDocumentSupport: true },
    hover: { contentFormat: ["markdown", "plaintext"] },
    completion: {
      completionItem: { documentationFormat: ["markdown"], snippetSupport: true },
      completionList: { itemDefaults: ["editRange"] },
    },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "refactor", "source.fixAll"] } },
      resolveSupport: { properties: ["edit"] },
      dataSupport: true,
    },
  },
};

/** Processor time of the main thread so far, in milliseconds: what an answer costs however busy the machine is. Linux only. */
function processorTime(pid: number | undefined): number {
  const file = `/proc/${pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, "utf8").split(" ")[0]) / 1e6 : 0;
}

export class Failure extends Error {}

/** `ms` by the clock, `cpu` of the processor. */
export type Took = { readonly ms: number; readonly cpu: number };

export type Watched = Awaited<ReturnType<typeof watch>>;

/** Starts `server` (a script) on a folder. */
export async function watch(server: string, folder: string) {
  const client = await overStdio(
    [process.execPath, "--expose-gc", "--import", `data:text/javascript,${encodeURIComponent(PROBE)}`, server, "--stdio"],
    {
      folders: [folder],
      capabilities: CAPABILITIES,
      options: { topology: true, showPlaces: "show" },
    },
  );
  const { pid } = client.process;
  let said = "";
  let ended = false;
  client.process.stderr?.on("data", (part) => {
    said = (said + part).slice(-4_000);
  });
  const death = new Promise<never>((_, fail) =>
    client.process.once("exit", (code, signal) => {
      ended = true;
      fail(new Failure(`the server ended (${code ?? signal}): ${said.slice(0, 600)}`));
    }),
  );
  death.catch(() => {});
  let worst = new Map<string, Took>();
  let answers = 0;
  let late = 0;

  /** A busy machine may keep everybody waiting: a server hangs when it works and works, or when it does nothing for minutes. */
  async function inTime<T>(what: string, promise: Promise<T>): Promise<T> {
    const [from, used] = [performance.now(), processorTime(pid)];
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setInterval(() => {
        const waited = performance.now() - from;
        if (waited > PATIENCE || processorTime(pid) - used > HUNG)
          fail(new Failure(`${what}: no answer in ${Math.round(waited / 1000)} s`));
      }, 1_000);
    });
    try {
      return await Promise.race([promise, death, late]);
    } finally {
      clearInterval(timer);
    }
  }

  async function ask(method: string, params: object): Promise<unknown> {
    const [from, used] = [performance.now(), processorTime(pid)];
    let answer: unknown = null;
    try {
      answer = await inTime(method, client.request(method, params));
    } catch (error) {
      const refused = error instanceof ResponseError && error.code === REQUEST_FAILED && /rename/i.test(method);
      if (!refused) throw error instanceof Failure ? error : new Failure(`${method}: ${error instanceof Error ? error.message : error}`);
    }
    answers++;
    const [ms, cpu] = [performance.now() - from, processorTime(pid) - used];
    if (ms > SOON) late++;
    const before = worst.get(method);
    worst.set(method, { ms: Math.max(ms, before?.ms ?? 0), cpu: Math.max(cpu, before?.cpu ?? 0) });
    // Whatever is caught inside the server is told in its log.
    if (client.logged.length > 0) throw new Failure(`${method}: ${client.logged.splice(0).join("\n").slice(0, 1_500)}`);
    return answer;
  }

  /** Bytes in use after a collection. */
  async function heap(): Promise<number> {
    said = "";
    client.process.kill("SIGUSR2");
    return inTime(
      "heap",
      new Promise((done) => {
        const look = setInterval(() => {
          const bytes = /heap (\d+)\n/.exec(said)?.[1];
          if (bytes === undefined && !ended) return;
          clearInterval(look);
          done(Number(bytes));
        }, 10);
      }),
    );
  }

  return {
    capabilities: client.initialized.capabilities,
    notify: (method: string, params: object) => client.connection.sendNotification(method, params),
    findings: (uri: string, version: number) =>
      inTime(
        "findings",
        client.diagnostics(uri, (params) => params.version === version),
      ),
    ask,
    heap,
    /** The worst answer to each question since the last call. */
    takeWorst(): Map<string, Took> {
      const taken = worst;
      worst = new Map();
      return taken;
    },
    get answers() {
      return answers;
    },
    /** Answers that took longer than a person notices, by the clock. */
    get late() {
      return late;
    },
    stop: async () => {
      client.connection.dispose();
      client.process.kill("SIGKILL");
    },
  };
}
