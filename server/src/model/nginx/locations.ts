/** Locations: their kinds, how they may be nested, and which two are the same to nginx. */
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { isTemplated, name, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import type { Setters } from "./setting";
import { readPattern } from "./variables";

export type Location = {
  readonly kind: "prefix" | "exact" | "regex" | "named";
  readonly modifier: "" | "=" | "^~" | "~" | "~*";
  readonly path: string;
  readonly word: Word;
};

/** The location a statement is, or undefined where its modifier is none. */
export function locationOf({ directive }: Statement): Location | undefined {
  const [first, second] = directive.args;
  if (!first) return undefined;
  if (second) {
    const { text: path } = second;
    const kinds = { "=": "exact", "^~": "prefix", "~": "regex", "~*": "regex" } as const;
    if (first.text === "=" || first.text === "^~" || first.text === "~" || first.text === "~*")
      return { kind: kinds[first.text], modifier: first.text, path, word: second };
    return undefined;
  }
  const { text } = first;
  if (text.startsWith("=")) return { kind: "exact", modifier: "=", path: text.slice(1), word: first };
  if (text.startsWith("^~")) return { kind: "prefix", modifier: "^~", path: text.slice(2), word: first };
  if (text.startsWith("~*")) return { kind: "regex", modifier: "~*", path: text.slice(2), word: first };
  if (text.startsWith("~")) return { kind: "regex", modifier: "~", path: text.slice(1), word: first };
  return { kind: text.startsWith("@") ? "named" : "prefix", modifier: "", path: text, word: first };
}

function location(it: Statement, into: Reading): void {
  const self = locationOf(it);
  if (!self) {
    const [modifier] = it.directive.args;
    const meant = modifier?.text === "=~" ? { mend: "~" } : {};
    refuse(into, it, t`"${modifier?.text ?? ""}" is no kind of location: they are =, ~, ~* and ^~`, modifier, "nginx-location", meant);
    return;
  }
  if (self.kind === "regex") readPattern(it, into, self.word, self.word.text.length - self.path.length);
  if (self.kind === "named") name(into, it, "defines", "named location", self.path, self.word);
  if (it.block.context === "http.location" && it.block.owner) nested(it, self, it.block.owner, into);
}

function nested(it: Statement, self: Location, owner: Statement, into: Reading): void {
  const outer = locationOf(owner);
  if (!outer || isTemplated(outer.path)) return;
  const say = (message: string) => refuse(into, it, message, self.word, "nginx-location");
  if (outer.kind === "exact") say(t`No location may stand in the exact location "${outer.path}"`);
  else if (outer.kind === "named") say(t`No location may stand in the named location "${outer.path}"`);
  else if (self.kind === "named") say(t`The named location "${self.path}" belongs directly in a server`);
  else if (self.kind !== "regex" && !self.path.startsWith(outer.path))
    say(t`The location "${self.path}" lies outside of "${outer.path}", in which it stands`);
}

/** nginx keeps one location of each path: `/a` and `^~ /a` are the same, `= /a` is another. */
export function duplicateLocations(statements: readonly Statement[], into: Reading): void {
  const seen = new Map<string, Statement>();
  for (const it of statements) {
    if (it.fact?.setter !== "ngx_http_core_location") continue;
    const self = locationOf(it);
    if (!self || (self.kind !== "prefix" && self.kind !== "exact") || isTemplated(self.path)) continue;
    const key = `${self.kind} ${self.path}`;
    const before = seen.get(key);
    if (before) refuseTwice(into, it, t`The location "${self.path}" stands twice in this block`, self.word, before);
    else seen.set(key, it);
  }
}

export const locationSetters: Setters = { ngx_http_core_location: location };
