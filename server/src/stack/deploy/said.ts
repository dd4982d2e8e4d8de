/** Small things about what files say. */
import type { Said } from "../deploy";

/** The fields that are there: an absent one is "not said". */
export function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

const NUMBERS: Readonly<Record<string, string>> = {
  1: "HUP",
  2: "INT",
  3: "QUIT",
  6: "ABRT",
  9: "KILL",
  10: "USR1",
  12: "USR2",
  15: "TERM",
};

/** A signal's name without SIG, upper case. */
export function signalOf(said: Said<string> | undefined): Said<string> | undefined {
  if (!said) return undefined;
  const name = said.value.toUpperCase().replace(/^SIG/, "");
  return { ...said, value: NUMBERS[name] ?? name };
}
