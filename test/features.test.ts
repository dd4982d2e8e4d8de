// The table of features: what it names is there, and no command is left out.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const table = readFileSync(join(root, "docs/features.md"), "utf8");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

describe("docs/features.md", () => {
  it("names tests and pictures that are there", () => {
    const tests = Array.from(table.matchAll(/`(test\/[^`]+)`/g), ([, path]) => path ?? "");
    const pictures = Array.from(table.matchAll(/\]\((pictures\/[^)]+)\)/g), ([, path]) => `docs/${path}`);
    expect(tests.length).toBeGreaterThan(20);
    expect([...tests, ...pictures].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("shows every picture and names every command of the palette", () => {
    const pictures = readdirSync(join(root, "docs/pictures")).filter((file) => file.endsWith(".png"));
    expect(pictures.filter((file) => !table.includes(`pictures/${file}`))).toEqual([]);
    const commands: readonly { readonly command: string }[] = manifest.contributes.commands;
    expect(commands.map(({ command }) => command).filter((command) => !table.includes(`\`${command}\``))).toEqual([]);
  });

  it("has commands with a category, and few menus, each guarded", () => {
    for (const { command, category } of manifest.contributes.commands) expect(category, command).toBe("%category%");
    for (const entries of Object.values<readonly { readonly when?: string }[]>(manifest.contributes.menus)) {
      expect(entries.length).toBeLessThanOrEqual(4);
      for (const { when } of entries) expect(when).toMatch(/resource|view ==/);
    }
  });
});

describe("docs/language.md", () => {
  const language = readFileSync(join(root, "docs/language.md"), "utf8");
  const rows = language.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| Feature"));
  const proofs = rows.flatMap((row) => (row.split(" | ").at(-1) ?? "").split(";"));
  const sources: Readonly<Record<string, string>> = {
    syntax: readFileSync(join(root, "test/syntax-uwsgi.test.ts"), "utf8"),
    evaluate: readFileSync(join(root, "test/evaluate.test.ts"), "utf8"),
    oracle: ["lines", "configurations", "oracle.test"].map((name) => readFileSync(join(root, `test/oracle/${name}.ts`), "utf8")).join(),
  };
  const recorded = readdirSync(join(root, "test/fixtures/oracle")).flatMap((name) => /^(\d+)\.ini$/.exec(name)?.[1] ?? []);

  it("names tests that are there", () => {
    const named = proofs.flatMap((proof) => {
      const source = sources[/^\s*(\w+)/.exec(proof)?.[1] ?? ""] ?? "";
      return Array.from(proof.matchAll(/\*([^*]+)\*/g), ([, name = ""]) => ({ name, isThere: source.includes(name) }));
    });
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter(({ isThere }) => !isThere)).toEqual([]);
  });

  it("leaves out no construct that is made at random and no recording", () => {
    const made = Array.from((sources.oracle ?? "").matchAll(/(?:oneOf|tagged)\(\s*"([^"]+)"/g), ([, name = ""]) => name);
    expect(made.length).toBeGreaterThan(70);
    expect(made.filter((name) => !rows.some((row) => row.includes(`*${name}*`)))).toEqual([]);
    const numbers = proofs.flatMap((proof) =>
      Array.from(proof.matchAll(/\b(\d{3})(?:–(\d{3}))?\b/g), ([, from = "", to = from]) =>
        Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => String(Number(from) + index).padStart(3, "0")),
      ).flat(),
    );
    expect(recorded.filter((number) => !numbers.includes(number))).toEqual([]);
    expect(numbers.filter((number) => !recorded.includes(number))).toEqual([]);
  });
});
