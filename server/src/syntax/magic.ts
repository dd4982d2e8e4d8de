/**
 * Replacing `%x` in the raw bytes of a file, as uWSGI does before it parses one, with every place mapped back to what is written.
 * A percent always takes the next character with it, whatever that is: `%%` is a percent, `%(` stays, `%` before a line end joins lines.
 */
import type { Span } from "../text/span";

/** `text` stands at `at` of the result instead of `from` (two characters long) of the original. */
type Change = { readonly at: number; readonly length: number; readonly from: number };

/** A text made from another one, and the way back. */
export type Mapped = { readonly text: string; span(start: number, end: number): Span };

const taken = 2;

/** What a percent and the character after it ("" at the end of the text) become; undefined leaves both as they are. */
export type Letters = (letter: string, at: number) => string | undefined;

export function replaceMagic(text: string, letters: Letters): Mapped {
  const parts: string[] = [];
  const changes: Change[] = [];
  let done = 0;
  let at = 0;
  for (let percent = text.indexOf("%"); percent >= 0; percent = text.indexOf("%", percent + taken)) {
    const becomes = letters(text.charAt(percent + 1), percent);
    if (becomes === undefined || (becomes.length === taken && text.startsWith(becomes, percent))) continue;
    parts.push(text.slice(done, percent), becomes);
    at += percent - done;
    changes.push({ at, length: becomes.length, from: percent });
    at += becomes.length;
    done = percent + taken;
  }
  if (!changes.length) return { text, span: (start, end) => ({ start, end }) };
  parts.push(text.slice(done));
  return { text: parts.join(""), span: mapping(changes) };
}

function mapping(changes: readonly Change[]): Mapped["span"] {
  /** The last change that begins before `offset` (or at it, where `touching`). */
  const before = (offset: number, touching: boolean): Change | undefined => {
    let low = -1;
    let high = changes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const at = changes[middle]?.at ?? 0;
      if (at < offset || (touching && at === offset)) low = middle;
      else high = middle - 1;
    }
    return changes[low];
  };
  const back = (offset: number, change: Change | undefined, inside: number): number => {
    if (!change) return offset;
    const past = offset - change.at - change.length;
    return past < 0 ? change.from + inside : change.from + taken + past;
  };
  return (from, to) => {
    const start = back(from, before(from, true), 0);
    if (to <= from) return { start, end: start };
    return { start, end: Math.max(start, back(to, before(to, false), taken)) };
  };
}

/** Joins the lines that a percent at the end of a line joins, and leaves every other letter alone. */
export const joinLines = (text: string): Mapped => replaceMagic(text, (letter) => (letter === "\n" || letter === "\0" ? "" : undefined));
