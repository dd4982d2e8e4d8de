/** The body of a `*_by_lua_block`: Lua text up to the brace that closes it. Lua's strings and comments may hold braces of their own. */
import { t } from "../text/l10n";
import { span } from "../text/span";
import { type Reader, report } from "./nginx-words";
import type { Word } from "./tree";

/** What may hide a brace: comments, strings, long brackets; else a brace. */
const piece = /--\[(=*)\[|--|\[(=*)\[|["']|[{}]/g;
const lineEnd = /\n/g;

/** Reads from behind the opening brace to behind the closing one. */
export function readLua(from: Reader): Word {
  const { text } = from;
  const start = from.at;
  let depth = 1;
  piece.lastIndex = start;
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    const [found, comment, bracket] = match;
    if (found === "{") depth++;
    else if (found === "}") {
      if (--depth === 0) {
        from.at = match.index + 1;
        return { span: span(start, match.index), text: text.slice(start, match.index) };
      }
    } else piece.lastIndex = endOf(text, piece.lastIndex, found, comment ?? bracket);
  }
  report(from, span(start - 1, start), t`This "{" is never closed`, { lacks: "brace" });
  from.at = text.length;
  return { span: span(start, text.length), text: text.slice(start) };
}

function endOf(text: string, at: number, found: string, level: string | undefined): number {
  if (level !== undefined) {
    const closer = `]${level}]`;
    const end = text.indexOf(closer, at);
    return end < 0 ? text.length : end + closer.length;
  }
  if (found === "--") {
    lineEnd.lastIndex = at;
    return lineEnd.exec(text) ? lineEnd.lastIndex : text.length;
  }
  for (let next = at; next < text.length; next++) {
    const char = text[next];
    if (char === "\\") next++;
    else if (char === found || char === "\n") return next + 1;
  }
  return text.length;
}
