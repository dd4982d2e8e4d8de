// Makes a failing case smaller as long as it still fails: fewer steps, then shorter texts.
import type { Case, Step } from "./cases";

/** So often a smaller case is tried, and for so many milliseconds. */
const TRIES = 300;
const TIME = 120_000;

export async function shrink(failing: Case, fails: (smaller: Case) => Promise<boolean>): Promise<Case> {
  let best = failing;
  let tries = TRIES;
  const end = Date.now() + TIME;
  const attempt = async (steps: readonly Step[]): Promise<boolean> => {
    if (tries-- <= 0 || Date.now() > end || !(await fails({ ...best, steps }))) return false;
    best = { ...best, steps };
    return true;
  };
  for (let index = best.steps.length - 1; index >= 0; index--) await attempt(best.steps.filter((_, at) => at !== index));
  for (const index of best.steps.keys()) await shorten(index);
  return best;

  /** Takes away pieces of a text: halves first, then ever smaller ones. */
  async function shorten(index: number): Promise<void> {
    for (let size = lengthAt(index); size >= 1 && tries > 0 && Date.now() < end; size = Math.floor(size / 2))
      for (let from = 0; from < lengthAt(index) && tries > 0 && Date.now() < end; ) {
        const step = best.steps[index];
        if (!step || !("text" in step)) return;
        const smaller = { ...step, text: step.text.slice(0, from) + step.text.slice(from + size) };
        if (!(await attempt(best.steps.with(index, smaller)))) from += size;
      }
  }

  function lengthAt(index: number): number {
    const step = best.steps[index];
    return step && "text" in step ? step.text.length : 0;
  }
}
