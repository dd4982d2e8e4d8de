// The texts for editors, as docs/editors.md prints them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** The blocks of one language under a heading that starts with these words. */
export function texts(heading: string, language: string): readonly string[] {
  const page = readFileSync(join(root, "docs/editors.md"), "utf8");
  const section = page.split(/^## /m).find((one) => one.startsWith(heading)) ?? "";
  return Array.from(section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm))
    .filter((match) => match[1] === language)
    .map((match) => match[2] ?? "");
}
