/** Edits of uWSGI options, in each of the formats that it reads. Where a layout is not plain there is no edit. */
import { optionOf } from "../facts/uwsgi";
import type { Document } from "../model/document";
import type { Span } from "../text/span";
import type { Setting } from "../workspace/effective";
import type { Workspace } from "../workspace/workspace";
import { inFile, insertLine, removeLine, replace } from "./edits";
import type { FileEdit } from "./rule";

type Writing = {
  /** A value as it stands in the file. */
  value(text: string): string;
  /** A whole option as a line that can stand before another option. */
  option(key: string, value: string): string;
};

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
/** Texts that mean themselves in YAML. */
const PLAIN = /^[\w/.@+-][\w/.@:=,+-]*$/;
const scalar = (text: string): string => (PLAIN.test(text) && !text.endsWith(":") ? text : JSON.stringify(text));

const WRITINGS: Readonly<Record<string, Writing>> = {
  yaml: { value: scalar, option: (key, value) => `${key}: ${scalar(value)}` },
  json: { value: (text) => JSON.stringify(text), option: (key, value) => `${JSON.stringify(key)}: ${JSON.stringify(value)},` },
  xml: { value: escaped, option: (key, value) => `<${key}>${escaped(value)}</${key}>` },
};

/** The edit that gives an option a value: in place where it is written, else on a new line beside `anchor`. */
export function setOption(
  workspace: Workspace,
  existing: Setting | undefined,
  anchor: Setting,
  key: string,
  value: string,
): FileEdit | undefined {
  const at = existing?.origin;
  if (at && existing.valueOrigin?.uri === at.uri) return inPlace(workspace.get(at.uri), at.span, existing.valueOrigin.span, key, value);
  const place = anchor.origin;
  const document = place && workspace.get(place.uri);
  if (!place || !document) return undefined;
  return document.language === "uwsgi" ? newOption(document, place.span, key, value) : newArgument(document, place.span, key, value);
}

/** `--key value` or `--key=value`, as a shell, a unit and most others take it, without quotes. */
const ARGUMENT = /^--[\w-]+(?:(?:=| +)[^\s"'\\,[\]]+)?$/;
const WORD = /^[\w/.:@%+=,-]+$/;

function newArgument({ uri, text }: Document, { start, end }: Span, key: string, value: string): FileEdit | undefined {
  if (!ARGUMENT.test(text.slice(start, end)) || /["']/.test(text.charAt(start - 1)) || !WORD.test(value)) return undefined;
  const isFlag = optionOf(key)?.arg === "none";
  return isFlag && value !== "true" ? undefined : inFile(uri, replace({ start: end, end }, isFlag ? ` --${key}` : ` --${key}=${value}`));
}

function changedArgument({ uri, text }: Document, span: Span, key: string, value: string): FileEdit | undefined {
  const written = text.slice(span.start, span.end);
  const between = /^--[\w-]+(=| +)/.exec(written)?.[1];
  return between && ARGUMENT.test(written) && WORD.test(value) ? inFile(uri, replace(span, `--${key}${between}${value}`)) : undefined;
}

function inPlace(document: Document | undefined, span: Span, valueSpan: Span, key: string, value: string): FileEdit | undefined {
  if (!document) return undefined;
  if (document.language !== "uwsgi") return changedArgument(document, span, key, value);
  if (document.format === "ini") {
    const isBare = !document.text.slice(span.start, span.end).includes("=");
    return inFile(document.uri, isBare ? replace(span, `${key} = ${value}`) : replace(valueSpan, value));
  }
  if (valueSpan.start === valueSpan.end || value.includes("\n")) return undefined;
  const writing = WRITINGS[document.format];
  return writing && inFile(document.uri, replace(valueSpan, writing.value(value)));
}

function newOption(document: Document, beside: Span, key: string, value: string): FileEdit | undefined {
  if (document.format === "ini") return inFile(document.uri, insertLine(document, beside, `${key} = ${value}`));
  const writing = WRITINGS[document.format];
  if (!writing || value.includes("\n") || !startsLine(document, beside)) return undefined;
  return inFile(document.uri, insertLine(document, beside, writing.option(key, value), "before"));
}

/** Gives an option another name. */
export function renameOption(document: Document, option: Span, name: Span, to: string): FileEdit {
  // On a command line name and value are one word, or two.
  const dashed = document.language === "uwsgi" ? null : /^--[\w-]+/.exec(document.text.slice(option.start, option.end));
  if (dashed) return inFile(document.uri, replace({ start: option.start, end: option.start + dashed[0].length }, `--${to}`));
  const closing = /<\/[^<>]*>$/.exec(document.text.slice(option.start, option.end));
  if (document.format === "xml" && closing) {
    const start = option.start + closing.index;
    return inFile(document.uri, replace(name, to), replace({ start, end: option.end }, `</${to}>`));
  }
  return inFile(document.uri, replace(name, document.format === "json" ? JSON.stringify(to) : to));
}

/** Takes an option out, unless it stands among others or is one of a list. */
export function removeOption(document: Document, option: Span): FileEdit | undefined {
  if (document.language !== "uwsgi" && /^--/.test(document.text.slice(option.start, option.end))) return removeArgument(document, option);
  if (document.language !== "uwsgi" || document.format === "ini") return inFile(document.uri, removeLine(document, option));
  const written = document.text.slice(option.start, option.end);
  if (!startsLine(document, option) || /[\n[]/.test(written)) return undefined;
  if (document.format !== "json") return inFile(document.uri, removeLine(document, option));
  // The last one leaves a comma behind, which is the one before it.
  const isLast = !/^\s*,/.test(document.text.slice(option.end, option.end + 200));
  const before = /,\s*$/.exec(document.text.slice(0, option.start));
  if (!isLast) return inFile(document.uri, removeLine(document, option));
  return before ? inFile(document.uri, replace({ start: before.index, end: option.end }, "")) : undefined;
}

function removeArgument({ uri, text }: Document, { start, end }: Span): FileEdit | undefined {
  const before = /[ \t]+$/.exec(text.slice(Math.max(0, start - 50), start))?.[0].length ?? 0;
  return ARGUMENT.test(text.slice(start, end)) && before > 0 ? inFile(uri, replace({ start: start - before, end }, "")) : undefined;
}

function startsLine(document: Document, { start }: Span): boolean {
  const { lines, text } = document;
  return text.slice(lines.start(lines.line(start)), start).trim() === "";
}
