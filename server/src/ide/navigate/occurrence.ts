/** A name that several places share, and these places. */
import type { FileEdit } from "../../rules/rule";
import type { Span } from "../../text/span";

/** `span` covers the name and nothing else. `respell`: what is written there instead of a new name; null: `also` tells. */
export type Occurrence = {
  readonly uri: string;
  readonly span: Span;
  readonly role: "defines" | "uses";
  readonly respell?: ((name: string) => string) | null;
};

export type Named = {
  /** The name at the cursor. */
  readonly span: Span;
  readonly text: string;
  readonly occurrences: readonly Occurrence[];
  /** What is wrong with a new name, or with renaming at all. */
  readonly refuses: (name: string) => string | undefined;
  /** Changes in other places than those of the name. */
  readonly also?: (name: string) => readonly FileEdit[];
};

/** Each place once, in the order of the files and their texts. */
export function unique(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const seen = new Map<string, Occurrence>();
  for (const one of occurrences) {
    const key = `${one.uri} ${one.span.start} ${one.span.end}`;
    if (seen.get(key)?.role !== "defines") seen.set(key, one);
  }
  return [...seen.values()].sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.span.start - b.span.start));
}
