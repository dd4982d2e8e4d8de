// Servers side by side on files of growing size: how long each takes, and how much it answers.
import { sleep, start } from "./client.mjs";
import { install, SERVERS } from "./servers.mjs";
import { text } from "./texts.mjs";

const QUIET = 300;
const BUDGET = 3_000; // milliseconds for one kind of question in one run, so that a slow server does not take all day
const FEWEST = 4;

/** Runs are interleaved: what else the machine does meets all servers alike. */
export async function compare({ lines, runs, rounds, only = "" }) {
  const versions = install();
  const servers = SERVERS.filter(({ name }) => name.includes(only));
  const rows = [];
  for (let run = 0; run < runs; run++) {
    for (const size of lines) {
      for (const server of servers) {
        const row = { server: server.name, ours: server.ours === true, lines: size, run, ...(await measure(server, size, rounds)) };
        rows.push(row);
        console.log(`${run} ${String(size).padStart(6)} ${server.name.padEnd(34)} ${brief(row)}`);
      }
    }
  }
  return { versions, lines, runs, rounds, rows };
}

const last = (list) => list?.at(-1)?.ms.toFixed(0) ?? "-";
const brief = (row) =>
  row.problem ?? ["start", "open", "edit", "completion", "hover", "symbols"].map((key) => `${key} ${last(row[key])}`).join(", ");

async function measure(server, lines, rounds) {
  try {
    const findings = await diagnosing(server, text(server.language, lines), rounds);
    const answers = await answering(server, text(server.language, lines), rounds);
    const peakMb = Math.max(findings.peakMb, answers.peakMb);
    return { ...findings, ...answers, peakMb, cpuMs: findings.cpuMs + answers.cpuMs };
  } catch (problem) {
    return { problem: problem.message };
  }
}

/** From start, from opening a second file, from a key to findings. Nobody waits for the next key. */
async function diagnosing(server, { uri, text, typed }, rounds) {
  const client = await start(server, { withoutPause: true });
  try {
    const first = await client.open(uri, server.language, text, true);
    await sleep(QUIET);
    const second = uri.replace("/bench/", "/bench/second/");
    const open = await client.open(second, server.language, text);
    await client.close(second);
    await sleep(QUIET);
    const edit = await repeat(rounds, (round) => client.edit(uri, typed, String(round % 10)));
    return { start: [first], open: [open], edit, ...client.usage() };
  } finally {
    await client.stop();
  }
}

/** Questions as an editor puts them: completion right after a key, the others when the text is at rest. Pauses are as users have them. */
async function answering(server, { uri, text, typed, probe }, rounds) {
  const client = await start(server);
  try {
    const about = { textDocument: { uri } };
    await client.open(uri, server.language, text);
    await sleep(QUIET);
    const ask = async (method, params, count) => {
      const { value, ...time } = await client.ask(method, params);
      return { ...time, count: count(value) };
    };
    const completion = await repeat(rounds, (round) => {
      void client.type(uri, typed, String(round % 10));
      return ask("textDocument/completion", { ...about, position: probe }, (value) => (value?.items ?? value ?? []).length);
    });
    await sleep(QUIET + (server.pause ?? 0));
    const hover = await repeat(rounds, () => ask("textDocument/hover", { ...about, position: probe }, (value) => (value ? 1 : 0)));
    const symbols = await repeat(rounds, () => ask("textDocument/documentSymbol", about, countAll));
    return { completion, hover, symbols, ...client.usage() };
  } finally {
    await client.stop();
  }
}

async function repeat(rounds, once) {
  const from = performance.now();
  const results = [];
  for (let round = 0; round < rounds; round++) {
    results.push(await once(round));
    if (round + 1 >= FEWEST && performance.now() - from > BUDGET) break;
  }
  return results;
}

function countAll(symbols) {
  let count = 0;
  const open = [...(symbols ?? [])];
  for (let symbol = open.pop(); symbol; symbol = open.pop()) {
    count++;
    for (const child of symbol.children ?? []) open.push(child);
  }
  return count;
}
