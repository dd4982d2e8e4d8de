// The server that ships for the web: in a worker, where every file comes from the editor.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";

const script = join(import.meta.dirname, "../../dist/server.js");
/** What a browser's worker has and Node's has not. */
const scope = `const { parentPort } = require("node:worker_threads");
globalThis.self = globalThis;
globalThis.postMessage = (data) => parentPort.postMessage(data);
const listeners = [];
globalThis.addEventListener = (type, listen) => type === "message" && listeners.push(listen);
parentPort.on("message", (data) => [globalThis.onmessage, ...listeners].forEach((listen) => listen?.({ data })));
require(${JSON.stringify(script)});`;

type Message = { readonly id?: number; readonly method?: string; readonly params?: Record<string, unknown>; readonly result?: unknown };

describe.skipIf(!existsSync(script))("the worker", () => {
  test("reads what the editor gives it, and finds the mistake", async () => {
    const files: Record<string, string> = { "vscode-vfs://github/a/b/app.ini": "[uwsgi]\nsokcet = :3031\n" };
    const worker = new Worker(scope, { eval: true });
    const asked: string[] = [];
    const published = new Promise<Message>((done) => {
      worker.on("message", (message: Message) => {
        const { id, method, params } = message;
        if (method === "textDocument/publishDiagnostics") done(message);
        if (id === undefined || method === undefined) return;
        asked.push(method);
        const result =
          method === "uwsgiNginx/find"
            ? Object.keys(files)
            : method === "uwsgiNginx/read"
              ? (files[String(params?.uri)] ?? null)
              : method === "workspace/configuration"
                ? [{ diagnose: "workspace" }]
                : null;
        worker.postMessage({ jsonrpc: "2.0", id, result });
      });
    });
    const initialized = new Promise((done) =>
      worker.on("message", (message: Message) => message.id === 1 && message.result && done(message.result)),
    );
    worker.postMessage({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: {
        processId: null,
        rootUri: null,
        capabilities: { workspace: { configuration: true } },
        initializationOptions: { clientFiles: true },
        workspaceFolders: [{ uri: "vscode-vfs://github/a/b", name: "b" }],
      },
    });
    await initialized;
    worker.postMessage({ jsonrpc: "2.0", method: "initialized", params: {} });
    const { params } = await published;
    expect(params?.uri).toBe("vscode-vfs://github/a/b/app.ini");
    expect(asked).toEqual(expect.arrayContaining(["workspace/configuration", "uwsgiNginx/find", "uwsgiNginx/read"]));
    await worker.terminate();
  });
});
