// THIRD_PARTY_NOTICES.md: what of others is in the bundles, under which licence, in the licence's own words. `--check` compares only.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundledPackages } from "./bundled.mjs";
import { root } from "./setup.mjs";

/** Licences that let us bundle and ship under MIT, with a notice and nothing else. Another one needs a decision, not an entry. */
const PERMITTED = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT"];
const file = join(root, "THIRD_PARTY_NOTICES.md");

function page(packages) {
  const rows = packages.map(({ name, version, license, author }) => `| ${name} | ${version} | ${license} | ${author ?? ""} |`);
  const byText = Map.groupBy(
    packages.filter(({ text }) => text),
    ({ text }) => text,
  );
  const texts = Array.from(byText, ([text, those]) => {
    const names = [...new Set(those.map(({ name }) => name))].join(", ");
    return `### ${names}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  });
  return `# Third-party notices

What the extension, the command line and the npm package bundle; made by \`npm run generate\` from what the bundler says.

| package | version | licence | author |
|---|---|---|---|
${rows.join("\n")}

@nginx/reference-lib: descriptions of nginx's directives and variables, by F5, Inc., under the [Apache License 2.0](https://www.apache.org/licenses/LICENSE-2.0). Packages without a text below carry none.

Facts about uWSGI's options come from its source code (GPL 2 with linking exception); texts about them are the project's own.

## Licence texts

${texts.join("\n")}`;
}

const packages = await bundledPackages();
const refused = packages.filter(({ license }) => !PERMITTED.includes(license));
if (refused.length > 0)
  throw new Error(`These may not be bundled: ${refused.map(({ name, license }) => `${name} (${license ?? "no licence"})`).join(", ")}`);
const wanted = page(packages);
const isCheck = process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes("--check");
if (!isCheck) writeFileSync(file, wanted);
else if (readFileSync(file, "utf8") !== wanted) {
  console.error("THIRD_PARTY_NOTICES.md is not what the bundles hold: npm run generate");
  process.exitCode = 1;
}
