/** What the rules of the trade need of a reading: the statements of a file, in their blocks, and edits for them. */
import type { Document } from "../../model/document";
import type { Block, Reading, Statement } from "../../model/nginx/reading";
import type { Edit, Span } from "../../text/span";
import { readingsWith } from "../../workspace/nginx";
import { insertLine } from "../edits";
import type { Context, Finding } from "../rule";

/** Findings of a file that hold in every configuration which includes it. */
export function* inEachReading(
  document: Document,
  { workspace }: Context,
  check: (reading: Reading) => Iterable<Finding>,
): Iterable<Finding> {
  const [first, ...others] = readingsWith(workspace, document);
  if (!first) return;
  const keys = others.map((reading) => new Set([...check(reading)].map(keyOf)));
  for (const finding of check(first)) if (keys.every((known) => known.has(keyOf(finding)))) yield finding;
}

const keyOf = ({ span, message }: Finding): string => `${span.start} ${message}`;

/** Statements of one directive in a file; all of them without a name. */
export const statementsOf = (document: Document, reading: Reading, ...names: readonly string[]): readonly Statement[] =>
  reading.statements.filter((it) => it.source.uri === document.uri && (names.length === 0 || names.includes(it.directive.name.text)));

/** The line of a statement without its body. */
export const headOf = ({ directive }: Statement): Span => ({
  start: directive.name.span.start,
  end: (directive.args.at(-1) ?? directive.name).span.end,
});

export const textOf = ({ directive }: Statement): string => [directive.name, ...directive.args].map((word) => word.text).join(" ");

/** A directive on a line of its own before or behind a statement. */
export const line = (document: Document, it: Statement, text: string, where: "before" | "after" = "after"): Edit =>
  insertLine(document, it.directive.span, text, where);

/** The blocks from one outwards. */
export function* outwards(block: Block): Iterable<Block> {
  for (let at: Block | undefined = block; at; at = at.outer) yield at;
}

/** Places where a request is handed on. */
export const PASSES = ["uwsgi_pass", "proxy_pass", "fastcgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"] as const;
