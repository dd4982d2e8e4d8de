// Written by scripts/rules-index.mjs (npm run generate) from the files of this folder.

import type { Rule } from "./rule";

export const RULES: readonly Rule[] = [

];
