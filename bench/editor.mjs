// Our server as an editor uses it in workspaces of growing size: a vassal and a site are open and edited in turn.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../scripts/setup.mjs";
import { sleep, start } from "./client.mjs";
import { SERVERS } from "./servers.mjs";
import { write } from "./workspace.mjs";

const [SERVER] = SERVERS;

/** What is typed where: a name that others refer to, so that the joins have to be looked at again. */
const FILES = [
  { path: "etc/uwsgi/vassals/app5.ini", language: "uwsgi", typed: [6, 22], probe: [8, 3] },
  { path: "etc/nginx/conf.d/app5.conf", language: "nginx", typed: [5, 39], probe: [4, 11] },
];

export async function editing({ sizes, runs, rounds }) {
  const rows = [];
  for (const vassals of sizes) {
    const folder = join(root, "bench", "tmp", `emperor-${vassals}`);
    const files = write(folder, "emperor", vassals);
    for (let run = 0; run < runs; run++) {
      const row = { vassals, files, run, ...(await measure(folder, rounds)) };
      rows.push(row);
      const worst = (list) => Math.max(...list.map((one) => one.ms)).toFixed(0);
      const figures = `start ${row.start[0].ms.toFixed(0)}, worst edit ${worst(row.edit)}, worst completion ${worst(row.completion)} ms`;
      console.log(`${vassals} vassals: ${figures}, peak ${row.peakMb?.toFixed(0)} MB`);
    }
  }
  return rows;
}

const place = ([line, character]) => ({ line, character });

/** Diagnostics without the pause, and in a second session completion right after a key with the pause as users have it. */
async function measure(folder, rounds) {
  const texts = FILES.map((file) => ({
    ...file,
    uri: pathToFileURL(join(folder, file.path)).href,
    text: readFileSync(join(folder, file.path), "utf8"),
  }));
  const diagnosing = await session(folder, texts, true, async (client) => {
    const edit = [];
    for (let round = 0; round < rounds; round++)
      for (const { path, uri, typed } of texts) edit.push({ path, ...(await client.edit(uri, place(typed), String(round % 10))) });
    return { edit };
  });
  const completing = await session(folder, texts, false, async (client) => {
    const completion = [];
    for (let round = 0; round < rounds; round++)
      for (const { path, uri, typed, probe } of texts) {
        void client.type(uri, place(typed), String(round % 10));
        const { value, ...time } = await client.ask("textDocument/completion", { textDocument: { uri }, position: place(probe) });
        completion.push({ path, ...time, count: (value?.items ?? value ?? []).length });
      }
    return { completion };
  });
  return { ...completing, ...diagnosing, peakMb: Math.max(diagnosing.peakMb, completing.peakMb) };
}

/** A new server with the texts open and at rest. */
async function session(folder, texts, withoutPause, run) {
  const client = await start(SERVER, { folder: pathToFileURL(folder).href, withoutPause });
  try {
    const first = [];
    for (const { uri, language, text } of texts) first.push(await client.open(uri, language, text, first.length === 0));
    await sleep(1_000);
    const atRest = client.usage();
    const measured = await run(client);
    const { peakMb, cpuMs } = client.usage();
    return { start: [first[0]], startPeakMb: atRest.peakMb, ...measured, cpuMs, peakMb };
  } finally {
    await client.stop();
  }
}
