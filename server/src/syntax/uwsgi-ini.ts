/**
 * uWSGI's own ini dialect, line by line as uWSGI reads it: no quotes, no inline comments, no continuation lines. A header loses its
 * last character whatever that is, and a section may come back. It never fails: every text is a tree.
 */
import { t } from "../text/l10n";
import type { Span } from "../text/span";
import { joinLines, type Mapped } from "./magic";
import { type Directive, oneOf, type Problem, type Tree, type Word } from "./tree";
import { percentProblems } from "./uwsgi-percent";

/** The file as it is written: `%x` letters stand, and only lines that a percent joins are one. */
export function parseUwsgiIni(text: string): Tree {
  const tree = parseIniLines(joinLines(text));
  const percents = percentProblems(text, tree.comments);
  return percents.length ? { ...tree, problems: [...tree.problems, ...percents] } : tree;
}

type Section = { readonly header: Line; readonly name: Word; readonly body: Directive[] };
/** A line without the blanks around it: offsets in the mapped text. */
type Line = { readonly start: number; readonly end: number };

export function parseIniLines(source: Mapped): Tree {
  const { text } = source;
  const top: Directive[] = [];
  const comments: Span[] = [];
  const problems: Problem[] = [];
  let section: Section | undefined;
  /** The same few names come over and over: as one string each they are quick to look up. */
  const names = new Map<string, string>();
  const close = (end: number): void => {
    if (section) top.push(block(source, section, end));
  };
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const line = trimmed(text, start, newline < 0 ? text.length : newline);
    const first = text.charAt(line.start);
    if (line.end === line.start) {
      // Nothing on it.
    } else if (first === "[") {
      close(start);
      section = { header: line, name: headerName(source, line, problems), body: [] };
    } else if (first === ";" || first === "#") {
      comments.push(source.span(line.start, line.end));
    } else {
      (section?.body ?? top).push(option(source, line, names));
      if (first === "\uFEFF") problems.push(hiddenFirstLine(source, line));
    }
    start = next;
  }
  close(text.length);
  return { directives: top.slice(), comments, problems };
}

const NONE: readonly Word[] = [];

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d;

/** A NUL byte ends a line before its blanks are cut. */
function trimmed(text: string, from: number, to: number): Line {
  let start = from;
  let end = to;
  for (let at = from; at < to; at++)
    if (text.charCodeAt(at) === 0) {
      end = at;
      break;
    }
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

function word(source: Mapped, from: number, to: number): Word {
  return { span: source.span(from, to), text: source.text.slice(from, to) };
}

function option(source: Mapped, line: Line, names: Map<string, string>): Directive {
  const found = source.text.slice(line.start, line.end).indexOf("=");
  const equals = found < 0 ? line.end : line.start + found;
  const key = trimmed(source.text, line.start, equals);
  const value = trimmed(source.text, equals + 1, line.end);
  return {
    span: source.span(line.start, line.end),
    name: { span: source.span(key.start, key.end), text: oneOf(names, source.text.slice(key.start, key.end)) },
    args: found < 0 ? NONE : [word(source, value.start, Math.max(value.start, value.end))],
  };
}

function headerName(source: Mapped, line: Line, problems: Problem[]): Word {
  const { text } = source;
  const name = word(source, line.start + 1, Math.max(line.start + 1, line.end - 1));
  const report = (message: string): void => {
    problems.push({ code: "header-malformed", span: source.span(line.start, line.end), message });
  };
  if (line.end - line.start < 2 || text.charAt(line.end - 1) !== "]")
    report(t`A section header must end with "]": uWSGI drops its last character and reads the section "${name.text}".`);
  else if (name.text !== name.text.trim()) report(t`Blanks between the brackets belong to the name: this is the section "${name.text}".`);
  return name;
}

function block(source: Mapped, { header, name, body }: Section, end: number): Directive {
  return { span: source.span(header.start, end), name, args: NONE, body: body.slice(), bodySpan: source.span(header.end, end) };
}

const hiddenFirstLine = (source: Mapped, line: Line): Problem => ({
  code: "byte-order-mark",
  span: source.span(line.start, line.start + 1),
  message: t`A byte order mark stands before the first line, so uWSGI takes that line for an option and not for what it looks like.`,
});
