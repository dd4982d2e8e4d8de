// `npm run fuzz`: the fuzzers for minutes or hours. Arguments: --documents N, --inputs N, --pumps N, --seed N, --server FILE.
// What fails is made smaller and kept in test/fixtures/fuzz/, where every later test run plays it again.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fuzzGrowth, fuzzParsers } from "./parsing";
import { fuzzProtocol } from "./protocol";
import { seedsOf } from "./seeds";
import { store } from "./stored";

const root = process.cwd();
const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "10000" },
    inputs: { type: "string", default: "1000000" },
    pumps: { type: "string", default: "2000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    server: { type: "string", default: join(root, "dist/server.js") },
  },
});
const seed = Number(values.seed);
const tell = (line: string): void => console.log(line);
let failures = 0;

tell(`seed ${seed}`);
if (Number(values.inputs) > 0) parsers();
if (Number(values.documents) > 0) await protocol();
process.exit(failures > 0 ? 1 : 0);

function parsers(): void {
  const seeds = seedsOf(root);
  const from = Date.now();
  const broken = [...fuzzParsers(seed, Number(values.inputs), seeds), ...fuzzGrowth(seed, Number(values.pumps), seeds)];
  for (const { parser, text, says } of broken) tell(`${parser}: ${says}: ${JSON.stringify(text)}`);
  tell(
    `${values.inputs} inputs and ${values.pumps} growing texts for the parsers in ${Math.round((Date.now() - from) / 1000)} s, ${broken.length} failures`,
  );
  failures += broken.length;
}

async function protocol(): Promise<void> {
  const { documents, server } = values;
  const report = await fuzzProtocol({ root, server, documents: Number(documents), seed, keep: (found) => store(root, found), tell });
  for (const [method, { ms, cpu }] of [...report.worst].sort((a, b) => b[1].cpu - a[1].cpu))
    tell(`${method.padEnd(36)} worst ${ms.toFixed(0).padStart(5)} ms by the clock, ${cpu.toFixed(0).padStart(5)} ms of the processor`);
  for (const { number, method, took } of report.slow)
    tell(`slow each time: case ${number} ${method} ${took.cpu.toFixed(0)} ms of the processor`);
  tell(`heap after each batch: ${report.heaps.map((bytes) => (bytes / 1e6).toFixed(0)).join(" ")} MB`);
  tell(
    `${report.documents} documents in ${report.cases} cases, ${report.answers} answers, ${report.late} above 100 ms by the clock, ${report.slow.length} slow each time, ${report.failures.length} failures`,
  );
  failures += report.failures.length;
}
