/** What can be folded away, and what a selection grows to. */
import type { Document } from "../../model/document";
import { contains, type Span } from "../../text/span";
import { placeAt } from "../place";

export type Fold = { readonly startLine: number; readonly endLine: number; readonly kind: "region" | "comment" };

export function folds(document: Document): readonly Fold[] {
  const { lines, text } = document;
  const all: Fold[] = [];
  for (const { directive } of document.all) {
    if (!directive.bodySpan) continue;
    const startLine = lines.line(directive.bodySpan.start);
    // The closing brace stays in sight; a section ends before the blank lines in front of the next one.
    const isBraced = text[directive.bodySpan.end - 1] === "}";
    const end = isBraced
      ? directive.bodySpan.end
      : directive.bodySpan.start + text.slice(directive.bodySpan.start, directive.bodySpan.end).trimEnd().length;
    const endLine = lines.line(end) - (isBraced ? 1 : 0);
    if (endLine > startLine) all.push({ startLine, endLine, kind: "region" });
  }
  return [...all, ...comments(document)];
}

/** Comments on lines of their own, one below the other. */
function* comments({ tree, lines, text }: Document): Iterable<Fold> {
  let start = -1;
  let last = -2;
  for (const comment of tree.comments) {
    const line = lines.line(comment.start);
    if (text.slice(lines.start(line), comment.start).trim() !== "") continue;
    if (line === last + 1) {
      last = line;
      continue;
    }
    if (last > start && start >= 0) yield { startLine: start, endLine: last, kind: "comment" };
    start = line;
    last = line;
  }
  if (last > start && start >= 0) yield { startLine: start, endLine: last, kind: "comment" };
}

/** From the word at the cursor outwards: word, statement, inside of the block, block, file. Each holds the one before. */
export function selections(document: Document, offset: number): readonly Span[] {
  const place = placeAt(document, offset);
  const whole: Span = { start: 0, end: document.text.length };
  const spans: Span[] = [];
  if (place?.word) {
    const { span, quote } = place.word;
    if (quote) spans.push({ start: span.start + 1, end: span.end - 1 });
    spans.push(span);
  }
  for (const directive of place ? [place.directive, ...place.around] : []) {
    const { bodySpan } = directive;
    if (bodySpan && contains(bodySpan, offset)) spans.push(bodySpan);
    spans.push(directive.span);
  }
  spans.push(whole);
  const growing: Span[] = [];
  for (const span of spans) {
    const before = growing.at(-1) ?? { start: offset, end: offset };
    const holds = span.start <= before.start && span.end >= before.end;
    if (holds && (growing.length === 0 || span.start < before.start || span.end > before.end)) growing.push(span);
  }
  return growing;
}
