/** Definition, references and marks of what stands at the cursor. */
import type { Place } from "../../rules/rule";
import { contains, type Span } from "../../text/span";
import { type At, placeAt } from "../place";
import { targetsOf } from "./files";
import { namedAt } from "./named";
import type { Occurrence } from "./occurrence";

export type Definition = { readonly from: Span; readonly to: readonly Place[] };

/** Files that a value names come after names in it: `shop.ini:prod` has both. */
export function definition(at: At): Definition | undefined {
  const named = namedAt(at);
  const to = named?.occurrences.filter((one) => one.role === "defines" && !isHere(at, one)) ?? [];
  if (named && to.length > 0) return { from: named.span, to };
  const place = placeAt(at.document, at.offset);
  if (place?.word && place.argument === 0) {
    const files = targetsOf(at.workspace, at.document, place.directive, place.word);
    if (files.length > 0) return { from: place.word.span, to: files };
  }
  // On the definition itself: stay, and the editor offers the references.
  const own = named?.occurrences.filter((one) => one.role === "defines") ?? [];
  return named && own.length > 0 ? { from: named.span, to: own } : undefined;
}

export function references(at: At, withDefinition: boolean): readonly Place[] {
  return namedAt(at)?.occurrences.filter((one) => withDefinition || one.role === "uses") ?? [];
}

export function highlights(at: At): readonly Occurrence[] {
  return namedAt(at)?.occurrences.filter((one) => one.uri === at.document.uri) ?? [];
}

const isHere = ({ document, offset }: At, one: Occurrence): boolean => one.uri === document.uri && contains(one.span, offset);
