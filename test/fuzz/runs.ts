// How long the fuzzers run: a little with every test run, for hours at night. `FUZZ=50` is fifty times as much, `FUZZ_SEED=7` the same again.
const TIMES = Math.max(1, Number(process.env.FUZZ ?? 1) || 1);
const SEED = process.env.FUZZ_SEED;

export const times = (runs: number): number => Math.round(runs * TIMES);

/** Parameters of fast-check. Without a seed the runs of every day are the same; the long ones begin elsewhere each time. */
export const RUNS = (runs: number): { numRuns: number; seed: number } => ({
  numRuns: times(runs),
  seed: SEED === undefined ? (TIMES > 1 ? Date.now() & 0x7fffffff : 1) : Number(SEED),
});
