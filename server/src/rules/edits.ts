/** Edits that fixes are made of. Each keeps the line ends and the indentation of the file. */
import type { Document } from "../model/document";
import type { Nested } from "../syntax/tree";
import type { Edit, Span } from "../text/span";
import type { FileEdit, Fix } from "./rule";

export const replace = (span: Span, text: string): Edit => ({ span, text });
export const inFile = (uri: string, ...edits: readonly Edit[]): FileEdit => ({ uri, edits });
export const safeFix = (title: string, ...edits: readonly FileEdit[]): Fix => ({ title, safe: true, edits });
export const suggestion = (title: string, ...edits: readonly FileEdit[]): Fix => ({ title, safe: false, edits });

const newline = (document: Document): string => (document.text.includes("\r\n") ? "\r\n" : "\n");

/** The line of a place with its line end, for taking it out. */
export function lineSpan(document: Document, at: Span): Span {
  const { lines } = document;
  const start = lines.start(lines.line(at.start));
  const last = lines.line(Math.max(at.start, at.end - (document.text[at.end - 1] === "\n" ? 1 : 0)));
  return { start, end: Math.min(document.text.length, lines.end(last) + 1) };
}

export const removeLine = (document: Document, at: Span): Edit => replace(lineSpan(document, at), "");

/** A new line of its own before or after the line of a place, indented like it. */
export function insertLine(document: Document, at: Span, text: string, where: "before" | "after" = "after"): Edit {
  const { lines } = document;
  const line = where === "before" ? lines.line(at.start) : lines.line(Math.max(at.start, at.end - 1));
  const indent = /^[ \t]*/.exec(document.text.slice(lines.start(lines.line(at.start)), lines.end(lines.line(at.start))))?.[0] ?? "";
  const block = text.split("\n").map((one) => indent + one);
  const end = newline(document);
  if (where === "before") return replace({ start: lines.start(line), end: lines.start(line) }, block.map((one) => one + end).join(""));
  const place = lines.end(line);
  const hasEnd = place < document.text.length;
  const clean = document.text[place - 1] === "\r" ? place - 1 : place;
  return hasEnd
    ? replace({ start: clean, end: clean }, block.map((one) => end + one).join(""))
    : replace({ start: place, end: place }, block.map((one) => end + one).join(""));
}

/** A new directive at the end of a block of nginx, or beside one. */
export function addDirective(document: Document, after: Nested, text: string): FileEdit {
  return inFile(document.uri, insertLine(document, after.directive.span, text));
}

/** Fixes whose edit could not be made are left out. */
export function fixes(...all: readonly (Fix | undefined | false)[]): readonly Fix[] {
  return all.filter((fix): fix is Fix => fix !== undefined && fix !== false && fix.edits.length > 0);
}

export const suggest = (title: string, ...edits: readonly (FileEdit | undefined)[]): Fix | undefined =>
  edits.some((edit) => edit === undefined) ? undefined : suggestion(title, ...edits.filter((edit) => edit !== undefined));
export const fixSafely = (title: string, ...edits: readonly (FileEdit | undefined)[]): Fix | undefined => {
  const fix = suggest(title, ...edits);
  return fix && { ...fix, safe: true };
};
