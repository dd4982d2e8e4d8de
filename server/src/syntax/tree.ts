/**
 * What is written in a file: one shape for both languages.
 * nginx is `name word… ;` or `name word… { … }`. A uWSGI section is a directive with a body, an option is a directive with at most one
 * argument. Parsers never throw: what they could not read is a problem beside the tree.
 */
import type { Span } from "../text/span";

/** `text` is the value the program sees (nginx: quotes and escapes resolved); `span` is what is written, quotes included. */
export type Word = { readonly span: Span; readonly text: string; readonly quote?: '"' | "'" };

export type Directive = {
  readonly span: Span;
  readonly name: Word;
  readonly args: readonly Word[];
  readonly body?: readonly Directive[];
  /** From the opening brace (nginx) or the end of the header (uWSGI) to the end of the block. */
  readonly bodySpan?: Span;
  /** Raw text of a body that is not made of directives (Lua blocks). */
  readonly raw?: Word;
};

/** `code` is the id of the rule that reports it. */
export type Problem = {
  readonly code: string;
  readonly span: Span;
  readonly message: string;
  /** For want of what all that stands behind it is read otherwise than it was meant. */
  readonly lacks?: "brace" | "quote";
  /** Whether uWSGI ends here, whatever follows. */
  readonly fatal?: true;
};

export type Tree = {
  readonly directives: readonly Directive[];
  readonly comments: readonly Span[];
  readonly problems: readonly Problem[];
  /** Regions of a template language (Jinja, ERB): what they stand for is not known. */
  readonly templates?: readonly Span[];
};

/** One string for all that are equal to it. */
export function oneOf(names: Map<string, string>, name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, name);
  return name;
}

/** A directive with the block it stands in. A chain, not a list, so that a block 100,000 deep costs no more than a flat one. */
export type Nested = { readonly directive: Directive; readonly parent: Nested | undefined };

/** Every directive in the order of the text. No recursion: depth is the user's. */
export function flatten(directives: readonly Directive[]): readonly Nested[] {
  const all: Nested[] = [];
  const open: { list: readonly Directive[]; index: number; parent: Nested | undefined }[] = [
    { list: directives, index: 0, parent: undefined },
  ];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const directive = top.list[top.index++];
    if (!directive) {
      open.pop();
      continue;
    }
    const nested: Nested = { directive, parent: top.parent };
    all.push(nested);
    if (directive.body?.length) open.push({ list: directive.body, index: 0, parent: nested });
  }
  return all.slice();
}

/** The blocks around a directive, innermost first. */
export function* around(nested: Nested): Iterable<Nested> {
  for (let up = nested.parent; up; up = up.parent) yield up;
}

/** The last directive of a name in a block: where one overrides another it is the one that counts. Of a large block an index is kept. */
export function lastNamed(block: readonly Directive[], name: string): Directive | undefined {
  if (block.length <= FEW) return block.findLast((directive) => directive.name.text === name);
  const known = lastByName.get(block) ?? new Map(block.map((directive) => [directive.name.text, directive]));
  lastByName.set(block, known);
  return known.get(name);
}

const FEW = 16;
const lastByName = new WeakMap<readonly Directive[], ReadonlyMap<string, Directive>>();
