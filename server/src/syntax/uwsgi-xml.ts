/** XML as uWSGI reads it through libxml2: each element in `<uwsgi>` is an option, its first piece of text the value, untrimmed. */

import { SaxesParser, type SaxesTagPlain } from "saxes";
import { t } from "../text/l10n";
import type { Span } from "../text/span";
import type { Mapped } from "./magic";
import { inWords } from "./reader-words";
import type { Directive, Problem, Tree, Word } from "./tree";

type Kind = "text" | "element" | "other";
/** An element while it is open. `first` is the first thing in it: only a text there becomes the value. */
type Open = {
  readonly name: Word;
  readonly start: number;
  readonly id: string | undefined;
  /** What an `<app>` of old stands before: its mountpoint, or its domain with a bar. */
  readonly mountpoint: string | undefined;
  readonly contentStart: number;
  readonly body: Directive[];
  first: { kind: Kind; text: string; start: number; end: number } | undefined;
  second: Kind | undefined;
};

const MOST_PROBLEMS = 20;

export function parseXml(source: Mapped): Tree {
  const problems: Problem[] = [];
  const comments: { start: number; end: number }[] = [];
  const top: Directive[] = [];
  const open: Open[] = [];
  const parser = new SaxesParser({ position: true, xmlns: false });
  /** Behind the last character the parser counts one more. */
  const at = (): number => Math.min(parser.position, source.text.length);
  let contentStart = 0;

  const piece = (kind: Kind, text: string): void => {
    const element = open.at(-1);
    if (!element) return;
    const last = element.first;
    // A text is known to be over when the next tag has begun.
    if (!last) element.first = { kind, text, start: contentStart, end: kind === "text" ? at() - 1 : at() };
    else if (kind === "text" && last.kind === "text" && !element.second) element.first = { ...last, text: last.text + text };
    else element.second ??= kind;
  };
  parser.on("error", (error) => {
    if (problems.length < MOST_PROBLEMS)
      problems.push({
        code: "xml-error",
        span: source.span(Math.max(0, at() - 1), at()),
        message: t`This is no XML: uWSGI refuses to start. ${inWords(error.message.replace(/^\d+:\d+: /, ""))}`,
      });
  });
  parser.on("opentag", (tag: SaxesTagPlain) => {
    piece("element", "");
    open.push(element(source, tag, at()));
    contentStart = at();
  });
  parser.on("text", (text) => {
    piece("text", text);
    contentStart = at();
  });
  parser.on("cdata", (text) => {
    // Directly in the section it is code to be run.
    if (open.at(-1)?.name.text === "uwsgi") open.at(-1)?.body.push(code(source, at(), text));
    else piece("other", text);
  });
  parser.on("processinginstruction", ({ body }) => piece("other", body));
  parser.on("comment", (text) => {
    comments.push(source.span(Math.max(0, at() - text.length - "<!---->".length), at()));
    piece("other", text);
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (closed) (open.at(-1)?.body ?? top).push(...directives(source, closed, at(), open.length, problems));
    contentStart = at();
  });
  try {
    parser.write(source.text).close();
  } catch {
    problems.push({
      code: "xml-error",
      span: source.span(0, Math.min(1, source.text.length)),
      message: t`This is no XML: uWSGI refuses to start.`,
    });
  }
  return { directives: top, comments, problems };
}

function element(source: Mapped, tag: SaxesTagPlain, end: number): Open {
  const start = source.text.lastIndexOf(`<${tag.name}`, end);
  const from = Math.max(0, start) + 1;
  const local = tag.name.slice(tag.name.indexOf(":") + 1);
  const name = { span: source.span(from, from + tag.name.length), text: local };
  return {
    name,
    start: Math.max(0, start),
    id: tag.attributes.id,
    mountpoint: tag.attributes.mountpoint ?? (tag.attributes.domain === undefined ? undefined : `${tag.attributes.domain}|`),
    contentStart: end,
    body: [],
    first: undefined,
    second: undefined,
  };
}

function code(source: Mapped, end: number, text: string): Directive {
  const span = source.span(Math.max(0, end - text.length - "<![CDATA[]]>".length), end);
  return { span, name: { span, text: "eval" }, args: [{ span, text }] };
}

/** The depth is that of the parent: 0 for the root. */
function directives(source: Mapped, open: Open, end: number, depth: number, problems: Problem[]): readonly Directive[] {
  const { name, first, body, id } = open;
  const span = source.span(open.start, end);
  const idWord: readonly Word[] = id === undefined ? [] : [{ span: name.span, text: id }];
  if (depth === 0 && !first && !body.length) return [{ span, name, args: idWord }];
  if (depth === 0 || name.text === "uwsgi") return [{ span, name, args: idWord, body, bodySpan: source.span(open.contentStart, end) }];
  const isApp = name.text === "app";
  // The text of `<script>` in the old form; the blanks before it are the first thing.
  const inner = body[0]?.args[0];
  if (isApp && open.second === "element" && inner && inner.span.end > inner.span.start) return mounted(open, span, inner);
  if (isApp && (open.second || first?.kind === "element")) return [];
  if (body.length) {
    const at = { code: "xml-nested-element", span: name.span };
    if (first?.kind === "text") problems.push({ ...at, message: t`uWSGI takes only the text before the first element.` });
    else problems.push({ ...at, message: t`An option with an element in it makes uWSGI crash.`, fatal: true });
  } else if (open.second)
    problems.push({
      code: "xml-split-text",
      span: name.span,
      message: t`Only the text up to the first comment or CDATA section is the value.`,
    });
  const value: Word = first
    ? { span: source.span(open.contentStart, Math.max(open.contentStart, first.end)), text: first.text }
    : { span: source.span(end, end), text: "1" };
  const option: Directive = { span, name, args: [value, ...idWord] };
  if (!isApp) return [option];
  return mounted(open, span, value).slice(first ? 0 : 1);
}

/** What an `<app>` becomes: a mount, and a key that nobody reads. */
function mounted({ name, mountpoint }: Open, span: Span, value: Word): readonly Directive[] {
  const text = mountpoint === undefined ? value.text : `${mountpoint}=${value.text}`;
  return [
    { span, name: { span: name.span, text: "mount" }, args: [{ span: value.span, text }] },
    { span, name, args: [{ span: value.span, text: "" }] },
  ];
}
