/** Text taken out of a file. Each character keeps its place while quotes, escapes and continued lines are taken away around it. */
import type { Span } from "../../text/span";

export type Taken = {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Place of the whole, quotes included. */
  readonly whole: Span;
  /** False when characters could not be found back in the file: every one then stands for the whole. */
  readonly exact: boolean;
};

export function takeSpan(source: string, span: Span): Taken {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = span.start; at < span.end; at++) {
    starts.push(at);
    ends.push(at + 1);
  }
  return { text: source.slice(span.start, span.end), starts, ends, whole: span, exact: true };
}

/** A text that stands in the file in another spelling. */
export function takeInexact(text: string, whole: Span): Taken {
  return {
    text,
    starts: new Array<number>(text.length).fill(whole.start),
    ends: new Array<number>(text.length).fill(whole.end),
    whole,
    exact: false,
  };
}

export function slice(taken: Taken, from: number, to: number): Taken {
  const starts = taken.starts.slice(from, to);
  const ends = taken.ends.slice(from, to);
  const start = starts[0] ?? taken.starts[from] ?? taken.whole.end;
  return { text: taken.text.slice(from, to), starts, ends, whole: { start, end: ends.at(-1) ?? start }, exact: taken.exact };
}

export function trim(taken: Taken): Taken {
  const from = taken.text.length - taken.text.trimStart().length;
  return slice(taken, from, Math.max(from, taken.text.trimEnd().length));
}

/** Place of the characters without their quotes. */
export function spanOf(taken: Taken): Span {
  const start = taken.starts[0];
  const end = taken.ends.at(-1);
  return start === undefined || end === undefined ? taken.whole : { start, end };
}

/** Collects characters of other texts into a new one. */
export type Collector = { text: string; readonly starts: number[]; readonly ends: number[] };

export const collector = (): Collector => ({ text: "", starts: [], ends: [] });

export function collect(into: Collector, from: Taken, at: number, character = from.text[at] ?? ""): void {
  into.text += character;
  for (let i = 0; i < character.length; i++) {
    into.starts.push(from.starts[at] ?? from.whole.end);
    into.ends.push(from.ends[at] ?? from.whole.end);
  }
}

export function collected(collector: Collector, whole: Span, exact: boolean): Taken {
  return { text: collector.text, starts: collector.starts, ends: collector.ends, whole, exact };
}
