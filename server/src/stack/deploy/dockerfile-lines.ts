/** The instructions of a Dockerfile: continued lines joined, comments between them left out, here-documents beside them. */
import type { Span } from "../../text/span";
import { type Collector, collect, collector, type Taken, takeSpan } from "./taken";

export type Instruction = {
  /** Upper case. */
  readonly name: string;
  /** What follows the name. Line ends that were continued are taken away. */
  readonly rest: Taken;
  readonly span: Span;
  /** Bodies of here-documents. */
  readonly documents: readonly Taken[];
};

type Line = { readonly start: number; readonly end: number; readonly next: number };

export function* instructionsOf(source: string): Iterable<Instruction> {
  const mark = /^#[ \t]*escape[ \t]*=[ \t]*`/im.test(source.slice(0, 500)) ? "`" : "\\";
  for (let at = 0; at < source.length; ) {
    const first = lineAt(source, at);
    if (isSkipped(source, first)) {
      at = first.next;
      continue;
    }
    const { text, end, next } = joined(source, first, mark);
    const named = /^\s*([A-Za-z]+)(?:\s+|$)/.exec(text.text);
    const documents = named ? hereDocuments(source, text.text, next) : { bodies: [], next };
    at = documents.next;
    if (!named) continue;
    const from = named[0].length;
    const rest: Taken = {
      text: text.text.slice(from),
      starts: text.starts.slice(from),
      ends: text.ends.slice(from),
      whole: { start: text.starts[from] ?? end, end },
      exact: true,
    };
    yield { name: (named[1] ?? "").toUpperCase(), rest, span: { start: first.start, end }, documents: documents.bodies };
  }
}

function lineAt(source: string, start: number): Line {
  const newline = source.indexOf("\n", start);
  const next = newline < 0 ? source.length : newline + 1;
  const end = newline < 0 ? source.length : newline;
  return { start, end: source[end - 1] === "\r" && end > start ? end - 1 : end, next };
}

const isSkipped = (source: string, line: Line): boolean => /^\s*(?:#|$)/.test(source.slice(line.start, line.end));

/** Joins lines while they end with the escape character. Comments and empty lines in between count for nothing. */
function joined(source: string, first: Line, mark: string): { readonly text: Collector; readonly end: number; readonly next: number } {
  const text = collector();
  let line = first;
  for (;;) {
    const written = source.slice(line.start, line.end);
    const trimmed = written.trimEnd();
    const continues = trimmed.endsWith(mark);
    const taken = takeSpan(source, { start: line.start, end: line.start + (continues ? trimmed.length - 1 : written.length) });
    for (let at = 0; at < taken.text.length; at++) collect(text, taken, at);
    let next = lineAt(source, line.next);
    if (!continues || line.next >= source.length) return { text, end: line.end, next: line.next };
    while (isSkipped(source, next) && next.next > next.start) next = lineAt(source, next.next);
    if (next.start >= source.length) return { text, end: line.end, next: next.next };
    line = next;
  }
}

/** Bodies after `<<EOF`, `<<-EOF`, `<<"EOF"`. */
function hereDocuments(source: string, text: string, from: number): { readonly bodies: readonly Taken[]; readonly next: number } {
  const bodies: Taken[] = [];
  let at = from;
  for (const [, tabs, word] of text.matchAll(/(?<![<\w])<<(-?)["']?([A-Za-z_]\w{0,100})["']?/g)) {
    const start = at;
    let end = at;
    while (at < source.length) {
      const line = lineAt(source, at);
      const written = source.slice(line.start, line.end);
      at = line.next;
      if ((tabs ? written.replace(/^\t+/, "") : written) === word) break;
      end = at;
    }
    bodies.push(takeSpan(source, { start, end }));
  }
  return { bodies, next: at };
}
