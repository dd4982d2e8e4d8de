// Writes server/src/rules/index.ts: the one list of all rules, from the files that hold one. A test checks that it is fresh.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../server/src/rules");
const camel = (id) => id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

export function rulesIndex() {
  const files = readdirSync(folder, { recursive: true })
    .map((file) => file.replaceAll("\\", "/"))
    .filter(
      (file) =>
        file.includes("/") &&
        file.endsWith(".ts") &&
        /export const \w+\s*(?::\s*Rule)?\s*=\s*rule\(/.test(readFileSync(join(folder, file), "utf8")),
    )
    .sort();
  const rules = files.flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/export const (\w+)\s*(?::\s*Rule)?\s*=\s*rule\(/g)].map((match) => ({
      name: match[1],
      file,
    })),
  );
  const imports = files.map((file) => {
    const names = rules.filter((rule) => rule.file === file).map((rule) => rule.name);
    return `import { ${names.sort().join(", ")} } from "./${file.replace(/\.ts$/, "")}";`;
  });
  const list = rules.map((rule) => `  ${rule.name},`).join("\n");
  const head = "// Written by scripts/rules-index.mjs (npm run generate) from the files of this folder.";
  return `${head}\n\nimport type { Rule } from "./rule";\n${imports.join("\n")}\n\nexport const RULES: readonly Rule[] = [\n${list}\n];\n`;
}

export { camel };

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(folder, "index.ts"), rulesIndex());
