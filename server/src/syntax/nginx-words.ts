/**
 * Words and gaps of nginx text, by the rules of nginx's own reader: a quote counts only where a word begins, a backslash takes the next
 * character with it, `${` keeps a brace inside a word, `#` starts a comment only between words. Regions of template languages are opaque.
 */
import { t } from "../text/l10n";
import { empty, type Span, span } from "../text/span";
import { oneOf, type Problem, type Word } from "./tree";

/** nginx reads through a buffer of this many bytes; a word or comment must fit with the character after it. */
const bufferBytes = 4096;

const [tab, lf, cr, space, doubleQuote, hash, dollar, percent, singleQuote, semicolon, less, backslash, open, close] = [
  9, 10, 13, 32, 34, 35, 36, 37, 39, 59, 60, 92, 123, 125,
] as const;
export const code = { semicolon, open, close, roundClose: 41 } as const;

export const isSpace = (char: number): boolean => char === space || char === tab || char === lf || char === cr;

export type Reader = {
  readonly text: string;
  at: number;
  readonly comments: Span[];
  readonly templates: Span[];
  readonly problems: Problem[];
  /** Where each template closer was last found, so that many openers without one cost a single search. */
  readonly closers: Map<string, number>;
  /** Kinds of quote already found without an end. */
  readonly unclosed: Set<number>;
  /** The same few names come over and over: as one string each they are quick to look up. */
  readonly names: Map<string, string>;
};

export const reader = (text: string): Reader => ({
  text,
  at: 0,
  comments: [],
  templates: [],
  problems: [],
  closers: new Map(),
  unclosed: new Set(),
  names: new Map(),
});

export function report(from: Reader, place: Span, message: string, more: Partial<Pick<Problem, "code" | "lacks">> = {}): void {
  from.problems.push({ code: "nginx-syntax", span: place, message, ...more });
}

/** Steps over blanks and comments. */
export function skipGap(from: Reader): void {
  const { text } = from;
  for (; from.at < text.length; from.at++) {
    const char = text.charCodeAt(from.at);
    if (char === hash) {
      const start = from.at;
      const end = text.indexOf("\n", start);
      from.at = end < 0 ? text.length : end;
      from.comments.push(span(start, end > start && text.charCodeAt(end - 1) === cr ? end - 1 : from.at));
      checkLength(from, start, from.at, "comment");
    } else if (!isSpace(char)) return;
  }
}

/**
 * Reads the word that begins here. The reader stands on a character that is no blank, brace, semicolon or comment. Nothing, where the name
 * of a directive begins with a quote that has no end: the quote is then a slip, and the name follows it.
 */
export function readWord(from: Reader, isName = false): Word | undefined {
  const start = from.at;
  const first = from.text.charCodeAt(start);
  if (first === doubleQuote || first === singleQuote) return readQuoted(from, first, isName);
  scanBare(from);
  if (from.at > start) checkLength(from, start, from.at, "word");
  const text = value(from.text.slice(start, from.at));
  return { span: span(start, from.at), text: isName ? oneOf(from.names, text) : text };
}

function scanBare(from: Reader): void {
  const { text } = from;
  let variable = false;
  for (let at = from.at; ; at++) {
    const char = text.charCodeAt(at);
    if (at >= text.length) {
      from.at = text.length;
      return;
    }
    const region = char === open || char === less ? templateEnd(from, at) : undefined;
    if (region !== undefined) {
      from.templates.push(span(at, region));
      at = region - 1;
      variable = false;
    } else if (char === open && variable) {
      // nginx: the braces of ${name} do not end the word.
      notePlaceholder(from, at);
    } else if (isSpace(char) || char === semicolon || char === open) {
      from.at = at;
      return;
    } else {
      variable = char === dollar;
      if (char === backslash) at++;
    }
  }
}

function readQuoted(from: Reader, quote: number, isName: boolean): Word | undefined {
  const { text } = from;
  const start = from.at;
  const mark = quote === doubleQuote ? '"' : "'";
  let variable = false;
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    const region = char === open || char === less ? templateEnd(from, at) : undefined;
    if (region !== undefined) {
      from.templates.push(span(at, region));
      at = region - 1;
      variable = false;
    } else if (char === open && variable) {
      // As in a bare word.
      notePlaceholder(from, at);
    } else if (char === quote) {
      from.at = at + 1;
      checkLength(from, start + 1, at + 1, "word");
      return { span: span(start, from.at), text: value(text.slice(start + 1, at)), quote: mark };
    } else {
      variable = char === dollar;
      if (char === backslash) at++;
    }
  }
  return readUnclosed(from, quote, mark, isName);
}

