/** The formats in which uWSGI reads its options, all brought to the same tree: a section is a directive with options in it. */
import type { Span } from "../text/span";
import { joinLines, type Mapped } from "./magic";
import type { Directive, Tree } from "./tree";
import { parseIniLines } from "./uwsgi-ini";

export type UwsgiFormat = "ini" | "yaml" | "json" | "xml";

/** The options of the section that is asked for. */
export type Found = {
  readonly directives: readonly Directive[];
  /** uWSGI stops: the words why. */
  readonly fatal?: { readonly code: string; readonly message: string; readonly span?: Span };
  /** Nothing was found there, and uWSGI goes on: the words why. */
  readonly missing?: string;
};

const PARSERS: Readonly<Record<UwsgiFormat, (source: Mapped, isBytes: boolean) => Tree>> = {
  ini: parseIniLines,
  yaml: parseIniLines,
  json: parseIniLines,
  xml: parseIniLines,
};

/** `isBytes`: the text holds bytes, one in each character. */
export const parseUwsgi = (format: UwsgiFormat, source: Mapped, isBytes: boolean): Tree => PARSERS[format](source, isBytes);

/** The tree of a file as it is written, before magic letters are replaced. */
export const parseUwsgiFile = (format: UwsgiFormat, text: string): Tree => parseUwsgi(format, joinLines(text), false);

export function sectionOf(_format: UwsgiFormat, tree: Tree, asked: string): Found {
  const name = asked || "uwsgi";
  const directives = tree.directives.flatMap((directive) => (directive.name.text === name ? (directive.body ?? []) : []));
  return directives.length
    ? { directives }
    : { directives, missing: `There is no option in a section \`[${name}]\` of this file: uWSGI only warns and goes on without it.` };
}
