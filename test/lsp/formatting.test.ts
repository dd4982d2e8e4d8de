// Formatting over the protocol: nginx and uWSGI ini files, and nothing for what does not parse.
import { expect, test } from "vitest";
import { at, CAPABILITIES, inMemory } from "../support/lsp";

type TextEdit = { readonly newText: string };
const options = { tabSize: 2, insertSpaces: true };

async function edits(path: string, text: string): Promise<readonly TextEdit[]> {
  const client = await inMemory({ files: { [path]: text }, capabilities: { ...CAPABILITIES, workspace: {} }, options: {} });
  await client.open(at(path), text, path === "nginx.conf" ? "nginx" : "uwsgi");
  return client.request<TextEdit[]>("textDocument/formatting", { textDocument: { uri: at(path) }, options });
}

test("nginx files are indented", async () => {
  const found = await edits("nginx.conf", "events {}\nhttp {\nserver {\nlisten 80;\n}\n}\n");
  expect(found.length).toBeGreaterThan(0);
  expect(found.some((edit) => edit.newText.includes("  "))).toBe(true);
});

test("uWSGI files lose blanks that mean nothing", async () => {
  expect((await edits("uwsgi.ini", "[uwsgi]\n   socket=:3031   \nmaster   =   true\n")).length).toBeGreaterThan(0);
});

test("what does not parse stays as it is", async () => {
  expect(await edits("nginx.conf", "http {\nserver {\nlisten 80;\n")).toEqual([]);
});

test("a line is indented when it is complete", async () => {
  const text = "events {}\nhttp {\nkeepalive_timeout   5;\n}\n";
  const client = await inMemory({ files: { "nginx.conf": text }, capabilities: { ...CAPABILITIES, workspace: {} }, options: {} });
  expect(client.initialized.capabilities.documentOnTypeFormattingProvider).toEqual({
    firstTriggerCharacter: "}",
    moreTriggerCharacter: [";", "\n"],
  });
  await client.open(at("nginx.conf"), text, "nginx");
  const found = await client.request<TextEdit[]>("textDocument/onTypeFormatting", {
    textDocument: { uri: at("nginx.conf") },
    position: { line: 2, character: 22 },
    ch: ";",
    options,
  });
  expect(found.map((edit) => edit.newText)).toEqual(["  ", " "]);
});
