/**
 * Formatting while nginx text is typed: the indentation and the blanks of the lines that a `;`, a `}` or a line's end completes. No line is
 * joined, split or removed, and nothing behind the cursor moves; a file that does not parse stays whole.
 */
import { parseNginx } from "../syntax/nginx";
import { flatten } from "../syntax/tree";
import type { Edit, Span } from "../text/span";
import { type FormatOptions, formatNginx } from "./format-nginx";

/** What completes a line or a block. */
export const TYPED = ["}", ";", "\n"] as const;

/** `offset`: behind the character that was typed. */
export function formatTypedNginx(text: string, options: FormatOptions, offset: number, typed: string): readonly Edit[] {
  const range = completed(text, offset, typed);
  if (!range) return [];
  return formatNginx(text, options, range).flatMap(({ span, text: wanted }) => {
    const written = text.slice(span.start, span.end);
    if (span.end > offset || written.includes("\n") !== wanted.includes("\n")) return [];
    const start = span.start + written.lastIndexOf("\n") + 1;
    const blanks = wanted.slice(wanted.lastIndexOf("\n") + 1);
    return start < range.start || blanks === text.slice(start, span.end) ? [] : [{ span: { start, end: span.end }, text: blanks }];
  });
}

/** The lines that are complete now: of the block, of the statement, or up to the one the cursor is on. */
function completed(text: string, offset: number, typed: string): Span | undefined {
  const lineOf = (at: number): number => text.lastIndexOf("\n", at - 1) + 1;
  if (typed === "\n") return { start: lineOf(lineOf(offset) - 1), end: offset };
  if (text[offset - 1] !== typed) return undefined;
  const all = flatten(parseNginx(text).directives).map((nested) => nested.directive);
  const it = all.find(({ bodySpan, span }) => (typed === "}" ? bodySpan?.end === offset : !bodySpan && span.end === offset));
  return it && { start: lineOf(it.span.start), end: offset };
}
