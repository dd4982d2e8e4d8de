/** The nearest known name to a misspelt one. */

/** Edit distance that counts a swap of neighbours as one; gives up above `limit`. */
export function editDistance(a: string, b: string, limit = 3): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next[j] = best;
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? limit + 1;
}

/** Names that may be meant, best first: other letter case or `_` for `-` counts as almost equal. */
export function nearNames(word: string, names: Iterable<string>, most = 3): readonly string[] {
  const plain = fold(word);
  if (plain.length < 2) return [];
  const limit = plain.length <= 4 ? 1 : plain.length <= 9 ? 2 : 3;
  const scored: { name: string; score: number }[] = [];
  for (const name of names) {
    const other = fold(name);
    if (other === plain) scored.push({ name, score: 0 });
    else if (`${plain}s` === other || plain === `${other}s`) scored.push({ name, score: 0.5 });
    else {
      const score = editDistance(plain, other, limit);
      if (score <= limit) scored.push({ name, score: score + (plain[0] === other[0] ? 0 : 0.5) });
    }
  }
  return scored
    .sort((a, b) => a.score - b.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map((one) => one.name);
}

const fold = (name: string): string => name.toLowerCase().replace(/_/g, "-").replace(/^-+/, "");
