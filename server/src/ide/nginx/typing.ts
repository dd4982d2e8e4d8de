/** The statement being typed. What is half written takes the next lines for its arguments, so only the text before the cursor is read. */
import { Document } from "../../model/document";
import type { Block } from "../../model/nginx/reading";
import type { Directive } from "../../syntax/tree";
import type { Span } from "../../text/span";
import { type At, placeAt } from "../place";
import { blocksAround } from "./statements";

export type Typing = {
  /** Words before the one being typed: the name and the arguments. */
  readonly words: readonly string[];
  /** The word being typed, up to the cursor, and the part of the text it would replace. */
  readonly typed: string;
  readonly span: Span;
  /** The blocks it stands in, one for each way the file is read. */
  readonly blocks: readonly Block[];
};

/** Closes whatever is being typed, so that it is a word of the tree. */
const MARK = "\uE001";

export function typingAt({ workspace, document, offset }: At): Typing | undefined {
  const before = new Document(document.uri, `${document.text.slice(0, offset)}${MARK};`, "nginx");
  const place = placeAt(before, offset);
  if (!place?.word?.text.includes(MARK)) return undefined;
  const { directive, argument } = place;
  const words = argument === undefined ? [] : [directive.name, ...directive.args].slice(0, argument + 1).map((word) => word.text);
  const typed = place.word.text.slice(0, place.word.text.indexOf(MARK));
  const quote = place.word.quote ? 1 : 0;
  const rest = /^[^\s;{}"']*/.exec(document.text.slice(offset))?.[0].length ?? 0;
  return { words, typed, span: { start: place.word.span.start + quote, end: offset + rest }, blocks: blocksOf(place.around[0]) };

  /** The same block in the tree of the whole text. */
  function blocksOf(outer: Directive | undefined): readonly Block[] {
    if (!outer) return blocksAround(workspace, document, []);
    const same = placeAt(document, outer.span.start);
    if (same?.directive.span.start !== outer.span.start || same.directive.name.text !== outer.name.text) return [];
    return blocksAround(workspace, document, [same.directive, ...same.around]);
  }
}
