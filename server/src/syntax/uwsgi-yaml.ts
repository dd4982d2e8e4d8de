/**
 * YAML as uWSGI reads it through libyaml's scanner: a section is a key with a block mapping, scalars stay text, lists repeat their key,
 * mappings inside are flattened, and a key without a value is dropped.
 */

import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, parseAllDocuments } from "yaml";
import { t } from "../text/l10n";
import type { Span } from "../text/span";
import type { Mapped } from "./magic";
import { inWords } from "./reader-words";
import type { Directive, Problem, Tree, Word } from "./tree";

/** Longer texts and deeper nesting are no configuration. */
const LONGEST = 1 << 20;
/** uWSGI stops reading at a directive with this problem. */
export const YAML_STOPS = "yaml-anchor";

type Reading = { readonly source: Mapped; readonly problems: Problem[] };

export function parseYaml(source: Mapped): Tree {
  const problems: Problem[] = [];
  const reading: Reading = { source, problems };
  const documents = source.text.length > LONGEST ? [] : documentsOf(source.text);
  if (!documents) return { directives: [], comments: [], problems: [error(source, 0, t`The nesting is too deep to be read.`)] };
  const directives: Directive[] = [];
  let end = source.text.length;
  for (const { errors, contents } of documents) {
    let first = true;
    for (const one of errors) {
      const fatal = first && FATAL.test(`${one.code} ${one.message}`);
      first = false;
      if (fatal || !IGNORED.has(one.code))
        problems.push(fatal ? error(source, one.pos[0], inWords(one.message)) : misplaced(source, one.pos[0], inWords(one.message)));
      if (one.code === "BAD_INDENT") end = Math.min(end, one.pos[0]);
    }
    // A text alone is nothing that uWSGI expects: it reads no further.
    if (isScalar(contents) && contents.range[0] < contents.range[1]) break;
    for (const directive of fromNode(reading, contents, end)) directives.push(directive);
  }
  return { directives, comments: commentsOf(source), problems };
}

function documentsOf(text: string): readonly Document.Parsed[] | undefined {
  try {
    const all = parseAllDocuments(text, {
      schema: "failsafe",
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      strict: true,
      logLevel: "silent",
    });
    return Array.isArray(all) ? all : [];
  } catch {
    return undefined;
  }
}

/** uWSGI asks only the scanner, which knows nothing of aliases and of the order of things. */
const FATAL =
  /^(?:BAD_DIRECTIVE|BAD_DQ_ESCAPE|BAD_SCALAR_START|MULTILINE_IMPLICIT_KEY|TAB_AS_INDENT) |compact mappings|closing .quote|followed by map values|block-seq-ind|Block scalar header|Verbatim tags|Anchor cannot be empty|an empty string/;
const IGNORED: ReadonlySet<string> = new Set(["BAD_ALIAS", "DUPLICATE_KEY", "KEY_OVER_1024_CHARS", "MULTIPLE_DOCS", "TAG_RESOLVE_FAILED"]);

/** One character; at the end of the text there is none. */
const characterAt = (source: Mapped, at: number): Span => source.span(at, Math.min(at + 1, source.text.length));

const error = (source: Mapped, at: number, message: string): Problem => ({
  code: "yaml-error",
  span: characterAt(source, at),
  message: t`This is no YAML: uWSGI refuses to start. ${message}`,
});

const misplaced = (source: Mapped, at: number, message: string): Problem => ({
  code: "yaml-misplaced",
  span: characterAt(source, at),
  message: t`uWSGI does not refuse this, but it may stop reading the section here. ${message}`,
});

/** What stands beyond `end` belongs to no section any more. */
function fromNode(reading: Reading, node: ParsedNode | null, end: number): readonly Directive[] {
  if (!isMap(node)) return [];
  const pairs = node.items as Pair<ParsedNode, ParsedNode | null>[];
  return pairs.filter((pair) => pair.key.range[0] < end).flatMap((pair) => fromPair(reading, pair, end));
}

function fromPair(reading: Reading, { key, value }: Pair<ParsedNode, ParsedNode | null>, end: number): readonly Directive[] {
  if (!isScalar(key)) return [];
  return fromValue(reading, wordOf(reading, key), value, end);
}

function fromValue(reading: Reading, name: Word, value: ParsedNode | null, end: number): readonly Directive[] {
  const report = (code: string, message: string): void => {
    reading.problems.push({ code, span: name.span, message });
  };
  if (isEmpty(value)) {
    report("yaml-empty-value", t`A key without a value is dropped: write \`${name.text}: true\` (\`endif\` and the like too).`);
    return [{ span: name.span, name, args: [] }];
  }
  if (isAlias(value)) {
    report("yaml-alias", t`uWSGI does not follow aliases: this key is dropped.`);
    return [{ span: name.span, name, args: [] }];
  }
  if (isSeq(value)) {
    const items = value.items as (ParsedNode | null)[];
    // Behind a list or mapping in a list uWSGI has forgotten the key.
    const nested = items.findIndex((item) => isSeq(item) || isMap(item));
    if (nested >= 0 && nested < items.length - 1)
      report("yaml-nested-list", t`uWSGI loses what follows a list or a mapping inside of a list.`);
    return items.slice(0, nested < 0 ? items.length : nested + 1).flatMap((item) => fromValue(reading, name, item, end));
  }
  const span = { start: name.span.start, end: Math.max(name.span.end, reading.source.span(value.range[0], value.range[1]).end) };
  if (isMap(value)) {
    const bodySpan = reading.source.span(value.range[0], value.range[1]);
    const body = fromNode(reading, value, end);
    return [
      {
        span,
        name,
        args: [],
        body,
        bodySpan,
        ...(value.flow ? { raw: { span: bodySpan, text: reading.source.text.slice(value.range[0], value.range[1]) } } : {}),
      },
    ];
  }
  if (value.anchor !== undefined || value.tag !== undefined)
    report(YAML_STOPS, t`uWSGI stops reading at a value with an anchor or a tag: everything after it is lost.`);
  return [{ span, name, args: [wordOf(reading, value)] }];
}

const isEmpty = (node: ParsedNode | null): node is null =>
  node === null || (isScalar(node) && node.range[0] === node.range[1] && node.anchor === undefined && node.tag === undefined);

function wordOf({ source }: Reading, node: ParsedNode): Word {
  const [start, end] = node.range;
  const read = isScalar(node) ? String(node.value ?? "") : "";
  // A block of text takes its last line end from the file: where that has none, libyaml adds none.
  const isCut = isScalar(node) && node.type?.startsWith("BLOCK_") && end >= source.text.length && !source.text.endsWith("\n");
  const value = isCut ? read.replace(/\n$/, "") : read;
  const first = source.text.charAt(start);
  const quote = first === '"' || first === "'" ? { quote: first as '"' | "'" } : {};
  return { span: source.span(start, end), text: value.replace(/\0.*$/s, ""), ...quote };
}

function commentsOf(source: Mapped): Tree["comments"] {
  return Array.from(source.text.matchAll(/(?:^|(?<=[ \t]))#[^\n]*/gm), (found) => source.span(found.index, found.index + found[0].length));
}
