/** The lines of a systemd unit as systemd reads them: comments only where a line starts, a backslash at the end goes on with the next line. */
import type { Span } from "../../text/span";
import { type Collector, collect, collected, collector, spanOf, type Taken, takeSpan, trim } from "./taken";

export type UnitLine = {
  readonly section: string;
  readonly key: string;
  /** Continued lines are joined with a space. */
  readonly value: Taken;
  readonly keySpan: Span;
  /** Lines of the file that it takes, comments within left out. */
  readonly lines: readonly Span[];
};

export type UnitText = {
  readonly entries: readonly UnitLine[];
  /** Lines of a section without `=`, which systemd ignores. */
  readonly stray: readonly { readonly section: string; readonly span: Span }[];
};

type Logical = { text: Collector; lines: Span[] };

export function readUnit(source: string): UnitText {
  const entries: UnitLine[] = [];
  const stray: { section: string; span: Span }[] = [];
  let section = "";
  for (const { text, lines } of logicalLines(source)) {
    const [first] = lines;
    if (!first) continue;
    const line = trim(collected(text, { start: first.start, end: (lines.at(-1) ?? first).end }, true));
    if (line.text === "") continue;
    const header = /^\[([^\]]*)\]/.exec(line.text);
    if (header) {
      section = header[1] ?? "";
      continue;
    }
    const entry = entryOf(section, line, lines);
    if (entry) entries.push(entry);
    else stray.push({ section, span: first });
  }
  return { entries, stray };
}

function entryOf(section: string, line: Taken, lines: readonly Span[]): UnitLine | undefined {
  const equals = line.text.indexOf("=");
  if (equals < 0) return undefined;
  const key = trim(part(line, 0, equals));
  return { section, key: key.text, value: trim(part(line, equals + 1, line.text.length)), keySpan: spanOf(key), lines };
}

function part(line: Taken, from: number, to: number): Taken {
  const start = line.starts[from] ?? line.whole.end;
  return {
    text: line.text.slice(from, to),
    starts: line.starts.slice(from, to),
    ends: line.ends.slice(from, to),
    whole: { start, end: start },
    exact: true,
  };
}

function* logicalLines(source: string): Iterable<Logical> {
  let open: Logical | undefined;
  for (let start = 0; start <= source.length; ) {
    const newline = source.indexOf("\n", start);
    const end = newline < 0 ? source.length : newline;
    const span = { start, end: source[end - 1] === "\r" && end > start ? end - 1 : end };
    start = end + 1;
    const text = source.slice(span.start, span.end);
    if (/^[ \t]*[#;]/.test(text)) continue; // systemd leaves comments out even between continued lines
    open ??= { text: collector(), lines: [] };
    open.lines.push(span);
    const continues = endsInBackslash(text);
    const taken = takeSpan(source, { start: span.start, end: continues ? span.end - 1 : span.end });
    for (let at = 0; at < taken.text.length; at++) collect(open.text, taken, at);
    if (continues) {
      collect(open.text, takeSpan(source, { start: span.end - 1, end: span.end }), 0, " ");
      continue;
    }
    yield open;
    open = undefined;
  }
  if (open) yield open;
}

function endsInBackslash(text: string): boolean {
  let count = 0;
  while (text[text.length - 1 - count] === "\\") count++;
  return count % 2 === 1;
}
