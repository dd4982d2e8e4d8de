/** Places in a text and changes of it. Offsets are half-open UTF-16 indexes, as a JavaScript string and LSP count. */
export type Span = { readonly start: number; readonly end: number };
export type Edit = { readonly span: Span; readonly text: string };

export const span = (start: number, end: number): Span => ({ start, end });
export const empty = (at: number): Span => ({ start: at, end: at });
export const contains = (outer: Span, offset: number): boolean => outer.start <= offset && offset <= outer.end;
export const overlaps = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

/** Applies edits that do not overlap; they may come in any order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    result += text.slice(done, edit.span.start) + edit.text;
    done = Math.max(done, edit.span.end);
  }
  return result + text.slice(done);
}
