/**
 * Formats nginx configuration by changing blanks between words only: one statement on a line, indented by its block, one blank before a
 * brace, at most one empty line. Words, strings, patterns and comments stay as they are written; a file that does not parse stays whole.
 */
import { parseNginx } from "../syntax/nginx";
import type { Directive } from "../syntax/tree";
import { type Edit, overlaps, type Span } from "../text/span";

export type FormatOptions = { readonly tabSize: number; readonly insertSpaces: boolean };

type Kind = "name" | "argument" | ";" | "{" | "}" | "comment";
type Token = Span & {
  readonly kind: Kind;
  /** Blocks around it. */
  readonly depth: number;
  /** It stands in a block that is written on one line and stays so. */
  readonly inLine: boolean;
  /** Columns between its words are kept: tables of types, maps and parameters. */
  readonly table: boolean;
};

/** Directives that are written as tables. */
const TABLE = /_param$/;

export function formatNginx(text: string, options: FormatOptions, range?: Span): readonly Edit[] {
  const tree = parseNginx(text);
  if (tree.problems.length > 0 || tree.templates?.length || text.includes("\0")) return [];
  const tokens = merge([...tokensOf(tree.directives, text)], tree.comments, text);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const edits: Edit[] = [];
  const columns = new Columns(text, options);
  let before: Token | undefined;
  let statement: Token | undefined;
  for (const token of [...tokens, undefined]) {
    const gap = { start: before?.end ?? 0, end: token?.start ?? text.length };
    const written = text.slice(gap.start, gap.end);
    const wanted = token ? gapBefore(token, before, statement, written, columns, eol) : before ? eol : "";
    if (wanted !== written && (!range || overlaps(gap, range))) edits.push({ span: gap, text: wanted });
    if (token?.kind === "name") statement = token;
    before = token;
  }
  return edits;
}

/** The blanks that belong between two tokens. */
function gapBefore(
  token: Token,
  before: Token | undefined,
  statement: Token | undefined,
  written: string,
  columns: Columns,
  eol: string,
): string {
  if (!before) return "";
  const newlines = written.split("\n").length - 1;
  const onItsLine = (depth: number, most = 1): string => eol.repeat(1 + Math.min(most, Math.max(0, newlines - 1))) + columns.indent(depth);
  const next = before.kind === "comment" || newlines > 0;
  switch (token.kind) {
    case "comment":
      if (newlines === 0) return written === "" ? " " : written;
      return onItsLine(token.depth, before.kind === "{" ? 0 : 1);
    case ";":
      return before.kind === "comment" ? eol + columns.indent(token.depth) : "";
    case "{":
      return before.kind === "comment" ? eol + columns.indent(token.depth) : " ";
    case "}":
      if (before.kind === "{" && newlines === 0) return token.inLine ? " " : "";
      return token.inLine ? " " : onItsLine(token.depth, 0);
    case "argument":
      if (next && statement) return eol + columns.continued(token, statement);
      return token.table && written !== "" ? written.replaceAll("\t", " ") : written === "" ? "" : " ";
    case "name":
      if (token.inLine && before.kind !== "comment") return " ";
      return onItsLine(token.depth, before.kind === "{" ? 0 : 1);
  }
}

/** Words and marks in the order of the text. No recursion: blocks may be nested as deep as they like. */
function* tokensOf(directives: readonly Directive[], text: string): Iterable<Token> {
  type Frame = {
    readonly list: readonly Directive[];
    index: number;
    readonly depth: number;
    readonly inLine: boolean;
    readonly table: boolean;
    readonly end?: number;
  };
  const open: Frame[] = [{ list: directives, index: 0, depth: 0, inLine: false, table: false }];
  for (let frame = open.at(-1); frame; frame = open.at(-1)) {
    const { depth, inLine, table } = frame;
    const it = frame.list[frame.index++];
    if (!it) {
      if (frame.end !== undefined) yield { kind: "}", start: frame.end - 1, end: frame.end, depth: depth - 1, inLine, table };
      open.pop();
      continue;
    }
    const aligned = table || TABLE.test(it.name.text);
    yield { kind: "name", ...it.name.span, depth, inLine, table: aligned };
    for (const word of it.args) yield { kind: "argument", ...word.span, depth, inLine, table: aligned };
    const { body, bodySpan, span } = it;
    if (!bodySpan) yield { kind: ";", start: span.end - 1, end: span.end, depth, inLine, table };
    // Lua text is one mark from brace to brace.
    else if (!body) yield { kind: "{", ...bodySpan, depth, inLine, table };
    else {
      const plain = body.every((one) => !one.bodySpan);
      const oneLine = inLine || (plain && body.length > 0 && !text.slice(span.start, span.end).includes("\n"));
      yield { kind: "{", start: bodySpan.start, end: bodySpan.start + 1, depth, inLine: oneLine, table };
      open.push({ list: body, index: 0, depth: depth + 1, inLine: oneLine, table: isTable(it), end: bodySpan.end });
    }
  }
}

const isTable = ({ name }: Directive): boolean => ["types", "map", "geo", "split_clients", "charset_map"].includes(name.text);

/** Puts the comments between the other tokens. Those in front of a closing brace belong into its block. */
function merge(tokens: readonly Token[], comments: readonly Span[], text: string): readonly Token[] {
  const all: Token[] = [];
  let next = 0;
  for (const token of [...tokens, undefined]) {
    for (let comment = comments[next]; comment && comment.start < (token?.start ?? text.length); comment = comments[++next]) {
      const depth = token ? token.depth + (token.kind === "}" ? 1 : 0) : 0;
      all.push({ kind: "comment", ...comment, depth, inLine: false, table: false });
    }
    if (token) all.push(token);
  }
  return all;
}

/** Blocks deeper than this are not indented further: nobody writes them, and the text would grow with the square of the depth. */
const DEEPEST = 50;

/** Indentation in the unit of the editor, and the columns of what is written. */
class Columns {
  readonly #text: string;
  readonly #options: FormatOptions;

  constructor(text: string, options: FormatOptions) {
    this.#text = text;
    this.#options = options;
  }

  indent(depth: number): string {
    return this.#blanks(Math.min(depth, DEEPEST) * this.#options.tabSize);
  }

  /** A line that goes on with a statement keeps its distance to it, but at least one step. */
  continued(token: Token, statement: Token): string {
    const least = (Math.min(statement.depth, DEEPEST) + 1) * this.#options.tabSize;
    const own = this.#columnOf(token.start);
    const first = this.#columnOf(statement.start);
    const wanted = own === undefined || first === undefined ? least : least - this.#options.tabSize + own - first;
    return this.#blanks(Math.max(least, Math.min(wanted, 200)));
  }

  #blanks(width: number): string {
    const { tabSize, insertSpaces } = this.#options;
    return insertSpaces ? " ".repeat(width) : "\t".repeat(Math.floor(width / tabSize)) + " ".repeat(width % tabSize);
  }

  /** The column of the first word of a line. */
  #columnOf(at: number): number | undefined {
    let column = 0;
    for (let place = this.#text.lastIndexOf("\n", at - 1) + 1; place < at; place++) {
      const char = this.#text[place];
      if (char === "\t") column += this.#options.tabSize - (column % this.#options.tabSize);
      else if (char === " ") column++;
      else return undefined;
    }
    return column;
  }
}
