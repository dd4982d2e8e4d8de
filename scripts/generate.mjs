// Writes everything that is made from something else: the lists of the rules and of the texts, then the pages of the rules and the notices.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { notesIndex } from "./notes-index.mjs";
import { rulesIndex } from "./rules-index.mjs";
import { root } from "./setup.mjs";

writeFileSync(join(root, "server/src/rules/index.ts"), rulesIndex());
writeFileSync(join(root, "server/src/facts/notes-data.ts"), notesIndex());
await import("./docs.mjs");
await import("./notices.mjs");
