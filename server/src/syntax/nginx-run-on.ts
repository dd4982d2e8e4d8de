/**
 * Directives that run on into the next line because a `;` is missing. nginx reads the next line as further arguments; where it refuses
 * the result, the writer meant two directives. What nginx accepts is never taken apart.
 */
import { directivesNamed } from "../facts/nginx";
import type { Word } from "./tree";

export type Ending = ";" | "{";

const accepts = (name: string, count: number, ending: Ending): boolean =>
  directivesNamed(name).some(
    (fact) => (fact.block === true) === (ending === "{") && ("least" in fact.args ? count >= fact.args.least : fact.args.includes(count)),
  );

/** The words of each directive, in their order; all in one where nothing is missing. */
export function splitRunOn(words: readonly Word[], ending: Ending, text: string): readonly (readonly Word[])[] {
  const parts: (readonly Word[])[] = [];
  let start = 0;
  for (let end = endOf(words, start, ending, text); end < words.length; end = endOf(words, start, ending, text)) {
    parts.push(words.slice(start, end));
    start = end;
  }
  return [...parts, words.slice(start)];
}

/** `listen` takes any number of words and refuses those it does not know. These are its own, and names of directives too. */
const OF_LISTEN: ReadonlySet<string> = new Set(["ssl", "http2", "proxy_protocol"]);

/** Where the directive that starts at a word ends. */
function endOf(words: readonly Word[], start: number, ending: Ending, text: string): number {
  const name = words[start]?.text ?? "";
  const isListen = name === "listen" && ending === ";";
  if ((!isListen && accepts(name, words.length - start - 1, ending)) || !directivesNamed(name).some((fact) => !fact.block))
    return words.length;
  for (let at = start + 1; at < words.length; at++) {
    const word = words[at];
    const before = words[at - 1];
    if (!word || !before || word.quote || directivesNamed(word.text).length === 0) continue;
    if (isListen && OF_LISTEN.has(word.text)) continue;
    if (text.slice(before.span.end, word.span.start).includes("\n") && accepts(name, at - start - 1, ";")) return at;
  }
  return words.length;
}