/** A quote without an end swallows the file. To go on, take it as closed at the first semicolon or at the end of its line. */
function readUnclosed(from: Reader, quote: number, mark: '"' | "'", isName: boolean): Word | undefined {
  const { text } = from;
  const start = from.at;
  report(from, span(start, start + 1), t`This ${mark} is never closed`, { lacks: "quote" });
  let end = text.length;
  if (isName && !from.unclosed.has(quote)) {
    from.unclosed.add(quote);
    while (from.templates.length > 0 && (from.templates.at(-1)?.end ?? 0) > start) from.templates.pop();
    from.at = start + 1;
    return undefined;
  }
  if (!from.unclosed.has(quote)) {
    from.unclosed.add(quote);
    for (end = start + 1; end < text.length; end++) {
      const char = text.charCodeAt(end);
      if (char === lf || char === semicolon) break;
    }
  }
  while (from.templates.length > 0 && (from.templates.at(-1)?.end ?? 0) > end) from.templates.pop();
  from.at = end;
  return { span: span(start, end), text: value(text.slice(start + 1, end)), quote: mark };
}

/** What nginx makes of a word: escaped quotes and backslashes, and \t \r \n; any other backslash stays. */
function value(written: string): string {
  if (!written.includes("\\")) return written;
  return written.replace(/\\(["'\\trn])/g, (_, char: string) => (char === "t" ? "\t" : char === "r" ? "\r" : char === "n" ? "\n" : char));
}

/** Counts bytes only where the characters could be too many. `end` is the place of the character that ends the word. */
function checkLength(from: Reader, start: number, end: number, what: "word" | "comment"): void {
  if ((end - start) * 3 < bufferBytes || end >= from.text.length) return;
  let bytes = 1;
  for (let at = start; at < end; at++) {
    const char = from.text.charCodeAt(at);
    bytes += char < 0x80 ? 1 : char < 0x800 || (char >= 0xd800 && char < 0xe000) ? 2 : 3;
  }
  if (bytes <= bufferBytes) return;
  const [size, most] = [bytes - 1, bufferBytes - 1];
  const message =
    what === "word" ? t`A word of ${size} bytes: nginx reads at most ${most}` : t`A comment of ${size} bytes: nginx reads at most ${most}`;
  report(from, span(start, end), message);
}

/**
 * The end of a template region that begins here: `{{ … }}` on one line, `{% … %}`, `<% … %>`, `{NAME}`. nginx itself would refuse the first brace
 * of each, so no valid file is read differently.
 */
export function templateEnd(from: Reader, at: number): number | undefined {
  const { text } = from;
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  if (first === less) return second === percent ? closed(from, at, "%>") : undefined;
  if (first !== open) return undefined;
  if (second === percent) return closed(from, at, "%}");
  if (second !== open) return formatField(text, at);
  const end = closed(from, at, "}}");
  const line = end === undefined ? -1 : nextPlace(from, "\n", at);
  return line >= 0 && end !== undefined && line < end ? undefined : end;
}

const PLACEHOLDER = /\{[\w-]*\.[\w.:-]*\}/y;

/** `${name.of.a.property}`: no variable of nginx has a dot, so something else fills it in. */
function notePlaceholder(from: Reader, at: number): void {
  PLACEHOLDER.lastIndex = at;
  const found = PLACEHOLDER.exec(from.text);
  if (found) from.templates.push(span(at - 1, at + found[0].length));
}

const FIELD = /\{[A-Z][A-Z0-9_]{2,60}\}/y;

/** `{PROJECT_PATH}` of Python's `format`. */
function formatField(text: string, at: number): number | undefined {
  FIELD.lastIndex = at;
  return FIELD.test(text) ? FIELD.lastIndex : undefined;
}

/** Jinja's `{# … #}`, only where a directive could begin: after a name `{#` is a block that begins with a comment. */
export const templateComment = (from: Reader): number | undefined =>
  from.text.startsWith("{#", from.at) ? closed(from, from.at, "#}") : undefined;

function closed(from: Reader, at: number, closer: string): number | undefined {
  const place = nextPlace(from, closer, at + 2);
  if (place < 0) return undefined;
  // Three braces in a row belong to the inner pair first: {{ {a: {b}} }} is rare, {{{ raw }}} is not.
  return closer === "}}" && from.text.charCodeAt(place + 2) === close && from.text.charCodeAt(at + 2) === open ? place + 3 : place + 2;
}

function nextPlace(from: Reader, what: string, at: number): number {
  const known = from.closers.get(what);
  if (known !== undefined && (known < 0 || known >= at)) return known;
  const place = from.text.indexOf(what, at);
  from.closers.set(what, place);
  return place;
}

/** Reports it behind the last word of the directive. */
export function missingSemicolon(from: Reader, words: readonly Word[]): void {
  const last = words.at(-1);
  if (last) report(from, empty(last.span.end), t`A ";" is missing behind "${last.text.slice(0, 60)}"`, { code: "nginx-missing-semicolon" });
}
