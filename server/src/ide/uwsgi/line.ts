/** The line being typed. What is half written is no tree yet, so this looks at the text itself. */
import type { Document } from "../../model/document";
import type { Span } from "../../text/span";

export type Line =
  | { readonly part: "name"; readonly span: Span; readonly hasValue: boolean }
  | { readonly part: "value"; readonly name: string; readonly span: Span; readonly text: string }
  | { readonly part: "header"; readonly span: Span }
  /** A comment, or outside of what can be completed. */
  | { readonly part: "comment" };

/** The separator between a key and its value, as the format has it. */
const SEPARATOR = { ini: /=/, yaml: /:(?=\s|$)/, json: /"\s*:\s*"?/, xml: />/ } as const;
const OPENING = { ini: /^[ \t\r]*/, yaml: /^[ \t]*(?:-[ \t]+)?/, json: /^[\s{,]*"?/, xml: /^[\s]*<?/ } as const;

export function lineAt(document: Document, offset: number): Line {
  const { text, lines, format } = document;
  const { start, end } = lines.span(lines.line(offset));
  const line = text.slice(start, end).replace(/\r$/, "");
  const from = OPENING[format].exec(line)?.[0].length ?? 0;
  const first = line[from];
  if ((format === "ini" || format === "yaml") && (first === "#" || (first === ";" && format === "ini")) && offset > start + from)
    return { part: "comment" };
  if (format === "ini" && first === "[") {
    const close = line.lastIndexOf("]");
    const span = { start: start + from + 1, end: close > from ? start + close : Math.max(offset, start + line.trimEnd().length) };
    return span.start <= offset && offset <= span.end ? { part: "header", span } : { part: "comment" };
  }
  const separator = SEPARATOR[format].exec(line.slice(from));
  const nameEnd = from + (separator ? separator.index : line.slice(from).trimEnd().length);
  if (!separator || offset <= start + nameEnd) {
    const nameText = line.slice(from, nameEnd).trimEnd();
    return {
      part: "name",
      span: { start: Math.min(start + from, offset), end: Math.max(offset, start + from + nameText.length) },
      hasValue: separator !== null,
    };
  }
  const name = line.slice(from, nameEnd).trim().replace(/^"/, "");
  const rest = line.slice(nameEnd + separator[0].length);
  const lead = rest.length - rest.trimStart().length;
  const valueStart = Math.min(offset, start + nameEnd + separator[0].length + lead);
  const value = closing(rest.trim(), format);
  return {
    part: "value",
    name,
    span: { start: valueStart, end: Math.max(offset, valueStart + value.length) },
    text: text.slice(valueStart, Math.max(offset, valueStart + value.length)),
  };
}

/** Without what ends a value in the format. */
function closing(value: string, format: Document["format"]): string {
  if (format === "json") return value.replace(/"?[\s,}]*$/, "");
  if (format === "xml") return value.replace(/<\/?[^<]*$/, "");
  return value;
}

/** The section the line stands in; undefined before the first header of an ini file. */
export function sectionAt(document: Document, offset: number): string | undefined {
  return document.tree.directives.findLast((directive) => directive.body && directive.span.start <= offset)?.name.text;
}
