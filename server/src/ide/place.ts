/** What stands at a place of a document. */
import type { Document } from "../model/document";
import type { Directive, Word } from "../syntax/tree";
import { contains, type Span } from "../text/span";
import type { Workspace } from "../workspace/workspace";

/** Where the cursor is. */
export type At = { readonly workspace: Workspace; readonly document: Document; readonly offset: number };

export type Hover = { readonly span: Span; readonly markdown: string };

export type Place = {
  readonly directive: Directive;
  /** The blocks around it, innermost first. */
  readonly around: readonly Directive[];
  /** The word touched: the name, or an argument by its index. */
  readonly word: Word | undefined;
  readonly argument: number | undefined;
};

/** The innermost directive at an offset. Directives of a list stand in the order of the text. */
export function placeAt(document: Document, offset: number): Place | undefined {
  const around: Directive[] = [];
  let list: readonly Directive[] | undefined = document.tree.directives;
  let found: Directive | undefined;
  while (list) {
    const next: Directive | undefined = touched(list, offset);
    if (!next) break;
    if (found) around.unshift(found);
    found = next;
    list = next.bodySpan && offset > next.bodySpan.start ? next.body : undefined;
  }
  if (!found) return undefined;
  if (contains(found.name.span, offset)) return { directive: found, around, word: found.name, argument: undefined };
  const index = found.args.findIndex((word) => contains(word.span, offset));
  return { directive: found, around, word: found.args[index], argument: index < 0 ? undefined : index };
}

/** Of two directives that meet at the offset the one that begins there. */
function touched(list: readonly Directive[], offset: number): Directive | undefined {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((list[middle]?.span.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = list[low];
  return found && contains(found.span, offset) ? found : undefined;
}
