// Loaded into a measured server before its own code: the timer that waits for the next key runs out at once.
const pause = Number(process.env.BENCH_PAUSE);
const wait = globalThis.setTimeout;
globalThis.setTimeout = (run, milliseconds, ...rest) => wait(run, milliseconds === pause ? 0 : milliseconds, ...rest);
