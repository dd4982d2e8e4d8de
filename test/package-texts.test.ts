// The words that VS Code shows of the extension: each is there in every language.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { taggedTexts } from "./support/tagged";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const manifest = read("package.json");
const languages = globSync("package.nls*.json", { cwd: root });

it.each(languages)("%s says what package.json asks for, and nothing else", (file) => {
  const asked = new Set(Array.from(manifest.matchAll(/"%([\w.-]+)%"/g), ([, key]) => key));
  const texts: Record<string, string> = JSON.parse(read(file));
  expect(Object.keys(texts).sort()).toEqual([...asked].sort());
  expect(Object.values(texts).every((text) => text.trim() !== "")).toBe(true);
});

it("links of the walkthrough survive translation", () => {
  const links = languages.map((file) => read(file).match(/command:[\w.]+/g));
  expect(links.every((some) => JSON.stringify(some) === JSON.stringify(links[0]))).toBe(true);
});

it("pictures of the walkthrough are there", () => {
  for (const { steps } of JSON.parse(manifest).contributes.walkthroughs)
    for (const { media } of steps) expect(existsSync(join(root, media.image)), media.image).toBe(true);
});

describe("words of the running extension", () => {
  const bundles = globSync("l10n/bundle.l10n.*.json", { cwd: root });
  const sources = globSync(["client/src/*.ts", "client/view/*.ts"], { cwd: root }).map(read).join("\n");
  const engine = globSync("server/src/**/*.ts", { cwd: root }).flatMap((path) => taggedTexts(read(path)));
  const asked = new Set([
    ...Array.from(sources.matchAll(/l10n\.t\(\s*"((?:[^"\\]|\\.)*)"/g), ([, text]) => JSON.parse(`"${text}"`) as string),
    ...engine,
  ]);

  it.each(bundles)("%s has each of them, and nothing else", (file) => {
    const texts: Record<string, string> = JSON.parse(read(file));
    expect(Object.keys(texts).sort()).toEqual([...asked].sort());
    const holes = (text: string): readonly string[] => (text.match(/\{\d+\}/g) ?? []).sort();
    for (const [text, translated] of Object.entries(texts)) expect(holes(translated), text).toEqual(holes(text));
  });

  it("are written where the translation finds them", () => {
    expect(bundles.length).toBeGreaterThan(0);
    // A text that is put together, or kept in a variable, has no entry.
    expect(sources.match(/l10n\.t\(\s*(?!")./g) ?? []).toEqual([]);
  });
});
