// Clients that break the rules, and the end of either side, on the built server: it answers by the protocol, goes on, or ends so that it is started anew.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { framed, greeted, notification, request, type Wire, wire } from "../support/wire";

const script = join(import.meta.dirname, "../../dist/server.js");
const NOT_INITIALIZED = -32002;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const CANCELLED = -32800;

const URI = "file:///w/app.ini";
const TEXT = "[uwsgi]\nsokcet = :3031\nsocket = :3032\n";
const opened = (uri = URI, text = TEXT, version = 1) =>
  notification("textDocument/didOpen", { textDocument: { uri, languageId: "uwsgi", version, text } });
const changed = (contentChanges: unknown, version: unknown = 2, uri = URI) =>
  notification("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
const hover = (id: unknown, uri = URI, position: unknown = { line: 1, character: 1 }) =>
  request(id, "textDocument/hover", { textDocument: { uri }, position });
const range = (startLine: number, start: number, endLine: number, end: number) => ({
  start: { line: startLine, character: start },
  end: { line: endLine, character: end },
});

const MISSPELT = expect.arrayContaining([expect.objectContaining({ code: "unknown-option" })]);
const servers: Wire[] = [];
const keep = (server: Wire): Wire => {
  servers.push(server);
  return server;
};
const ready = async (params: object = {}): Promise<Wire> => keep(await greeted(script, params));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill();
});

/** The findings of one version, as they are published. */
async function findings(server: Wire, version: number, uri = URI): Promise<unknown> {
  const { params } = await server.next(`findings of version ${version}`, ({ method, params }) => {
    const { uri: about, version: of } = (params ?? {}) as { uri?: string; version?: number };
    return method === "textDocument/publishDiagnostics" && about === uri && of === version;
  });
  return (params as { diagnostics: unknown }).diagnostics;
}

describe("framing", () => {
  test.each([
    ["no header", "hello\r\n\r\n"],
    ["a header without a length", "Content-Type: x\r\n\r\n{}"],
    ["a length that is no number", "Content-Length: abc\r\n\r\n{}"],
    ["a length too short", `Content-Length: 3\r\n\r\n${JSON.stringify(hover(2))}`],
  ])("%s: the server ends, to be started anew", async (_, bytes) => {
    const server = await ready();
    server.bytes(bytes);
    server.bytes(framed(hover(3)));
    expect(await server.ended).toBe(1);
  });

  test.each([
    ["an empty message", "Content-Length: 0\r\n\r\n"],
    ["a text that is no JSON", 'Content-Length: 5\r\n\r\n{"a":'],
    ["bytes that are no UTF-8", Buffer.from("Content-Length: 4\r\n\r\n\xff\xfe\x00\x80", "latin1")],
    ["an encoding nobody knows", "Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-7\r\n\r\n{}"],
    ["null, a number, a list, a message without a method", [null, 5, [hover(2)], { jsonrpc: "2.0", id: 9 }, {}].map(framed).join("")],
    [
      "answers nobody asked for",
      [
        { jsonrpc: "2.0", id: 77, result: 1 },
        { jsonrpc: "2.0", id: "x", error: { code: 1, message: "" } },
      ]
        .map(framed)
        .join(""),
    ],
  ])("%s: the server goes on", async (_, bytes) => {
    const server = await ready();
    server.bytes(bytes);
    await server.isAlive();
  });

  test("a message that comes byte by byte", async () => {
    const server = await ready();
    for (const byte of Buffer.from(framed(hover(5)))) server.bytes(Uint8Array.of(byte));
    expect(await server.answer(5)).toMatchObject({ result: null });
  });

  test("the end of the pipe in the middle of a message ends the server", async () => {
    const server = await ready();
    server.bytes(framed(hover(5)).slice(0, -10));
    server.process.stdin?.end();
    expect(await server.ended).toBe(1);
  });
});

