// Whatever an editor sends: every request is answered, and nothing takes the server down.
import { describe, expect, test } from "vitest";
import { at, inMemory } from "../support/lsp";

const APP = "[uwsgi]\nsokcet = :3031\nsocket = :3032\n";
const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

describe("whatever comes", () => {
  const requests: readonly (readonly [string, object])[] = [
    ["textDocument/hover", { position: { line: 1, character: 1 } }],
    ["textDocument/completion", { position: { line: 1, character: 1 } }],
    ["textDocument/definition", { position: { line: 1, character: 1 } }],
    ["textDocument/references", { position: { line: 1, character: 1 }, context: { includeDeclaration: true } }],
    ["textDocument/documentHighlight", { position: { line: 1, character: 1 } }],
    ["textDocument/prepareRename", { position: { line: 2, character: 99 } }],
    ["textDocument/documentLink", {}],
    ["textDocument/documentSymbol", {}],
    ["textDocument/foldingRange", {}],
    ["textDocument/selectionRange", { positions: [{ line: 1, character: 1 }] }],
    ["textDocument/codeLens", {}],
    ["textDocument/inlayHint", { range: whole }],
    ["textDocument/semanticTokens/full", {}],
    ["textDocument/prepareCallHierarchy", { position: { line: 1, character: 1 } }],
    ["textDocument/codeAction", { range: whole, context: { diagnostics: [] } }],
  ];

  test("every request is answered, for every kind of file and for files that are not there", async () => {
    const client = await inMemory({ files: { "compose.yaml": "services:\n  a:\n    image: x\n" } });
    await client.open(at("app.ini"), APP);
    await client.open(at("nginx.conf"), "http { server { location / { uwsgi_pass a:1; } } }", "nginx");
    await client.open(at("empty.ini"), "", "uwsgi");
    await client.open("untitled:Untitled-1", "[uwsgi]\nmaster = tr", "uwsgi");
    for (const [method, params] of requests)
      for (const uri of [
        at("app.ini"),
        at("nginx.conf"),
        at("empty.ini"),
        at("compose.yaml"),
        at("none.ini"),
        "untitled:Untitled-1",
        "no uri",
        "",
      ])
        await client.request(method, { ...params, textDocument: { uri } });
    expect(client.logged).toEqual([]);
    await client.stop();
  });

  test("positions outside of the text", async () => {
    const client = await inMemory();
    await client.open(at("app.ini"), APP);
    for (const [method] of requests)
      for (const position of [
        { line: -1, character: -1 },
        { line: 1e9, character: 1e9 },
        { line: 1, character: 1e9 },
      ])
        await client.request(method, {
          textDocument: { uri: at("app.ini") },
          position,
          positions: [position],
          range: { start: position, end: position },
          context: { diagnostics: [], includeDeclaration: false },
        });
    await client.stop();
  });

  test("half requests are logged and answered with nothing", async () => {
    const client = await inMemory();
    await client.open(at("app.ini"), APP);
    expect(await client.request("textDocument/hover", {})).toBeNull();
    expect(await client.request("textDocument/completion", { textDocument: null })).toBeNull();
    expect(await client.request("textDocument/selectionRange", { textDocument: { uri: at("app.ini") } })).toEqual([]);
    expect(client.logged.length).toBeGreaterThan(0);
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: at("app.ini"), version: 2 },
      contentChanges: [{ range: { start: { line: 9, character: 9 }, end: { line: 0, character: 0 } }, text: "x" }],
    });
    await client.connection.sendNotification("textDocument/didChange", { textDocument: {}, contentChanges: null });
    expect(
      await client.request("textDocument/hover", { textDocument: { uri: at("app.ini") }, position: { line: 0, character: 0 } }),
    ).toBeNull();
    await client.stop();
  });

  test("a refused rename says why", async () => {
    const client = await inMemory();
    await client.open(at("app.ini"), APP);
    await expect(
      client.request("textDocument/prepareRename", { textDocument: { uri: at("app.ini") }, position: { line: 2, character: 2 } }),
    ).rejects.toThrow("socket is an option of uWSGI.");
    await client.stop();
  });
});
