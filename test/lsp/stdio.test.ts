// The built server over a real pipe.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { overStdio } from "../support/lsp";

const root = join(import.meta.dirname, "../..");
const server = join(root, "dist/server.js");
const folder = join(root, "examples/broken");
const vassals = join(folder, "etc/uwsgi-emperor/vassals");

describe.skipIf(!existsSync(server))("the built server", () => {
  for (const [name, command] of [
    ["server.js", [process.execPath, server, "--stdio"]],
    ["cli.js lsp", [process.execPath, join(root, "dist/cli.js"), "lsp", "--stdio"]],
  ] as const) {
    test(`${name} finds the mistakes of the example and ends well`, async () => {
      const client = await overStdio(command, { folders: [pathToFileURL(folder).href] });
      const file = readdirSync(vassals).find((one) => one.endsWith(".ini")) ?? "";
      const uri = pathToFileURL(join(vassals, file)).href;
      const first = client.diagnostics(uri);
      await client.open(uri, readFileSync(join(vassals, file), "utf8"));
      const { diagnostics, version } = await first;
      expect(version).toBe(1);
      expect(diagnostics.length).toBeGreaterThan(0);
      const ended = new Promise((done) => client.process.on("exit", done));
      await client.stop();
      expect(await ended).toBe(0);
    });
  }

  test("speaks the language of an editor that says which it is", async () => {
    const client = await overStdio([process.execPath, server, "--stdio"], { folders: [], locale: "de-DE" });
    const uri = "untitled:app.ini";
    const told = client.diagnostics(uri);
    await client.open(uri, "[uwsgi]\nsokcet = :3031\n");
    const [finding] = (await told).diagnostics;
    expect(finding?.message).toContain("uWSGI hat keine Option");
    await client.stop();
  });

  test("a half request is logged, answered with nothing, and ends nothing", async () => {
    const client = await overStdio([process.execPath, server, "--stdio"], { folders: [] });
    expect(await client.request("textDocument/hover", {})).toBeNull();
    await client.connection.sendNotification("textDocument/didOpen", {});
    expect(await client.request("workspace/symbol", { query: "" })).toEqual([]);
    expect(client.logged).toHaveLength(2);
    await client.stop();
  });

  test("without a shutdown the end of the pipe is an error", async () => {
    const client = await overStdio([process.execPath, server, "--stdio"], { folders: [] });
    const ended = new Promise((done) => client.process.on("exit", done));
    client.process.stdin?.end();
    expect(await ended).toBe(1);
  });
});
