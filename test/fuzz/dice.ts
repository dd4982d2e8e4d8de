// Chance that can be repeated: the same numbers for the same seed.
import { type Random, random } from "../oracle/nginx/mutate";

export type Dice = {
  readonly next: Random;
  /** A whole number below `end`. */
  below(end: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** As many values as `count` says. */
  many<T>(count: number, make: (index: number) => T): T[];
};

export function dice(...seed: readonly number[]): Dice {
  const next = random(seed.reduce((all, one) => Math.imul(all ^ one, 0x9e3779b1) + 0x7f4a7c15, 1));
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)]!,
    many: (count, make) => Array.from({ length: count }, (_, index) => make(index)),
  };
}
