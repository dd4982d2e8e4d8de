/**
 * Splits command lines into simple commands and these into words, each character with its place.
 * "shell": operators, comments, here-documents. "list": quotes only, as supervisor and compose split. "systemd": quotes, C escapes, a lone `;`.
 * What a shell would substitute (`$X`, `$(…)`) and templates (`{{ … }}`) are kept as they are written. The parentheses of a subshell stand
 * as commands of their own.
 */
import { type Collector, collect, collected, collector, type Taken } from "./taken";

export type Dialect = "shell" | "list" | "systemd";
export type Words = readonly Taken[];

type State = {
  readonly from: Taken;
  readonly dialect: Dialect;
  readonly commands: Taken[][];
  command: Taken[];
  word: Collector | undefined;
  wordStart: number;
  /** A redirection was read: the next word is its file. */
  redirected: boolean;
  /** Open parentheses of subshells. */
  depth: number;
  readonly hereDocuments: { readonly end: string; readonly tabs: boolean }[];
};

const OPERATORS = ";&|";
const TEMPLATE: Readonly<Record<string, string>> = { "{{": "}}", "{%": "%}", "<%": "%>" };
/** Its end is not looked for beyond this: many beginnings without an end must not cost more and more. */
const LONGEST_TEMPLATE = 1_000;

export function commandsOf(from: Taken, dialect: Dialect): readonly Words[] {
  const state: State = {
    from,
    dialect,
    commands: [],
    command: [],
    word: undefined,
    wordStart: 0,
    redirected: false,
    depth: 0,
    hereDocuments: [],
  };
  const { text } = from;
  for (let at = 0; at < text.length; ) at = step(state, text, at);
  endCommand(state, text.length);
  return state.commands;
}

/** The words of a text that holds one command. */
export const wordsOf = (from: Taken, dialect: Dialect): Words => commandsOf(from, dialect).flat();

/** Reads one thing and says where the next one starts. */
function step(state: State, text: string, at: number): number {
  const character = text[at] ?? "";
  const template = templateEnd(text, at, state.dialect);
  if (template > at) return copy(state, at, template);
  if (character === "\n" && state.dialect === "shell") return newLine(state, text, at);
  if (character === " " || character === "\t" || character === "\n" || character === "\r") return endWord(state, at);
  if (character === "'" || character === '"') return quoted(state, text, at, character);
  if (character === "\\") return escaped(state, text, at);
  if (state.dialect === "systemd") {
    if (character === ";" && !state.word && /\s|$/.test(text[at + 1] ?? " ")) return endCommand(state, at);
    return copy(state, at, at + 1);
  }
  if (state.dialect === "list") return copy(state, at, at + 1);
  if (character === "#" && !state.word) return lineEnd(text, at);
  if (character === "<" || character === ">") return redirection(state, text, at);
  if (character === "&" && text[at + 1] === ">") return redirection(state, text, at + 1);
  if (OPERATORS.includes(character)) return endCommand(state, at);
  if (character === "(" || character === ")") return parenthesis(state, text, at, character);
  if (character === "$" || character === "`") return copy(state, at, substitutionEnd(text, at));
  return copy(state, at, at + 1);
}

function open(state: State, at: number): Collector {
  if (!state.word) {
    state.word = collector();
    state.wordStart = at;
  }
  return state.word;
}

function copy(state: State, from: number, to: number): number {
  const word = open(state, from);
  for (let at = from; at < to; at++) collect(word, state.from, at);
  return to;
}

function endWord(state: State, at: number): number {
  const { word, from } = state;
  if (word) {
    const whole = { start: from.starts[state.wordStart] ?? from.whole.start, end: from.ends[at - 1] ?? from.whole.end };
    if (state.redirected) state.redirected = false;
    else state.command.push(collected(word, whole, from.exact));
    state.word = undefined;
  }
  return at + 1;
}

function endCommand(state: State, at: number): number {
  endWord(state, at);
  state.redirected = false;
  if (state.command.length > 0) state.commands.push(state.command);
  state.command = [];
  return at + 1;
}

/** `name=( … )` is a list of values; `word)` in a `case` is a pattern; the others start and end a subshell. */
function parenthesis(state: State, text: string, at: number, character: "(" | ")"): number {
  if (character === "(" && state.word?.text.endsWith("=")) return copy(state, at, closingEnd(text, at, ")"));
  if (character === ")" && state.depth === 0) {
    state.word = undefined;
    state.command = [];
    return at + 1;
  }
  endCommand(state, at);
  state.depth += character === "(" ? 1 : -1;
  copy(state, at, at + 1);
  return endCommand(state, at + 1) - 1;
}

