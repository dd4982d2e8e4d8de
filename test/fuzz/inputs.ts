// Inputs for the parsers: soups of what languages are made of, grown documents, broken pieces of real ones.
import type { Dice } from "./dice";
import { grown } from "./grammar";
import { mutate, TOKENS } from "./mutate";
import type { Seed } from "./seeds";

const WORDS = [
  "a",
  "b1",
  "socket",
  "=",
  " ",
  "  ",
  "\n",
  "\n",
  ": ",
  "- ",
  "# ",
  "</a>",
  "<a b='c'>",
  '"x"',
  "\\\n",
  "1",
  "true",
  "uwsgi",
  "key",
];

export function inputOf(dice: Dice, seeds: readonly Seed[]): string {
  const kind = dice.next();
  if (kind < 0.45) return dice.many(dice.below(40), () => dice.pick(dice.chance(0.5) ? TOKENS : WORDS)).join("");
  const text = kind < 0.65 ? grown(dice)[1] : dice.pick(dice.pick(seeds))[1];
  const from = dice.below(Math.max(1, text.length - 200));
  const piece = text.slice(from, from + 40 + dice.below(400));
  return dice.chance(0.7) ? mutate(piece, dice, () => text).slice(0, 2_000) : piece;
}

/** Three short pieces: the middle one is what grows. */
export function pumpOf(dice: Dice, seeds: readonly Seed[]): readonly [string, string, string] {
  const piece = (longest: number): string => {
    const text = inputOf(dice, seeds);
    const from = dice.below(text.length + 1);
    return text.slice(from, from + 1 + dice.below(longest));
  };
  return [piece(20), piece(12) || "a", piece(20)];
}
