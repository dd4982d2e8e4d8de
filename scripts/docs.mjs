// Writes docs/rules/*.md and the schema of the configuration file from the rules (a test checks that they are fresh), and docs/options/
// (a page to search, not committed).
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { configSchema } from "./config-schema.mjs";
import { root } from "./setup.mjs";

/** The engine as a module of this process: the pages say what the rules themselves find. */
async function engine() {
  const file = join(root, "test", ".tmp", `docs-${process.pid}.cjs`);
  const contents =
    'export * from "./server/src/ide/rule-page"; export * from "./server/src/ide/option-pages"; export { RULES } from "./server/src/rules/index";';
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
    outfile: file,
    logLevel: "warning",
  });
  try {
    return createRequire(import.meta.url)(file);
  } finally {
    rmSync(file);
  }
}

/** Replaces what is in a folder by these files. */
function replace(folder, pages) {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) if (!Object.hasOwn(pages, old)) rmSync(join(folder, old));
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
}

const { RULES, rulePage, rulesReadme, optionPages } = await engine();
replace(join(root, "docs", "rules"), {
  "README.md": rulesReadme(RULES),
  ...Object.fromEntries(RULES.map((rule) => [`${rule.id}.md`, rulePage(rule)])),
});
mkdirSync(join(root, "schemas"), { recursive: true });
writeFileSync(join(root, "schemas", "uwsgi-nginx.schema.json"), configSchema(RULES));
const pages = await optionPages();
replace(join(root, "docs", "options"), pages);
console.log(`docs/rules: ${RULES.length} rules; docs/options: ${Object.keys(pages).length} files`);
