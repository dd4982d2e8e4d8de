// Plays case after case against the server that ships, over a real pipe, until so many documents were open.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Case, caseOf, documentsIn } from "./cases";
import { play } from "./play";
import { seedsOf } from "./seeds";
import { shrink } from "./shrink";
import type { Stored } from "./stored";
import { SOON, type Took, type Watched, watch } from "./watched";

/** A server serves so many cases before its memory is looked at. */
const BATCH = 250;

export type Report = {
  documents: number;
  cases: number;
  answers: number;
  /** Answers above 100 ms by the clock, whatever else the machine did. */
  late: number;
  readonly failures: string[];
  /** The worst answer to each question. */
  readonly worst: Map<string, Took>;
  /** What took the processor more than 100 ms, and did so each time it was asked again. */
  readonly slow: { readonly number: number; readonly method: string; readonly took: Took }[];
  /** Bytes in use with everything closed, after every batch. */
  readonly heaps: number[];
};

type Options = {
  readonly root: string;
  readonly server: string;
  readonly documents: number;
  readonly seed: number;
  readonly keep: (found: Stored) => void;
  readonly tell?: (line: string) => void;
};

export async function fuzzProtocol({ root, server: script, documents, seed, keep, tell = () => {} }: Options): Promise<Report> {
  const seeds = seedsOf(root);
  const report: Report = { documents: 0, cases: 0, answers: 0, late: 0, failures: [], worst: new Map(), slow: [], heaps: [] };
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fuzz-")));
  const start = (): Promise<Watched> => watch(script, pathToFileURL(folder).href);
  let server = await start();

  const fails = async (one: Case): Promise<boolean> => {
    const fresh = await start();
    const failed = await play(fresh, one, folder);
    await fresh.stop();
    return failed !== undefined;
  };
  const leave = async (): Promise<void> => {
    report.answers += server.answers;
    report.late += server.late;
    await server.stop();
  };
  async function look(one: Case, number: number): Promise<void> {
    const slow: string[] = [];
    for (const [method, took] of server.takeWorst()) {
      worsen(report.worst, method, took);
      if (took.cpu > SOON) slow.push(method);
    }
    if (slow.length === 0) return;
    // A collection of garbage, or the compiler, may have come between: what is slow is slow again.
    const again: (readonly [string, Took])[] = [];
    for (let time = 0; time < 2; time++) {
      await play(server, one, folder);
      again.push(...server.takeWorst());
    }
    for (const method of slow) {
      const tooks = again.filter(([name]) => name === method).map(([, took]) => took);
      const least = tooks.reduce((a, b) => (b.cpu < a.cpu ? b : a));
      if (least.cpu > SOON) report.slow.push({ number, method, took: least });
    }
  }

  for (let number = 0; report.documents < documents; number++) {
    const one = caseOf(seed, number, seeds);
    const failed = await play(server, one, folder);
    report.documents += documentsIn(one);
    report.cases++;
    if (failed === undefined) await look(one, number);
    else {
      report.failures.push(`case ${number}: ${failed}`);
      tell(`case ${number}: ${failed}`);
      await leave();
      keep({ ...(await shrink(one, fails)), says: failed.slice(0, 300) });
      server = await start();
    }
    if (report.cases % BATCH !== 0) continue;
    report.heaps.push(await server.heap());
    const heap = ((report.heaps.at(-1) ?? 0) / 1e6).toFixed(1);
    tell(`${report.cases} cases, ${report.documents} documents, heap ${heap} MB, ${report.failures.length} failures`);
  }
  report.heaps.push(await server.heap());
  await leave();
  rmSync(folder, { recursive: true, force: true });
  return report;
}

export function worsen(worst: Map<string, Took>, method: string, took: Took): void {
  const before = worst.get(method);
  worst.set(method, { ms: Math.max(took.ms, before?.ms ?? 0), cpu: Math.max(took.cpu, before?.cpu ?? 0) });
}
