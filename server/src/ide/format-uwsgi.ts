/**
 * Formats uWSGI ini files by changing blanks only: no indentation, no blanks at the ends of lines, one way around the equals sign, one
 * empty line at most. What follows a percent sign is never touched: there even a blank or a line's end is a magic letter.
 */
import { parseUwsgiIni } from "../syntax/uwsgi-ini";
import { applyEdits, type Edit, overlaps, type Span } from "../text/span";

export function formatUwsgi(text: string, range?: Span): readonly Edit[] {
  const tree = parseUwsgiIni(text);
  if (tree.problems.length > 0 || text.includes("\0") || text.includes("\uFEFF")) return [];
  const spaced = prefersBlanks(text);
  const all = lineEdits(text, spaced);
  const wanted = applyEdits(text, all);
  // What uWSGI reads must be the same; where it is not, nothing is changed.
  if (meaning(wanted) !== meaning(text)) return [];
  return range ? all.filter((edit) => overlaps(edit.span, range)) : all;
}

/** Keys and values in their sections, as uWSGI sees them. */
const meaning = (text: string): string =>
  JSON.stringify(
    parseUwsgiIni(text).directives.map(({ name, args, body }) => [
      name.text,
      args.map((word) => word.text),
      body?.map((one) => [one.name.text, one.args.map((word) => word.text)]),
    ]),
  );

/** Whether most lines of the file have blanks around the equals sign. */
function prefersBlanks(text: string): boolean {
  const all = Array.from(text.matchAll(/(?<![^\n])[ \t]*[^\s;#[=][^=\n]*=/g), ([head]) => /[ \t]=$/.test(head.slice(-2)));
  return all.filter(Boolean).length * 2 >= all.length;
}

const LINE = /([^\n]*)(\n|$)/y;

function lineEdits(text: string, spaced: boolean): readonly Edit[] {
  const edits: Edit[] = [];
  let empty = 0;
  let first = true;
  let joined = false;
  const filled = text.trimEnd().length;
  LINE.lastIndex = 0;
  while (LINE.lastIndex < text.length) {
    const start = LINE.lastIndex;
    const [, line = "", end = ""] = LINE.exec(text) ?? [];
    const body = line.replace(/\r$/, "");
    const edit = (from: number, to: number, wanted: string): void => {
      if (text.slice(start + from, start + to) !== wanted && text[start + from - 1] !== "%")
        edits.push({ span: { start: start + from, end: start + to }, text: wanted });
    };
    if (body.trim() === "" && !joined) {
      empty++;
      const last = start + line.length + end.length >= filled;
      if (first || empty > 1 || last) edits.push({ span: { start, end: start + line.length + end.length }, text: "" });
      else edit(0, body.length, "");
    } else {
      if (!joined) formatLine(body, edit, spaced);
      empty = 0;
      first = false;
    }
    joined = /%[ \t\r]*$/.test(body);
    if (end === "") break;
  }
  return edits;
}

function formatLine(line: string, edit: (from: number, to: number, wanted: string) => void, spaced: boolean): void {
  const start = line.search(/[^ \t]/);
  const trimmed = line.trimEnd();
  edit(0, start, "");
  const equals = /^[;#[]/.test(trimmed.slice(start)) ? -1 : line.indexOf("=");
  const key = line.slice(0, Math.max(0, equals)).trimEnd().length;
  if (key > start) {
    const value = equals + 1 + (/^[ \t]*/.exec(line.slice(equals + 1))?.[0].length ?? 0);
    edit(key, equals, spaced ? " " : "");
    if (value < trimmed.length) edit(equals + 1, value, spaced ? " " : "");
    else if (trimmed.length > equals + 1) return;
  }
  if (!/%[ \t\r]*$/.test(line)) edit(Math.max(trimmed.length, equals + 1), line.length, "");
}
