// Gives the parsers so many inputs, and looks whether the time they take grows with the length and no faster.
import { dice } from "./dice";
import { inputOf, pumpOf } from "./inputs";
import { PARSERS } from "./parsers";
import type { Seed } from "./seeds";

export type Broken = { readonly parser: string; readonly text: string; readonly says: string };

const NAMES = Object.keys(PARSERS);

/** undefined when the parser takes the text as it should. */
export function breaks(parser: string, text: string): string | undefined {
  try {
    PARSERS[parser]?.(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The failures; each parser tells of its first ten. */
export function fuzzParsers(seed: number, inputs: number, seeds: readonly Seed[]): readonly Broken[] {
  const broken: Broken[] = [];
  for (let number = 0; number < inputs; number++) {
    const parser = NAMES[number % NAMES.length] ?? "";
    const text = inputOf(dice(seed, number), seeds);
    const says = breaks(parser, text);
    if (says !== undefined && broken.filter((one) => one.parser === parser).length < 10)
      broken.push({ parser, text: smaller(parser, text), says });
  }
  return broken;
}

function smaller(parser: string, text: string): string {
  let best = text;
  for (let size = best.length >> 1; size >= 1; size >>= 1)
    for (let from = 0; from < best.length; ) {
      const candidate = best.slice(0, from) + best.slice(from + size);
      if (breaks(parser, candidate) === undefined) from += size;
      else best = candidate;
    }
  return best;
}

const SHORT = 5_000;
const LONG = 4 * SHORT;
/** Four times the length in so many times the time; quadratic would be 16. */
const TOO_MUCH = 10;
/** What takes less than this, whatever its length, says nothing about growth. Milliseconds. */
const MEASURABLE = 20;

/** Pumps texts up and tells of those that cost too much more when they are four times as long. */
export function fuzzGrowth(seed: number, pumps: number, seeds: readonly Seed[]): readonly Broken[] {
  const broken: Broken[] = [];
  for (let number = 0; number < pumps; number++) {
    const parser = NAMES[number % NAMES.length] ?? "";
    const [head, middle, tail] = pumpOf(dice(seed, number), seeds);
    const cost = (length: number): number => costOf(parser, head + middle.repeat(Math.ceil(length / middle.length)) + tail);
    if (cost(LONG) < MEASURABLE) continue;
    const least = (length: number): number => Math.min(cost(length), cost(length), cost(length));
    const long = least(LONG);
    const growth = long / Math.max(1, least(SHORT));
    if (long > MEASURABLE && growth > TOO_MUCH)
      broken.push({ parser, text: JSON.stringify([head, middle, tail]), says: `grows ${growth.toFixed(0)} times` });
  }
  return broken;
}

/** Milliseconds of the processor: others use the machine too. */
function costOf(parser: string, text: string): number {
  const from = process.cpuUsage();
  breaks(parser, text);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