function newLine(state: State, text: string, at: number): number {
  endCommand(state, at);
  let next = at + 1;
  for (const { end, tabs } of state.hereDocuments.splice(0)) {
    while (next < text.length) {
      const stop = lineEnd(text, next);
      const line = text.slice(next, stop);
      next = stop + 1;
      if ((tabs ? line.replace(/^\t+/, "") : line).replace(/\r$/, "") === end) break;
    }
  }
  return next;
}

function quoted(state: State, text: string, at: number, quote: string): number {
  const word = open(state, at);
  let next = at + 1;
  while (next < text.length && text[next] !== quote) {
    const character = text[next] ?? "";
    if (character === "\\" && (quote === '"' || state.dialect === "systemd")) next = resolveEscape(state, text, next, word, quote);
    else if (state.dialect === "shell" && quote === '"' && (character === "$" || character === "`"))
      next = copy(state, next, substitutionEnd(text, next));
    else collect(word, state.from, next++);
  }
  return next + 1;
}

function escaped(state: State, text: string, at: number): number {
  if (text[at + 1] === "\n" && state.dialect !== "systemd") return at + 2;
  if (text[at + 1] === "\r" && text[at + 2] === "\n" && state.dialect !== "systemd") return at + 3;
  return resolveEscape(state, text, at, open(state, at), "");
}

const C_ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", s: " ", a: "\x07", b: "\b", f: "\f", v: "\v" };

function resolveEscape(state: State, text: string, at: number, word: Collector, quote: string): number {
  const next = text[at + 1];
  if (next === undefined) return at + 1;
  if (state.dialect === "systemd") {
    const code = /^\\x([0-9a-fA-F]{2})/.exec(text.slice(at, at + 4));
    collect(word, state.from, at, code ? String.fromCharCode(Number.parseInt(code[1] ?? "", 16)) : (C_ESCAPES[next] ?? next));
    return at + (code ? 4 : 2);
  }
  if (next === "\n") return at + 2;
  if (quote === '"' && !'"\\$`'.includes(next)) collect(word, state.from, at);
  collect(word, state.from, at + 1);
  return at + 2;
}

function redirection(state: State, text: string, at: number): number {
  const { word } = state;
  if (word && /^\d+$/.test(word.text)) state.word = undefined;
  endWord(state, at);
  const here = /^<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|\\?([^\s;&|()<>'"]+))/.exec(text.slice(at, at + 200));
  if (here && text[at + 2] !== "<") {
    state.hereDocuments.push({ end: here[2] ?? here[3] ?? here[4] ?? "", tabs: here[1] === "-" });
    return at + here[0].length;
  }
  let next = at;
  while (next < text.length && "<>&|".includes(text[next] ?? "")) next++;
  // `2>&1` has its file in the operator.
  while (text[next - 1] === "&" && /\d|-/.test(text[next] ?? "")) return next + 1;
  state.redirected = true;
  return next;
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
};

function templateEnd(text: string, at: number, dialect: Dialect): number {
  // `<path to the application>/bin/uwsgi`: a place to fill in.
  if (text[at] === "<" && dialect !== "shell") return at + (/^<[A-Za-z][\w -]{0,80}>/.exec(text.slice(at, at + 90))?.[0].length ?? 0);
  const close = TEMPLATE[text.slice(at, at + 2)];
  if (!close) return at;
  const near = text.slice(at + 2, at + LONGEST_TEMPLATE);
  const end = near.indexOf(close);
  return end < 0 || near.lastIndexOf("\n", end) >= 0 ? at : at + 2 + end + 2;
}

/** The end of `$name`, `${…}`, `$(…)` or a pair of backticks. */
function substitutionEnd(text: string, at: number): number {
  if (text[at] === "`") {
    const end = text.indexOf("`", at + 1);
    return end < 0 ? text.length : end + 1;
  }
  const opening = text[at + 1];
  if (opening !== "(" && opening !== "{") return at + 1;
  return closingEnd(text, at + 1, opening === "(" ? ")" : "}");
}

/** Past the parenthesis or brace that closes the one at `at`. */
function closingEnd(text: string, at: number, closing: ")" | "}"): number {
  const opening = text[at];
  let depth = 0;
  for (let next = at; next < text.length; next++) {
    if (text[next] === "\\") next++;
    else if (text[next] === opening) depth++;
    else if (text[next] === closing && --depth === 0) return next + 1;
  }
  return text.length;
}
