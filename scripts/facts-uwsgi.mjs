// Makes server/data/uwsgi.json and server/data/registries.json from facts taken from the source code of uWSGI:
//   node scripts/facts-uwsgi.mjs OPTIONS.json REGISTRIES.json
// One entry per line, sorted, so that a change of facts is a readable difference.
import { readFileSync, writeFileSync } from "node:fs";

const [optionsFile, registriesFile] = process.argv.slice(2);
if (!optionsFile || !registriesFile) {
  console.error("usage: node scripts/facts-uwsgi.mjs OPTIONS.json REGISTRIES.json");
  process.exit(2);
}
const provenance = "Taken from the source code of uWSGI 2.0.21, 2.0.30 and 2.1-dev; `since` from all release tags.";
const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Leaves out what is empty, so that a line says only what there is to say. */
const lean = (entry) =>
  Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== undefined && value !== null && value !== "" && value?.length !== 0),
  );

function option(fact) {
  return lean({
    name: fact.name,
    short: fact.short,
    arg: fact.arg,
    type: fact.valueType,
    subtype: fact.subtype,
    callback: fact.callback,
    combine: fact.combine === "last wins" ? "last" : fact.combine ? "list" : undefined,
    immediate: fact.flags.includes("immediate") || undefined,
    implies: fact.flags.filter((flag) => flag !== "immediate"),
    plugin: fact.plugin,
    source: `${fact.sourceFile}:${fact.sourceLine}`,
    condition: fact.conditional,
    versions: fact.inVersions,
    since: fact.since.replace(" only", ""),
    // The chains of routes for responses, errors and logs are lists of their own.
    aliasOf: /^(?:error|final|response)-route/.test(fact.name) && /^(?:final-)?route/.test(fact.aliasOf ?? "") ? undefined : fact.aliasOf,
    valueNote: fact.valueNote,
    fatalWhen: fact.fatalWhen,
    unit: fact.unit,
    allowed: fact.allowed?.map((value) => value.replace(/ \(.*\)$/, "")),
    deprecated: fact.deprecatedOrNoop,
    differsIn: fact.differsIn,
  });
}

const entry = ({ file, line, name, ...fact }) => lean({ name, ...fact, source: `${file}:${line}` });

const lines = (entries, indent) => entries.map((one) => `${indent}${JSON.stringify(one)}`).join(",\n");

const options = JSON.parse(readFileSync(optionsFile, "utf8")).map(option).sort(byName);
if (options.length < 1000) throw new Error("that is not the list of all options");
writeFileSync("server/data/uwsgi.json", `{"provenance":${JSON.stringify(provenance)},"options":[\n${lines(options, "  ")}\n]}\n`);

const { keyval, ...registries } = JSON.parse(readFileSync(registriesFile, "utf8"));
const kinds = Object.keys(registries)
  .sort()
  .map((kind) => `  ${JSON.stringify(kind)}:[\n${lines(registries[kind].map(entry).sort(byName), "    ")}\n  ]`);
const lists = keyval
  .map((list) => entry({ ...list, name: list.function === "?" ? list.plugin : list.function, function: undefined }))
  .sort(byName);
writeFileSync(
  "server/data/registries.json",
  `{"provenance":${JSON.stringify(provenance)},"kinds":{\n${kinds.join(",\n")}\n},"keyval":[\n${lines(lists, "  ")}\n]}\n`,
);
console.log(`${options.length} options, ${kinds.length} registries, ${lists.length} lists of keys`);
