/** The nearest known name to a misspelt one. */
import { t } from "../text/l10n";

/** Edit distance that counts a swap of neighbours as one; gives up above `limit`. */
export function editDistance(a: string, b: string, limit = 3): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let [before, row, next] = [new Uint32Array(b.length + 1), new Uint32Array(b.length + 1), new Uint32Array(b.length + 1)];
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1);
    let least = i;
    next[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (letter === other ? 0 : 1));
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other)
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next[j] = best;
      if (best < least) least = best;
    }
    // Nothing falls from here on: a swap costs one more than a cell two rows up, and so does a letter left out in between.
    if (least > limit) return limit + 1;
    [before, row, next] = [row, next, before];
  }
  return row[b.length] ?? limit + 1;
}

/** Names that may be meant, best first: other letter case or `_` for `-` counts as almost equal. A list of names stays as it is. */
export function nearNames(word: string, names: Iterable<string>, most = 3): readonly string[] {
  const plain = fold(word);
  if (plain.length < 2) return [];
  const limit = plain.length <= 4 ? 1 : plain.length <= 11 ? 2 : 3;
  const letters = lettersOf(plain);
  const scored: { name: string; score: number }[] = [];
  for (const { name, folded, letters: others } of foldedNames(names)) {
    if (folded === plain) scored.push({ name, score: 0 });
    else if (`${plain}s` === folded || plain === `${folded}s`) scored.push({ name, score: 0.5 });
    else if (Math.abs(folded.length - plain.length) <= limit && bits(letters ^ others) <= 2 * limit) {
      const score = editDistance(plain, folded, limit);
      if (score <= limit) scored.push({ name, score: score + (plain[0] === folded[0] ? 0 : 0.5) });
    }
  }
  return scored
    .sort((a, b) => a.score - b.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map((one) => one.name);
}

const fold = (name: string): string => name.toLowerCase().replace(/_/g, "-").replace(/^-+/, "");

/** `letters`: which letters a name has, a bit each. One edit changes two of them at most, so most names need no second look. */
type Folded = { readonly name: string; readonly folded: string; readonly letters: number };

const lists = new WeakMap<object, readonly Folded[]>();

function foldedNames(names: Iterable<string>): readonly Folded[] {
  const known = lists.get(names);
  if (known) return known;
  const list = Array.from(names, (name) => {
    const folded = fold(name);
    return { name, folded, letters: lettersOf(folded) };
  });
  if (Array.isArray(names)) lists.set(names, list);
  return list;
}

function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

function bits(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** What stands behind a message about a name that is not known; empty when nothing is near. */
export function didYouMean(word: string, names: readonly string[]): string {
  const longer = word === "" ? [] : names.filter((name) => name.startsWith(word));
  const near = longer.length > 0 ? longer : nearNames(word, names);
  return near.length > 0 ? `. ${t`Did you mean ${near.join(t` or `)}?`}` : "";
}
