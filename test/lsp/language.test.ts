// The server speaks the language of the editor: with the words it is sent German, without them English.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { speak } from "../../server/src/text/l10n";
import { at, inMemory, settle } from "../support/lsp";

const words: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../l10n/bundle.l10n.de.json"), "utf8"));
const APP = "[uwsgi]\nmaster = true\nsokcet = /run/old.sock\nsocket = /run/shop.sock\nchmod-socket = 660\nharakiri = 90\n";
const SITE = "server {\n  location / { include uwsgi_params; uwsgi_pass unix:/run/shop.sock; }\n}\n";
const whole = { start: { line: 0, character: 0 }, end: { line: 6, character: 0 } };

afterEach(() => speak({}));

/** What an editor shows of a file: findings, fixes, lenses, hints, a hover and completion. */
async function shown(options: object) {
  const client = await inMemory({ files: { "nginx/conf.d/shop.conf": SITE }, options });
  const uri = at("app.ini");
  const textDocument = { uri };
  await settle(client);
  await client.open(uri, APP);
  await settle(client);
  client.clock.pass(150);
  await settle(client);
  const diagnostics = client.published.get(uri)?.diagnostics ?? [];
  const about = diagnostics.filter(({ code }) => code === "unknown-option");
  const actions = await client.request<{ title: string }[]>("textDocument/codeAction", {
    textDocument,
    range: about[0]?.range ?? whole,
    context: { diagnostics: about },
  });
  const lenses = await client.request<{ command?: { title: string } }[]>("textDocument/codeLens", { textDocument });
  const hints = await client.request<{ label: string }[]>("textDocument/inlayHint", { textDocument, range: whole });
  const hover = await client.request<{ contents: { value: string } }>("textDocument/hover", {
    textDocument,
    position: { line: 5, character: 3 },
  });
  const list = await client.request<{ items: { label: string; detail?: string }[] }>("textDocument/completion", {
    textDocument,
    position: { line: 2, character: 6 },
  });
  await client.stop();
  return {
    message: about[0]?.message,
    titles: actions.map(({ title }) => title),
    lenses: lenses.map(({ command }) => command?.title),
    hints: hints.map(({ label }) => label),
    hover: hover.contents.value.split("\n")[0],
    detail: list.items.find(({ label }) => label === "socket")?.detail,
  };
}

test("English", async () => {
  expect(await shown({})).toEqual({
    message: 'uWSGI has no option "sokcet" and ignores it. Did you mean socket?',
    titles: ["Write socket", "Allow unknown-option here, with a comment"],
    lenses: ["served by shop.conf:2"],
    hints: ["rw-rw----", "1 minute 30 seconds"],
    hover: "harakiri · number of seconds · the last one counts",
    detail: "address to listen on",
  });
});

test("German, in the words of the client", async () => {
  expect(await shown({ words })).toEqual({
    message: "uWSGI hat keine Option „sokcet“ und übergeht sie. War socket gemeint?",
    titles: ["socket schreiben", "unknown-option hier mit einem Kommentar erlauben"],
    lenses: ["genutzt von shop.conf:2"],
    hints: ["rw-rw----", "1 Minute 30 Sekunden"],
    hover: "harakiri · Anzahl Sekunden · die letzte zählt",
    detail: "Adresse, auf der gelauscht wird",
  });
});
