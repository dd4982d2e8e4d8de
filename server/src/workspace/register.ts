/** Multimaps over a large workspace that are brought up to date instead of built again. */

/** The values under one key. `values` is another array whenever they are others: whoever kept both can tell. */
export type Cell<V> = { readonly values: readonly V[] };

type Filling<V> = { values: V[]; slots: number[] };

/** One for all, so that who kept it can tell. */
const NOTHING: readonly never[] = [];

/** With more sources changed than this, starting again is quicker. */
const FEW = 64;

/**
 * What sources contribute, by key, in the order of the sources. `contributions` must depend on its source alone. While the number of
 * sources stays, only those that changed are looked at.
 */
export class Register<S extends object, K, V> {
  #sources: readonly S[] = [];
  #cells = new Map<K, Filling<V>>();

  constructor(readonly contributions: (source: S) => Iterable<readonly [K, V]>) {}

  update(sources: readonly S[]): this {
    const before = this.#sources;
    if (sources === before) return this;
    const changed: number[] = [];
    if (sources.length === before.length)
      for (let slot = 0; slot < sources.length; slot++) if (sources[slot] !== before[slot]) changed.push(slot);
    this.#sources = sources;
    if (sources.length !== before.length || changed.length > FEW) this.#startAgain();
    else for (const slot of changed) this.#replace(slot, before[slot], sources[slot]);
    return this;
  }

  get(key: K): readonly V[] {
    return this.#cells.get(key)?.values ?? NOTHING;
  }

  /** The values of a key, now and later. */
  at(key: K): Cell<V> {
    return this.#cells.get(key) ?? this.#cell(key);
  }

  #cell(key: K): Filling<V> {
    const cell: Filling<V> = { values: [], slots: [] };
    this.#cells.set(key, cell);
    return cell;
  }

  #startAgain(): void {
    for (const cell of this.#cells.values()) cell.values = []; // whoever kept one asks again
    this.#cells = new Map();
    for (const [slot, source] of this.#sources.entries())
      for (const [key, value] of this.contributions(source)) {
        const cell = this.#cells.get(key);
        if (cell) {
          cell.values.push(value);
          cell.slots.push(slot);
        } else this.#cells.set(key, { values: [value], slots: [slot] });
      }
  }

  #replace(slot: number, before: S | undefined, now: S | undefined): void {
    const after = new Map<K, V[]>();
    if (before) for (const [key] of this.contributions(before)) after.set(key, []);
    if (now)
      for (const [key, value] of this.contributions(now)) {
        const list = after.get(key);
        if (list) list.push(value);
        else after.set(key, [value]);
      }
    for (const [key, values] of after) {
      const cell = this.#cells.get(key) ?? this.#cell(key);
      const from = lowest(cell.slots, slot);
      const to = lowest(cell.slots, slot + 1);
      cell.values = [...cell.values.slice(0, from), ...values, ...cell.values.slice(to)];
      cell.slots = [...cell.slots.slice(0, from), ...values.map(() => slot), ...cell.slots.slice(to)];
    }
  }
}

/** The first place in a sorted list that holds `least` or more. */
function lowest(sorted: readonly number[], least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Keeps the last answer for as long as it is asked with the very same things. */
export function kept<A extends readonly unknown[], T>(compute: (...from: A) => T): (...from: A) => T {
  let last: { readonly from: A; readonly value: T } | undefined;
  return (...from) => {
    if (!last || !sameItems(last.from, from)) last = { from, value: compute(...from) };
    return last.value;
  };
}

export const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);
