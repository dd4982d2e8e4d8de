/** Parts of a text that another program fills in before uWSGI reads it: Jinja, ERB, envsubst and `__NAME__` marks. */
import { type Span, span } from "../text/span";

/** Markup of a template engine: it may hold anything, percents too. */
const MARKUP = /\{\{[^\n]{0,500}?\}\}|\{%[^\n]{0,500}?%\}|\{#[^\n]{0,500}?#\}|<%[^\n]{0,500}?%>/g;
/** Marks that are replaced by a plain value. */
const MARKS =
  /\$\{\w{1,80}(?::?-[^}\n]{0,200})?\}|(?<![$%\w])\{[A-Z][A-Z0-9_]{2,60}\}|(?<![\w-])__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__(?![\w-])/g;

/** Where a template engine writes into the text. */
export const templateRegions = (text: string): readonly Span[] =>
  Array.from(text.matchAll(MARKUP), (found) => span(found.index, found.index + found[0].length));

/** Parts of a value that are not known because something else writes them. */
export function templateHoles(value: string): readonly Span[] {
  const regions = templateRegions(value);
  const isInside = regionsAt(regions);
  const marks = Array.from(value.matchAll(MARKS), (found) => span(found.index, found.index + found[0].length));
  return [...regions, ...marks.filter((mark) => !isInside(mark.start))].sort((a, b) => a.start - b.start);
}

/** Asks in ascending order whether a place lies in one of the regions. */
export function regionsAt(regions: readonly Span[]): (at: number) => boolean {
  let index = 0;
  return (at) => {
    while ((regions[index]?.end ?? Number.POSITIVE_INFINITY) <= at) index++;
    return (regions[index]?.start ?? Number.POSITIVE_INFINITY) <= at;
  };
}

const STATEMENT = /\{%[-+]?\s*(\w+)[^\n]{0,500}?%\}|<%[-=]?\s*(\w+)[^\n]{0,500}?%>/g;
const OPENS = /^(?:if|for|macro|call|filter|raw|each|unless|case|while)$/;
const CLOSES = /^(?:end\w*)$/;

/** How many conditions and loops of the template a line opens (or closes, below zero). */
export function templateDepth(line: string): number {
  let depth = 0;
  for (const [whole, jinja, erb] of line.matchAll(STATEMENT)) {
    const word = jinja ?? erb ?? "";
    if (OPENS.test(word) || (erb !== undefined && /\bdo\b[^%]*%>$/.test(whole))) depth++;
    else if (CLOSES.test(word)) depth--;
  }
  return depth;
}

/** A line that holds statements of the template and nothing else. */
export const isTemplateLine = (line: string): boolean => /^\s*(?:\{[%#]|<%)/.test(line) && line.replace(MARKUP, "").trim() === "";
