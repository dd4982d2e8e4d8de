// `npm run new-rule GROUP/ID`: writes a rule with one example that fails until its check is written, and lists it.
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { camel, rulesIndex } from "./rules-index.mjs";

const [path = ""] = process.argv.slice(2);
const [, group, id] = /^(uwsgi|nginx|stack)\/([a-z][a-z0-9-]*)$/.exec(path) ?? [];
if (!group || !id) throw new Error("usage: npm run new-rule uwsgi|nginx|stack/RULE-ID");
const rules = join(dirname(fileURLToPath(import.meta.url)), "../server/src/rules");
const file = join(rules, group, `${id}.ts`);
if (existsSync(file)) throw new Error(`${file} is there already`);
const language = group === "nginx" ? "nginx" : "uwsgi";
writeFileSync(
  file,
  `import { rule } from "../rule";

export const ${camel(id)} = rule({
  id: "${id}",
  title: "What is wrong, in one line",
  why: "What it costs, and how it was seen on the real program.",
  severity: "warning",
  languages: ["${language}"],
  examples: [{ files: { "app.ini": "[uwsgi]\\nsocket = :3031\\n" }, finds: ["app.ini:2"] }],
  *check(_document, _context) {},
});
`,
);
writeFileSync(join(rules, "index.ts"), rulesIndex());
console.log(`${file}: write the example, then the check; npm test; npm run generate`);
