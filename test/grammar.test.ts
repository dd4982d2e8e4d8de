// The colours that the grammars give, as VS Code's own engine reads them. After a wanted change: `vitest run --project unit test/grammar.test.ts -u`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { INITIAL, type IRawGrammar, parseRawGrammar, Registry } from "vscode-textmate";
import { snippetsOf } from "./support/snippets";

const root = join(import.meta.dirname, "..");
const wasm = join(dirname(createRequire(import.meta.url).resolve("vscode-oniguruma")), "onig.wasm");
const LUA: IRawGrammar = parseRawGrammar(
  JSON.stringify({ scopeName: "source.lua", patterns: [{ match: "\\b(?:local|function|end)\\b", name: "keyword.lua" }] }),
  "lua.json",
);

const registry = new Registry({
  onigLib: loadWASM(readFileSync(wasm)).then(() => ({ createOnigScanner, createOnigString })),
  loadGrammar: async (scope) => {
    // Stands for the grammar that another extension brings.
    if (scope === "source.lua") return LUA;
    const path = join(root, "syntaxes", `${scope.replace("source.", "")}.tmLanguage.json`);
    return parseRawGrammar(readFileSync(path, "utf8"), path);
  },
});

/** Each line, and under it its words with what they are; what is only of the language itself is left out. */
async function coloured(scope: string, text: string): Promise<string> {
  const grammar = await registry.loadGrammar(scope);
  if (!grammar) throw new Error(scope);
  let state = INITIAL;
  return text
    .split("\n")
    .map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      const words = tokens
        .filter(({ scopes, startIndex, endIndex }) => scopes.length > 1 && line.slice(startIndex, endIndex).trim() !== "")
        .map(({ scopes, startIndex, endIndex }) => `    ${line.slice(startIndex, endIndex).trim()}  ·  ${scopes.slice(1).join(" ")}`);
      return [line, ...words].join("\n");
    })
    .join("\n");
}

describe("grammars", () => {
  it.each([
    ["source.uwsgi", "sample.ini"],
    ["source.nginx", "sample.nginx"],
  ])("%s colours %s as before", async (scope, file) => {
    const folder = join(root, "test", "fixtures", "grammar");
    const text = readFileSync(join(folder, file), "utf8");
    await expect(await coloured(scope, text)).toMatchFileSnapshot(join(folder, `${file}.colours`));
  });

  it.each([
    ["source.uwsgi", "uwsgi"],
    ["source.nginx", "nginx"],
  ] as const)("%s leaves nothing of the snippets uncoloured, and ends where it began", async (scope, file) => {
    for (const [name, text] of snippetsOf(file)) {
      const colours = await coloured(scope, `${text}\n# the end`);
      expect(colours, name).toMatch(/\n# the end\n {4}#.*punctuation\.definition\.comment/);
      expect(colours, name).not.toContain("invalid.");
    }
  });

  it("half-typed text does not colour the lines after it", async () => {
    const next = async (scope: string, before: string, line: string) =>
      (await coloured(scope, `${before}\n${line}`)).split(`\n${line}`).pop();
    const option = await next("source.uwsgi", "", "master = true");
    for (const before of ["socket = %(", "socket = $(A", "[uwsgi", "key = @(", "x = %"])
      expect(await next("source.uwsgi", before, "master = true"), before).toBe(option);
  });

  it("a long line takes no long time", async () => {
    const grammar = await registry.loadGrammar("source.nginx");
    const from = Date.now();
    for (const line of ["a ".repeat(5000), "{".repeat(5000), "$".repeat(5000), "'".repeat(5000), "\\".repeat(5000), "~^(".repeat(3000)])
      grammar?.tokenizeLine(line, INITIAL);
    // A guard against patterns that take minutes; a busy machine may be slow.
    expect(Date.now() - from).toBeLessThan(20_000);
  });
});
