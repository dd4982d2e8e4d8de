/**
 * nginx text to a tree. Reads exactly what nginx reads (see nginx-words.ts); where nginx would stop with an error, this says so and goes
 * on as the writer most likely meant. One pass, no recursion: blocks may be nested as deep as the file is long.
 */
import { t } from "../text/l10n";
import { overlaps, span } from "../text/span";
import { readLua } from "./nginx-lua";
import { type Ending, splitRunOn } from "./nginx-run-on";
import {
  code,
  isSpace,
  missingSemicolon,
  type Reader,
  reader,
  readWord,
  report,
  skipGap,
  templateComment,
  templateEnd,
} from "./nginx-words";
import type { Directive, Problem, Tree, Word } from "./tree";

/** A block whose end has not been read. */
type Open = { readonly words: readonly Word[]; readonly brace: number; readonly outer: Directive[] };

export function parseNginx(text: string): Tree {
  const from = reader(text);
  const top: Directive[] = [];
  const blocks: Open[] = [];
  let inside = top;
  let words: Word[] = [];

  const push = (list: readonly Word[], place: number): void => {
    const [name] = list;
    if (name) inside.push({ span: span(name.span.start, place), name, args: list.slice(1) });
  };
  /** Takes directives that a missing semicolon joined to the last one apart. */
  const separate = (ending: Ending): readonly Word[] => {
    const all = words;
    words = [];
    if (!text.slice(all[0]?.span.start ?? 0, lastEnd(all)).includes("\n")) return all;
    const parts = splitRunOn(all, ending, text);
    for (const part of parts.slice(0, -1)) {
      missingSemicolon(from, part);
      push(part, lastEnd(part));
    }
    return parts.at(-1) ?? [];
  };
  const end = (place: number): void => push(separate(";"), place);
  const open = (): void => {
    const brace = from.at++;
    const own = separate("{");
    const [name] = own;
    if (name && isLuaBlock(name)) {
      const raw = readLua(from);
      inside.push({ span: span(name.span.start, from.at), name, args: own.slice(1), bodySpan: span(brace, from.at), raw });
    } else {
      blocks.push({ words: own, brace, outer: inside });
      inside = [];
    }
  };
  const close = (place: number): void => {
    const block = blocks.pop();
    if (!block) return;
    const [name = nameless(block.brace)] = block.words;
    const body = inside.slice(); // no larger than it is: trees are kept
    block.outer.push({ span: span(name.span.start, place), name, args: block.words.slice(1), body, bodySpan: span(block.brace, place) });
    inside = block.outer;
  };

  for (;;) {
    skipGap(from);
    if (from.at >= text.length) break;
    if (words.length === 0 && skipTemplate(from)) continue;
    const here = span(from.at, from.at + 1);
    const char = text.charCodeAt(from.at);
    if (char === code.semicolon) {
      if (words.length === 0) report(from, here, t`Unexpected ";"`);
      from.at++;
      end(from.at);
    } else if (char === code.open && templateEnd(from, from.at) === undefined) {
      if (words.length === 0) report(from, here, t`Unexpected "{"`, { lacks: "brace" });
      open();
    } else if (char === code.close) {
      if (words.length > 0) {
        missingSemicolon(from, words);
        end(lastEnd(words));
      }
      if (blocks.length === 0) report(from, here, t`Unexpected "}"`, { lacks: "brace" });
      from.at++;
      close(from.at);
    } else {
      const word = readWord(from, words.length === 0);
      if (!word) continue;
      words.push(word);
      if (word.quote) checkAfterQuote(from, word);
    }
  }

  if (words.length > 0) {
    missingSemicolon(from, words);
    end(lastEnd(words));
  }
  while (blocks.length > 0) {
    const brace = blocks.at(-1)?.brace ?? 0;
    report(from, span(brace, brace + 1), t`This "{" is never closed`, { lacks: "brace" });
    close(text.length);
  }
  const problems = from.templates.length > 0 ? from.problems.filter((it) => !mayComeFromTemplate(it, from)) : from.problems;
  return { directives: top.slice(), comments: from.comments, problems, templates: from.templates };
}

/** In a template braces may stand in different branches, and a region may bring the semicolon that is missing before it. */
function mayComeFromTemplate({ lacks, span: at, code: rule }: Problem, { text, templates }: Reader): boolean {
  if (rule === "nginx-missing-semicolon")
    return templates.some((region) => overlaps(region, span(text.lastIndexOf("\n", at.start) + 1, at.end + 1)));
  return lacks === "brace";
}

const nameless = (at: number): Word => ({ span: span(at, at), text: "" });
const lastEnd = (words: readonly Word[]): number => words.at(-1)?.span.end ?? 0;
const isLuaBlock = (name: Word): boolean => name.text.endsWith("_by_lua_block");

/** A template region that stands for directives, not for a word: a statement, or an expression alone on its line. */
function skipTemplate(from: Reader): boolean {
  const { text } = from;
  const start = from.at;
  const comment = templateComment(from);
  let region = comment ?? templateEnd(from, start);
  if (region === undefined) return false;
  if (comment === undefined && isExpression(text, start)) {
    // `{{ a }}{{ b }}` at the end of a line stands alone; `{{ name }} on;` and `{{ path }}/x {` are words.
    for (let next: number | undefined = region; next !== undefined; next = templateEnd(from, skipBlanks(text, region))) region = next;
    const after = text.charCodeAt(skipBlanks(text, region));
    if (!Number.isNaN(after) && after !== 10 && after !== 13 && after !== 35 && after !== code.close) return false;
  }
  from.templates.push(span(start, region));
  from.at = region;
  return true;
}

const isExpression = (text: string, at: number): boolean =>
  text.startsWith("{{", at) || text.startsWith("<%=", at) || text.startsWith("<%-=", at);

function skipBlanks(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === 32 || text.charCodeAt(next) === 9) next++;
  return next;
}

/** After a closing quote nginx wants a blank, `;`, `{` or `)`. */
function checkAfterQuote(from: Reader, word: Word): void {
  const { text, at } = from;
  const char = text.charCodeAt(at);
  if (at >= text.length || at < word.span.end || text.charCodeAt(at - 1) !== word.quote?.charCodeAt(0)) return;
  if (isSpace(char) || char === code.semicolon || char === code.open || char === code.roundClose) return;
  if (templateEnd(from, at) !== undefined) return;
  const unexpected = t`Unexpected "${text.slice(at, at + 1)}" after a closing quote.`;
  const message = word.text.includes("\n") ? `${unexpected} ${t`The string began lines above: is a quote missing there?`}` : unexpected;
  report(from, span(at, at + 1), message, char === code.close ? { lacks: "brace" } : {});
}
