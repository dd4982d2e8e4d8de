/** `%…` in unit files and tmpfiles.d that stand for the same thing on every machine. The others are kept as they are written. */
import { collect, collected, collector, type Taken } from "./taken";

const ANYWHERE: Readonly<Record<string, string>> = {
  "%": "%",
  t: "/run",
  S: "/var/lib",
  C: "/var/cache",
  L: "/var/log",
  E: "/etc",
  T: "/tmp",
  V: "/var/tmp",
};

/** Specifiers of a unit of the system by its name. A template does not know its instance. */
export function specifiersOf(unit: string): Readonly<Record<string, string>> {
  const [, prefix = "", at = "", instance = ""] = /^([^@]*)(@?)(.*)\.[a-z]+$/.exec(unit) ?? [];
  if (at === "") return { ...ANYWHERE, n: unit, N: prefix, p: prefix };
  if (instance === "") return { ...ANYWHERE, p: prefix };
  return { ...ANYWHERE, n: unit, N: `${prefix}@${instance}`, p: prefix, i: instance };
}

export const anywhere = ANYWHERE;

export function expand(taken: Taken, known: Readonly<Record<string, string>>): Taken {
  if (!taken.text.includes("%")) return taken;
  const result = collector();
  for (let at = 0; at < taken.text.length; at++) {
    const letter = taken.text[at + 1] ?? "";
    const value = taken.text[at] === "%" && Object.hasOwn(known, letter) ? known[letter] : undefined;
    collect(result, taken, at, value);
    if (value === undefined) continue;
    at++;
    const end = taken.ends[at];
    if (end !== undefined && result.ends.length > 0) result.ends[result.ends.length - 1] = end;
  }
  return collected(result, taken.whole, taken.exact);
}
