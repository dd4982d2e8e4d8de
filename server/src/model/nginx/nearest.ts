/** The known name a mistyped one was most likely meant to be. */
import { allDirectives, isOwnModule } from "../../facts/nginx";
import type { Block } from "./reading";

const byContext = new Map<string, readonly string[]>();

/** A directive of this block first, else one of any block. */
export function nearestDirective(wrong: string, block: Block): string | undefined {
  const context = block.context ?? "any";
  const key = `${context} ${wrong}`;
  if (answers.has(key)) return answers.get(key);
  const answer = nearest(wrong, directivesOf(context)) ?? nearest(wrong, directivesOf("any"));
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(key, answer);
  return answer;
}

/** A mistake is read again after each key that is typed elsewhere. */
const answers = new Map<string, string | undefined>();
const MOST_ANSWERS = 1_000;

function directivesOf(context: string): readonly string[] {
  const known = byContext.get(context);
  if (known) return known;
  const names = new Set<string>();
  for (const fact of allDirectives())
    if (isOwnModule(fact) && (context === "any" || fact.contexts.some((it) => it === context))) names.add(fact.name);
  byContext.set(context, [...names]);
  return [...names];
}

/** At most a third of the letters may differ; a swap of two neighbours counts once. */
export function nearest(wrong: string, names: Iterable<string>): string | undefined {
  const limit = Math.min(3, Math.floor(wrong.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  const lower = wrong.toLowerCase();
  for (const candidate of names) {
    if (Math.abs(candidate.length - wrong.length) >= least) continue;
    const steps = distance(lower, candidate.toLowerCase(), least);
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** Insertions, deletions, changes and swaps between two words; stops counting at `limit`. */
export function distance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let steps = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      next.push(steps);
    }
    if (Math.min(...next) >= limit) return limit;
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
