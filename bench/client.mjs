// One client for every server: starts it over stdio, opens texts, edits them, asks, and says how long each answer took.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const PATIENCE = 120_000;
const CAPABILITIES = {
  workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: false } },
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: { versionSupport: true, relatedInformation: true },
    completion: {
      completionItem: { snippetSupport: true, documentationFormat: ["markdown"] },
      completionList: { itemDefaults: ["editRange"] },
    },
    hover: { contentFormat: ["markdown"] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
};

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * `pause`: the timer with which the server waits for the next key, in milliseconds. With `withoutPause` it runs out at once, so that what is
 * measured is work; every other timer stays as it is.
 */
export async function start({ command, pause = 0, settings = {}, options = {} }, { folder, withoutPause = false } = {}) {
  const spawned = performance.now();
  const preload = withoutPause && pause > 0 ? ["--require", new URL("pause.cjs", import.meta.url).pathname] : [];
  const child = spawn(process.execPath, [...preload, ...command], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, BENCH_PAUSE: String(pause) },
  });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const waiting = new Map();
  const texts = new Map();
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, version, diagnostics }) => {
    const text = texts.get(uri);
    if (text && typeof version === "number" && version < text.version) return; // of a text that is already replaced
    waiting.get(uri)?.({ at: performance.now(), busy: busy(child.pid), count: diagnostics.length });
  });
  connection.onRequest("workspace/configuration", ({ items }) => items.map(({ section }) => settings[section] ?? null));
  for (const method of ["client/registerCapability", "client/unregisterCapability", "window/workDoneProgress/create"])
    connection.onRequest(method, () => null);
  connection.onError(() => {});
  connection.listen();
  const gone = new Promise((_, fail) => child.once("exit", (code) => fail(new Error(`the server ended with ${code}`))));
  gone.catch(() => {});
  const patient = (promise, what) => {
    let timer;
    const late = new Promise((_, fail) => {
      timer = setTimeout(() => fail(new Error(`no ${what} within ${PATIENCE / 1000} s`)), PATIENCE);
    });
    return Promise.race([promise, gone, late]).finally(() => clearTimeout(timer));
  };

  const { capabilities } = await patient(
    connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: folder ?? null,
      workspaceFolders: folder ? [{ uri: folder, name: "bench" }] : null,
      capabilities: CAPABILITIES,
      initializationOptions: options,
    }),
    "answer to initialize",
  );
  const sync = capabilities.textDocumentSync;
  const takesRanges = (typeof sync === "number" ? sync : sync?.change) === 2;
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("workspace/didChangeConfiguration", { settings });

  /** Sends something and waits for the findings that follow. */
  function findings(uri, method, params, { from, before } = { from: performance.now(), before: busy(child.pid) }) {
    const found = new Promise((done) => waiting.set(uri, done));
    void connection.sendNotification(method, params);
    return patient(found, "diagnostics").then((answer) => ({ ms: answer.at - from, busy: answer.busy - before, count: answer.count }));
  }
  /** The notification of an insertion, as this server wants it. */
  function change(uri, { line, character }, inserted) {
    const old = texts.get(uri);
    const range = { start: { line, character }, end: { line, character } };
    const next = TextDocument.update(
      TextDocument.create(uri, old.languageId, old.version, old.getText()),
      [{ range, text: inserted }],
      old.version + 1,
    );
    texts.set(uri, next);
    const contentChanges = takesRanges ? [{ range, text: inserted }] : [{ text: next.getText() }];
    return { textDocument: { uri, version: next.version }, contentChanges };
  }
  return {
    /** `sinceStart`: the clock started with the server. */
    open(uri, languageId, text, sinceStart = false) {
      texts.set(uri, TextDocument.create(uri, languageId, 1, text));
      const clock = sinceStart ? { from: spawned, before: 0 } : undefined;
      return findings(uri, "textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } }, clock);
    },
    close: (uri) => connection.sendNotification("textDocument/didClose", { textDocument: { uri } }),
    edit: (uri, place, inserted) => findings(uri, "textDocument/didChange", change(uri, place, inserted)),
    /** Changes the text without waiting for anything. */
    type: (uri, place, inserted) => connection.sendNotification("textDocument/didChange", change(uri, place, inserted)),
    async ask(method, params) {
      const [from, before] = [performance.now(), busy(child.pid)];
      const value = await patient(connection.sendRequest(method, params), `answer to ${method}`);
      return { ms: performance.now() - from, busy: busy(child.pid) - before, value };
    },
    usage: () => usage(child.pid),
    async stop() {
      await Promise.race([connection.sendRequest("shutdown").catch(() => {}), sleep(2_000)]);
      await connection.sendNotification("exit").catch(() => {});
      await Promise.race([gone.catch(() => {}), sleep(2_000)]);
      connection.dispose();
      child.kill("SIGKILL");
    },
  };
}

/** Milliseconds for which the main thread of a process has had a processor, as Linux counts them; nothing elsewhere. */
function busy(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}

const TICK = 10; // milliseconds of processor time, on every Linux

/** Most memory used so far, and processor time, as Linux counts them; nothing elsewhere. */
function usage(pid) {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { peakMb: Number(peak) / 1024, cpuMs: (Number(stat[11]) + Number(stat[12])) * TICK };
  } catch {
    return {};
  }
}
