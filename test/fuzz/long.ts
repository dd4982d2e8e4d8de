// `npm run fuzz`: the fuzzers for minutes or hours. Arguments: --documents N, --seed N, --server FILE.
// What fails is made smaller and kept in test/fixtures/fuzz/, where every later test run plays it again.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fuzzProtocol } from "./protocol";
import { store } from "./stored";

const root = process.cwd();
const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    server: { type: "string", default: join(root, "dist/server.js") },
  },
});
const tell = (line: string): void => console.log(line);

tell(`seed ${values.seed}`);
const report = await fuzzProtocol({
  root,
  server: values.server,
  documents: Number(values.documents),
  seed: Number(values.seed),
  keep: (found) => store(root, found),
  tell,
});
for (const [method, { ms, cpu }] of [...report.worst].sort((a, b) => b[1].cpu - a[1].cpu))
  tell(`${method.padEnd(36)} worst ${ms.toFixed(0).padStart(5)} ms by the clock, ${cpu.toFixed(0).padStart(5)} ms of the processor`);
for (const { number, method, took } of report.slow)
  tell(`slow each time: case ${number} ${method} ${took.cpu.toFixed(0)} ms of the processor`);
tell(`heap after each batch: ${report.heaps.map((bytes) => (bytes / 1e6).toFixed(0)).join(" ")} MB`);
tell(
  `${report.documents} documents in ${report.cases} cases, ${report.answers} answers, ${report.late} above 100 ms by the clock, ${report.slow.length} slow each time, ${report.failures.length} failures`,
);
process.exit(report.failures.length > 0 ? 1 : 0);
