/** Places of the parts of a value. */
import type { Entry, Places } from "./run";

/** The part of a value from `start` to `end`; the whole value where expansion moved its letters. */
export function part(entry: Entry, start: number, end: number): Places["value"] {
  const value = entry.places.value;
  const asWritten = value && value.span.end - value.span.start === entry.value?.text.length;
  return asWritten ? { uri: value.uri, span: { start: value.span.start + start, end: value.span.start + end } } : value;
}
