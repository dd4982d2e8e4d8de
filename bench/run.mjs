// `npm run bench [-- PART…] [--lines 200,2000] [--sizes 10,1000] [--runs 5] [--rounds 20] [--only NAME]`: measures, keeps the raw figures in
// bench/results/, and writes docs/benchmarks.md from them. Parts: servers, command, editor, package, report; all of them when none is named.
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { packageExtension } from "../scripts/package.mjs";
import { root } from "../scripts/setup.mjs";
import { checkNginx, checkWorkspaces } from "./command.mjs";
import { compare } from "./compare.mjs";
import { editing } from "./editor.mjs";
import { writeReport } from "./report.mjs";
import { takeBuilt } from "./servers.mjs";

const results = join(root, "bench", "results");
const numbers = (given, otherwise) => (given ? given.split(",").map(Number) : otherwise);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: "string" },
    sizes: { type: "string" },
    runs: { type: "string" },
    rounds: { type: "string" },
    only: { type: "string" },
  },
});
const runs = Number(values.runs ?? 5);
const rounds = Number(values.rounds ?? 20);

/** Name of a part → what it measures. What comes back is kept as it is. */
const parts = {
  servers: () => compare({ lines: numbers(values.lines, [200, 2_000, 20_000]), runs, rounds, only: values.only }),
  command: () => ({
    runs,
    workspaces: checkWorkspaces({ sizes: numbers(values.sizes, [10, 1_000, 2_500, 5_000, 7_500, 10_000]), runs }),
    nginx: checkNginx({ lines: numbers(values.lines, [200, 2_000, 20_000, 200_000]), runs }),
  }),
  editor: async () => ({ rows: await editing({ sizes: numbers(values.sizes, [10, 1_000, 10_000]), runs, rounds: rounds * 2 }) }),
  package: () => ({ bytes: statSync(packageExtension(join(root, "bench", "tmp", "bench.vsix"))).size }),
};

const [cpu] = cpus();
const machine = { processor: cpu?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version };
mkdirSync(results, { recursive: true });
takeBuilt();
const wanted = positionals.length > 0 ? positionals : Object.keys(parts);
for (const name of wanted.filter((one) => one !== "report")) {
  if (!Object.hasOwn(parts, name)) throw new Error(`Parts: ${Object.keys(parts).join(", ")}, report`);
  console.log(`== ${name}`);
  const loadBefore = loadavg();
  const measured = await parts[name]();
  const about = { date: new Date().toISOString(), machine: { ...machine, loadBefore, loadAfter: loadavg() } };
  writeFileSync(join(results, `${name}.json`), compact({ ...about, ...measured }));
}
writeReport();

/** One row on one line, so that a new measurement is a readable change. */
function compact(value) {
  const round = (_, one) => (typeof one === "number" ? Math.round(one * 100) / 100 : one);
  const fields = Object.entries(value).map(([key, one]) => {
    const isList = Array.isArray(one) && typeof one[0] === "object";
    const body = isList ? `[\n${one.map((row) => `  ${JSON.stringify(row, round)}`).join(",\n")}\n ]` : JSON.stringify(one, round);
    return ` ${JSON.stringify(key)}: ${body}`;
  });
  return `{\n${fields.join(",\n")}\n}\n`;
}
