/** Figures of many runs. */
const sorted = (list) => list.filter((one) => Number.isFinite(one)).sort((a, b) => a - b);
export const quantile = (list, part) => {
  const all = sorted(list);
  return all[Math.min(all.length - 1, Math.floor(all.length * part))];
};
export const median = (list) => quantile(list, 0.5);
export const p95 = (list) => quantile(list, 0.95);
