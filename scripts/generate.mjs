// Writes everything that is made from something else: the list of the rules, then their pages.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesIndex } from "./rules-index.mjs";
import { root } from "./setup.mjs";

writeFileSync(join(root, "server/src/rules/index.ts"), rulesIndex());
await import("./docs.mjs");
