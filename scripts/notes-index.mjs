// Writes server/src/facts/notes-data.ts: one import for each file of texts. A test checks that none is missing.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./setup.mjs";

const camel = (name) => `${name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Notes`;

export function notesIndex() {
  const names = readdirSync(join(root, "server/data/notes"))
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"))
    .sort();
  return `// Written by scripts/notes-index.mjs (npm run generate) from the files of server/data/notes. Their shapes are held by a test.
import languageData from "../../data/language.json";
${names.map((name) => `import ${camel(name)} from "../../data/notes/${name}.json";`).join("\n")}
import type { LanguageNotes, Note } from "./notes";

export const language = languageData as LanguageNotes;

export const families = [
${names.map((name) => `  ${camel(name)},`).join("\n")}
] as readonly Readonly<Record<string, Note>>[];
`;
}