describe("order", () => {
  test("before initialize requests are refused and notifications dropped", async () => {
    const server = keep(wire(script, "--stdio"));
    server.send(opened(), hover(2), notification("no/such"), request(3, "workspace/symbol", { query: "" }));
    expect((await server.answer(2)).error?.code).toBe(NOT_INITIALIZED);
    expect((await server.answer(3)).error?.code).toBe(NOT_INITIALIZED);
    server.send(request(4, "initialize", { processId: null, rootUri: null, capabilities: {} }));
    expect((await server.answer(4)).result).toMatchObject({ capabilities: {} });
    server.send(notification("initialized", {}), hover(5));
    expect(await server.answer(5)).toMatchObject({ result: null });
  });

  test("a second initialize is refused", async () => {
    const server = await ready();
    server.send(request(2, "initialize", { processId: null, rootUri: null, capabilities: {} }));
    expect((await server.answer(2)).error?.code).toBe(INVALID_REQUEST);
    await server.isAlive();
  });

  test("after shutdown requests are refused, and exit ends well", async () => {
    const server = await ready();
    server.send(opened(), request(2, "shutdown"), hover(3), changed([{ text: "" }]));
    expect((await server.answer(2)).error).toBeUndefined();
    expect((await server.answer(3)).error?.code).toBe(INVALID_REQUEST);
    server.send(notification("exit"));
    expect(await server.ended).toBe(0);
  });

  test("exit without shutdown is an error", async () => {
    const server = await ready();
    server.send(notification("exit"));
    expect(await server.ended).toBe(1);
  });

  test("a greeting of odd values", async () => {
    for (const params of [
      { capabilities: null, workspaceFolders: null },
      { capabilities: [], rootUri: "no uri", initializationOptions: 7 },
      {
        workspaceFolders: [
          { uri: "", name: "" },
          { uri: "file://%", name: "x" },
        ],
      },
      { processId: "x", initializationOptions: { settings: { target: [], rules: 5, folders: [7, "://"] } } },
    ]) {
      const server = await ready(params);
      server.send(request(2, "workspace/symbol", { query: "" }));
      await server.answer(2);
    }
  });
});

describe("requests", () => {
  test("methods nobody knows, and `$/` notifications", async () => {
    const server = await ready();
    server.send(request(2, "no/such", null), request(3, "$/no/such"), notification("no/such", null), notification("$/no/such", {}));
    expect((await server.answer(2)).error?.code).toBe(METHOD_NOT_FOUND);
    expect((await server.answer(3)).error?.code).toBe(METHOD_NOT_FOUND);
    await server.isAlive();
  });

  test("parameters that are missing, null or of another kind are answered", async () => {
    const server = await ready();
    const odd = [
      undefined,
      null,
      5,
      "x",
      [],
      {},
      { textDocument: null },
      { textDocument: { uri: 5 } },
      { textDocument: { uri: URI }, position: null },
      { textDocument: { uri: URI }, position: { line: "a", character: {} } },
    ];
    const methods = [
      "textDocument/hover",
      "textDocument/completion",
      "textDocument/codeAction",
      "textDocument/formatting",
      "textDocument/semanticTokens/full",
      "callHierarchy/incomingCalls",
      "completionItem/resolve",
      "workspace/symbol",
      "uwsgiNginx/effective",
      "uwsgiNginx/topology",
      "uwsgiNginx/newApplication",
    ];
    server.send(opened());
    let id = 1_000;
    for (const method of methods) for (const params of odd) server.send(request(++id, method, params));
    for (let one = 1_001; one <= id; one++) await server.answer(one);
    for (const method of ["didOpen", "didChange", "didClose"])
      for (const params of odd) server.send(notification(`textDocument/${method}`, params));
    for (const method of ["didChangeWatchedFiles", "didChangeConfiguration", "didChangeWorkspaceFolders"])
      for (const params of odd) server.send(notification(`workspace/${method}`, params));
    await server.isAlive();
  });

  test("unknown URIs, odd schemes, positions outside of everything", async () => {
    const server = await ready();
    const uris = [
      "",
      "x",
      "file:",
      "file:///",
      "file:///w/none.ini",
      "file:///w/a%2Fb%00.ini",
      "file://host/share/uwsgi.ini",
      "untitled:Untitled-1",
      "git:/w/app.ini?%7B%22ref%22%3A%22~%22%7D",
      "vscode-vfs://github/a/b/uwsgi.ini",
      "memfs:/a.ini",
      "file:///w/%ff%fe.ini",
      "file:///c%3A/x.ini",
      "__proto__",
      `file:///${"a/".repeat(5_000)}x.ini`,
    ];
    const positions = [
      { line: -1, character: -1 },
      { line: 1e15, character: 1e15 },
      { line: 0.5, character: Number.MAX_SAFE_INTEGER },
      { line: null, character: null },
    ];
    let id = 10;
    for (const uri of uris) {
      for (const position of positions) server.send(hover(++id, uri, position));
      server.send(opened(uri));
      for (const position of positions) server.send(hover(++id, uri, position));
      server.send(notification("textDocument/didClose", { textDocument: { uri } }));
    }
    for (let one = 11; one <= id; one++) expect((await server.answer(one)).error).toBeUndefined();
    await server.isAlive();
  });

  test("the same id twice, and ids that are texts", async () => {
    const server = await ready();
    server.send(opened(), hover(5), hover(5), hover("a"), hover("__proto__"), hover(-1), hover(1.5));
    for (const id of [5, "a", "__proto__", -1, 1.5])
      await server.next(`answer ${id}`, (message) => (message.id as unknown) === id && "result" in message);
    await server.isAlive();
  });

  test("a storm of cancellations", async () => {
    const server = await ready();
    server.send(opened(URI, `[uwsgi]\n${"socket = :3031\n".repeat(2_000)}`));
    for (let id = 1_000; id < 3_000; id++) server.send(hover(id), notification("$/cancelRequest", { id }));
    server.send(
      ...[undefined, null, {}, { id: null }, { id: 99_999 }, { id: "x" }].map((params) => notification("$/cancelRequest", params)),
    );
    for (let id = 1_000; id < 3_000; id++) {
      const { error } = await server.answer(id);
      if (error) expect(error.code).toBe(CANCELLED);
    }
    await server.isAlive();
  });
});

