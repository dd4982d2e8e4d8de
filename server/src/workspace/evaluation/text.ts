/** A value of which parts may be not known. Those parts, its holes, stand as they are written. */
import { type Span, span } from "../../text/span";

export type Text = { readonly text: string; readonly holes: readonly Span[] };

const NONE: readonly Span[] = [];

export const known = (text: string): Text => ({ text, holes: NONE });

/** Puts another text in the place of a part. */
export function splice(into: Text, start: number, end: number, by: Text): Text {
  const text = into.text.slice(0, start) + by.text + into.text.slice(end);
  if (!into.holes.length && !by.holes.length) return { text, holes: NONE };
  const shift = by.text.length - (end - start);
  const holes = [
    ...into.holes.filter((hole) => hole.end <= start),
    ...by.holes.map((hole) => span(hole.start + start, hole.end + start)),
    ...into.holes.filter((hole) => hole.start >= end).map((hole) => span(hole.start + shift, hole.end + shift)),
  ];
  return { text, holes };
}

export function slice(value: Text, start: number, end: number): Text {
  const text = value.text.slice(start, end);
  if (!value.holes.length) return { text, holes: NONE };
  const inside = value.holes.filter((hole) => hole.start < end && hole.end > start);
  return { text, holes: inside.map((hole) => span(Math.max(hole.start, start) - start, Math.min(hole.end, end) - start)) };
}

export const hasHole = (value: Text, start: number, end: number): boolean =>
  value.holes.some((hole) => hole.start < end && hole.end > start);

/** Says that a part is not known. Holes inside it are part of it. */
export function withHole(value: Text, start: number, end: number): Text {
  const others = value.holes.filter((hole) => hole.end <= start || hole.start >= end);
  return { text: value.text, holes: [...others, span(start, end)].sort((a, b) => a.start - b.start) };
}

/** Every `what` becomes `by`; null leaves the value as it is, undefined makes each of them a hole. */
export function replaceAll(value: Text, what: string, by: Text | null | undefined): Text {
  if (by === null) return value;
  let result = value;
  for (let at = result.text.indexOf(what); at >= 0; at = result.text.indexOf(what, at)) {
    if (by === undefined) {
      result = withHole(result, at, at + what.length);
      at += what.length;
    } else {
      result = splice(result, at, at + what.length, by);
      at += by.text.length;
    }
  }
  return result;
}
