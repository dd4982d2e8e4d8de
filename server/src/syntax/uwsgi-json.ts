/** JSON as uWSGI reads it through yajl: an object of options, texts, numbers and flags, lists repeat their key, everything deeper is dropped. */

import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { t } from "../text/l10n";
import type { Span } from "../text/span";
import type { Mapped } from "./magic";
import { inWords } from "./reader-words";
import type { Directive, Problem, Tree, Word } from "./tree";

type Reading = { readonly source: Mapped; readonly problems: Problem[] };

export function parseJson(source: Mapped): Tree {
  const problems: Problem[] = [];
  const errors: ParseError[] = [];
  const reading: Reading = { source, problems };
  let root: Node | undefined;
  try {
    root = parseTree(source.text, errors, { allowTrailingComma: false, disallowComments: false });
  } catch {
    problems.push({ code: "json-error", span: source.span(0, 1), message: t`The nesting is too deep to be read.` });
  }
  for (const { error, offset, length } of errors)
    problems.push({
      code: "json-error",
      span: placeOf(source, { offset, length }),
      message: t`This is no JSON (${inWords(printParseErrorCode(error))}): uWSGI refuses to start.`,
    });
  return { directives: root?.type === "object" ? sections(reading, root) : [], comments: [], problems };
}

/** What has no end, a comment above all, reaches beyond the text. */
const placeOf = ({ text, span }: Mapped, { offset, length }: { readonly offset: number; readonly length: number }): Span =>
  span(Math.min(offset, text.length), Math.min(offset + length, text.length));

type Property = { readonly key: Node; readonly value: Node | undefined; readonly node: Node };

const propertiesOf = (object: Node): readonly Property[] =>
  (object.children ?? []).flatMap((node) => (node.children?.[0] ? [{ key: node.children[0], value: node.children[1], node }] : []));

function sections(reading: Reading, root: Node): readonly Directive[] {
  return propertiesOf(root).map(({ key, value, node }) => {
    const name = wordOf(reading, key);
    const span = placeOf(reading.source, node);
    if (value?.type !== "object") return { span, name, args: value ? [wordOf(reading, value)] : [] };
    const bodySpan = placeOf(reading.source, value);
    return { span, name, args: [], body: propertiesOf(value).flatMap((property) => options(reading, property)), bodySpan };
  });
}

function options(reading: Reading, { key, value, node }: Property): readonly Directive[] {
  const name = wordOf(reading, key);
  const span = placeOf(reading.source, node);
  const items = value?.type === "array" ? (value.children ?? []) : value ? [value] : [];
  return items.flatMap((item) => {
    if (item.type !== "array" && item.type !== "object") return [{ span, name, args: [wordOf(reading, item)] }];
    reading.problems.push({
      code: "json-nested-value",
      span: placeOf(reading.source, item),
      message: t`uWSGI takes texts, numbers, flags and one list of them: this part of \`${name.text}\` is dropped.`,
    });
    return [];
  });
}

const CONSTANTS: Readonly<Record<string, string>> = { true: "1", false: "0", null: "0" };

function wordOf({ source }: Reading, node: Node): Word {
  const written = source.text.slice(node.offset, node.offset + node.length);
  const span = placeOf(source, node);
  if (node.type !== "string") return { span, text: CONSTANTS[written] ?? written };
  return { span, text: String(node.value).replace(/\0.*$/s, ""), quote: '"' };
}
