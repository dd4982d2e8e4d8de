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
