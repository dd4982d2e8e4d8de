/** Variables: what nginx brings, what a configuration defines, and where values name them. */
import { isInRelease, type NginxVariable, nginxVariables } from "../../facts/nginx";
import { once } from "../../facts/once";
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { familyOf, hasModule, name, part, type Reading, refuse, type Statement } from "./reading";
import { readRegex } from "./regex";
import { readScript } from "./script";

type Known = { readonly byName: ReadonlyMap<string, NginxVariable>; readonly prefixes: readonly NginxVariable[] };
const known = (all: readonly NginxVariable[]): Known => ({
  byName: new Map(all.map((one) => [one.name, one])),
  prefixes: all.filter((one) => one.prefix),
});
const builtIn = {
  http: once(() => known(nginxVariables("http"))),
  stream: once(() => known(nginxVariables("stream"))),
  mail: once(() => known([])),
};

/** The variable of nginx itself that has this name, prefixes such as `http_` included. */
export function builtInVariable(family: "http" | "stream" | "mail", text: string, into: Reading): NginxVariable | undefined {
  const { byName, prefixes } = builtIn[family]();
  const found = byName.get(text) ?? prefixes.find((one) => text.startsWith(one.name));
  return found && isInRelease(found, into.options.release) && hasModule(found.module, into) ? found : undefined;
}

/** Reads a value that may hold variables. `from`: the value begins behind so many characters of the word. */
export function readValue(it: Statement, into: Reading, word: Word | undefined, from = 0): void {
  if (!word?.text.includes("$", from)) return;
  const script = readScript(word.text.slice(from));
  if (script.problem) refuse(into, it, t`"${word.text.slice(from)}": ${script.problem}`, word, "nginx-variable-syntax");
  for (const use of script.uses) name(into, it, "uses", "variable", use.name, part(word, from + use.at, from + use.end));
}

export const readValues = (it: Statement, into: Reading, words: readonly Word[]): void => {
  for (const word of words) readValue(it, into, word);
};

export const hasVariables = (text: string): boolean => text.includes("$");

/** A place where nginx takes a bare variable: the name is everything behind the dollar sign. */
export function useVariable(it: Statement, into: Reading, word: Word, from = 0, to = word.text.length): void {
  const text = word.text.slice(from, to);
  if (!text.startsWith("$") || text.length < 2) refuse(into, it, t`"${text}" is no variable`, word, "nginx-variable-syntax");
  else name(into, it, "uses", "variable", text.slice(1).toLowerCase(), part(word, from, to));
}

/** `$name` as the name of a new variable. */
export function defineVariable(it: Statement, into: Reading, word: Word | undefined): void {
  if (!word) return;
  if (!word.text.startsWith("$") || word.text.length < 2)
    refuse(into, it, t`"${word.text}" is no name of a variable: it begins with $`, word, "nginx-variable-syntax");
  else define(it, into, word.text.slice(1), word);
}

function define(it: Statement, into: Reading, text: string, word: Word): void {
  const lower = text.toLowerCase();
  const own = builtIn[familyOf(it.block)]().byName.get(lower);
  if (own && !own.prefix && !own.changeable && builtInVariable(familyOf(it.block), lower, into)) {
    refuse(into, it, t`nginx has the variable $${lower} itself: it cannot be defined anew`, word, "nginx-duplicate");
  }
  name(into, it, "defines", "variable", lower, word);
}

/** Compiles a regular expression; its named groups become variables where nginx says so. Returns the number of groups. */
export function readPattern(it: Statement, into: Reading, word: Word | undefined, from = 0, defines = true): number | undefined {
  if (!word) return undefined;
  const regex = readRegex(word.text.slice(from));
  if (regex.problem) refuse(into, it, t`"${word.text.slice(from)}" is no regular expression: ${regex.problem}`, word, "nginx-regex");
  else if (defines) for (const group of regex.names) define(it, into, group, word);
  return regex.problem ? undefined : regex.groups;
}
