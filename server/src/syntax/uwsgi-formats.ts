/** The formats in which uWSGI reads its options, all brought to the same tree: a section is a directive with options in it. */

import { fromUtf8, utf8 } from "../text/bytes";
import { t } from "../text/l10n";
import type { Span } from "../text/span";
import { joinLines, type Mapped } from "./magic";
import { type Directive, flatten, type Tree, type Word } from "./tree";
import { parseIniLines, parseUwsgiIni } from "./uwsgi-ini";
import { parseJson } from "./uwsgi-json";
import { percentProblems } from "./uwsgi-percent";
import { parseXml } from "./uwsgi-xml";
import { parseYaml, YAML_STOPS } from "./uwsgi-yaml";

export type UwsgiFormat = "ini" | "yaml" | "json" | "xml";

/** The options of the section that is asked for. */
export type Found = {
  readonly directives: readonly Directive[];
  /** uWSGI stops: the words why. */
  readonly fatal?: { readonly code: string; readonly message: string; readonly span?: Span };
  /** Nothing was found there, and uWSGI goes on: the words why. */
  readonly missing?: string;
};

const PARSERS: Readonly<Record<UwsgiFormat, (source: Mapped) => Tree>> = {
  ini: parseIniLines,
  yaml: parseYaml,
  json: parseJson,
  xml: parseXml,
};

export const parseUwsgi = (format: UwsgiFormat, source: Mapped): Tree => PARSERS[format](source);

/** The same for a text that holds bytes. Its places are only good for ini, which has no encoding. */
export function parseUwsgiBytes(format: UwsgiFormat, source: Mapped): Tree {
  if (format === "ini") return parseIniLines(source);
  const text = fromUtf8(source.text);
  if (text !== undefined) return withBytes(PARSERS[format]({ ...source, text }));
  return {
    directives: [],
    comments: [],
    problems: [{ code: `${format}-error`, span: source.span(0, 0), message: t`This is no UTF-8: uWSGI refuses to start.` }],
  };
}

function withBytes(tree: Tree): Tree {
  const inBytes = (word: Word): Word => ({ ...word, text: utf8(word.text) });
  // The formats with an encoding are never deeper than their parsers can go.
  const directive = (one: Directive): Directive => ({
    ...one,
    name: inBytes(one.name),
    args: one.args.map(inBytes),
    ...(one.body && { body: one.body.map(directive) }),
  });
  return { ...tree, directives: tree.directives.map(directive) };
}

/** The tree of a file as it is written, before magic letters are replaced. */
export function parseUwsgiFile(format: UwsgiFormat, text: string): Tree {
  if (format === "ini") return parseUwsgiIni(text);
  const tree = parseUwsgi(format, joinLines(text));
  return { ...tree, problems: [...tree.problems, ...percentProblems(text, tree.comments)] };
}

const SECTIONS: Readonly<Record<UwsgiFormat, (tree: Tree, asked: string) => Found>> = {
  ini: iniSection,
  yaml: yamlSection,
  json: jsonSection,
  xml: xmlSection,
};

export const sectionOf = (format: UwsgiFormat, tree: Tree, asked: string): Found => SECTIONS[format](tree, asked);

/** A section may come back: all its parts count. */
function iniSection(tree: Tree, asked: string): Found {
  const name = asked || "uwsgi";
  const directives = tree.directives.flatMap((directive) => (directive.name.text === name ? (directive.body ?? []) : []));
  return directives.length
    ? { directives }
    : { directives, missing: t`There is no option in a section \`[${name}]\` of this file: uWSGI only warns and goes on without it.` };
}

const refusal = (tree: Tree, code: string): Found["fatal"] => tree.problems.find((problem) => problem.code === code);

/**
 * The first block mapping under a key of that name, at any depth. uWSGI looks no further than to its end, or to a value with an anchor or a
 * tag, wherever that stands: neither sections nor mistakes behind it count.
 */
function yamlSection(tree: Tree, asked: string): Found {
  const name = asked || "uwsgi";
  const stops = new Set(tree.problems.filter((problem) => problem.code === YAML_STOPS).map((problem) => problem.span.start));
  const all = flatten(tree.directives).map(({ directive }) => directive);
  const stop = stops.size === 0 ? -1 : all.findIndex((one) => !one.body && stops.has(one.name.span.start));
  const read = stop < 0 ? all : all.slice(0, stop + 1);
  const section = read.find((one) => one.name.text === name && one.body && !one.raw);
  const options = flatten(section?.body ?? []).map(({ directive }) => directive);
  const end = stop < 0 ? -1 : options.indexOf(all[stop] as Directive);
  const directives = (end < 0 ? options : options.slice(0, end)).filter((option) => !option.body && option.args.length);
  // The name behind the place is read already, its value is not.
  const after = (place: number | undefined): number =>
    place === undefined
      ? Number.POSITIVE_INFINITY
      : (all.find((one) => one.name.span.start >= place)?.name.span.end ?? Number.POSITIVE_INFINITY);
  const last = Math.min(after(stop < 0 ? undefined : all[stop]?.span.end), after(section?.bodySpan?.end));
  const fatal = tree.problems.find((problem) => problem.code === "yaml-error" && problem.span.start <= last);
  if (fatal) return { directives, fatal };
  return section
    ? { directives }
    : { directives, missing: t`There is no block \`${name}:\` in this file: uWSGI says nothing and goes on without it.` };
}

function jsonSection(tree: Tree, asked: string): Found {
  const name = asked || "uwsgi";
  const section = tree.directives.find((directive) => directive.name.text === name);
  const directives = section?.body ?? [];
  const fatal =
    refusal(tree, "json-error") ??
    (section?.body
      ? undefined
      : { code: "section-missing", message: t`There is no object \`${name}\` in this file: uWSGI refuses to start.` });
  return fatal ? { directives, fatal } : { directives };
}

/** The root, or the first `<uwsgi>` in it; `id` picks one, and leaves out options that carry another. */
function xmlSection(tree: Tree, id: string): Found {
  const [root] = tree.directives;
  const hasId = (directive: Directive, index: number): boolean =>
    id === "" || directive.args[index] === undefined || directive.args[index].text === id;
  const section =
    root?.name.text === "uwsgi" ? root : root?.body?.find((directive) => directive.name.text === "uwsgi" && hasId(directive, 0));
  const directives = (section?.body ?? []).filter((option) => hasId(option, 1));
  const read = new Set(directives.map((option) => option.name.span.start));
  const crash = tree.problems.find(({ code, fatal, span }) => code === "xml-nested-element" && fatal && read.has(span.start));
  const fatal =
    refusal(tree, "xml-error") ??
    crash ??
    (section || (root && !root.body)
      ? undefined
      : { code: "section-missing", message: t`There is no \`<uwsgi>\` element in this file: uWSGI refuses to start.` });
  return fatal ? { directives, fatal } : { directives };
}
