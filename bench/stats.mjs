/** Figures of many runs. */
const sorted = (list) => list.filter((one) => Number.isFinite(one)).sort((a, b) => a - b);
const quantile = (list, part) => {
  const all = sorted(list);
  return all[Math.min(all.length - 1, Math.floor(all.length * part))];
};
export const median = (list) => quantile(list, 0.5);
export const p95 = (list) => quantile(list, 0.95);

/** Milliseconds in as many digits as mean something. */
export const ms = (value) => (value === undefined ? "" : value < 10 ? value.toFixed(1) : value.toFixed(0));

/** Time that passed, as median and 95th percentile, and the processor time of the main thread within it. */
export function timesOf(runs) {
  const passed = runs.map((one) => one.ms);
  const busy = median(runs.map((one) => one.busy));
  return `${ms(median(passed))} / ${ms(p95(passed))}${busy === undefined ? "" : ` · ${ms(busy)}`}`;
}