describe("texts", () => {
  test("changes of what is not open, opened twice, closed twice", async () => {
    const server = await ready();
    server.send(changed([{ text: "[uwsgi]\n" }]), notification("textDocument/didClose", { textDocument: { uri: URI } }));
    server.send(opened(URI, "[uwsgi]\n", 1), opened(URI, TEXT, 7));
    expect(await findings(server, 7)).toEqual(MISSPELT);
    server.send(...[1, 2].map(() => notification("textDocument/didClose", { textDocument: { uri: URI } })), changed([{ text: "x" }], 8));
    await server.isAlive();
  });

  test("versions that jump, fall and are none", async () => {
    const server = await ready();
    server.send(
      opened(),
      changed([{ text: "[uwsgi]\n" }], 900),
      changed([{ text: "[uwsgi]\na" }], 3),
      changed([{ text: "[uwsgi]\n" }], null),
      changed([{ text: TEXT }], 1_000),
    );
    expect(await findings(server, 1_000)).toEqual(MISSPELT);
  });

  test("ranges that overlap, run backwards or lie outside give some text, and the next whole text counts", async () => {
    const server = await ready();
    const edits = [range(1, 0, 1, 3), range(1, 2, 0, 0), range(99, 0, 99, 9), range(-1, -5, 0, 2), range(2, 500, 2, 900)].map((one) => ({
      range: one,
      text: "x\n",
    }));
    server.send(
      opened(),
      changed(edits),
      changed(edits.toReversed(), 3),
      changed([{ range: null, text: 5 }, {}, null], 4),
      changed(null, 5),
      changed([{ text: TEXT }], 6),
    );
    expect(await findings(server, 6)).toEqual(MISSPELT);
    server.send(hover(50));
    expect((await server.answer(50)).error).toBeUndefined();
  });

  test("killed in mid-edit, a new server that is told the same texts finds the same", async () => {
    const edits = [
      changed([{ range: range(1, 0, 1, 6), text: "socke" }], 2),
      changed([{ range: range(2, 0, 2, 0), text: "chmod-socket = 9\nproceses = 4\n" }], 3),
    ];
    const first = await ready();
    first.send(opened(), ...edits);
    const before = await findings(first, 3);
    first.send(changed([{ range: range(0, 0, 0, 1), text: "" }], 4), hover(9));
    first.process.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    const second = await ready();
    // What the editor holds: one text, opened anew.
    second.send(opened(URI, "[uwsgi]\nsocke = :3031\nchmod-socket = 9\nproceses = 4\nsocket = :3032\n", 3));
    expect(await findings(second, 3)).toEqual(before);
  });
});

describe("the end of the client", () => {
  test("its process dies while the pipe stays open: the server ends", { timeout: 60_000 }, async () => {
    const client = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const server = await ready({ processId: client.pid });
    await server.isAlive();
    client.kill("SIGKILL");
    expect(await server.ended).toBe(1);
  });

  test("its pipe for answers is shut: the server ends with the other one", { timeout: 60_000 }, async () => {
    const server = await ready();
    server.process.stdout?.destroy();
    server.send(opened(), hover(5));
    server.process.stdin?.end();
    expect(typeof (await server.ended)).toBe("number");
  });
});
