/** One file at one version. Immutable: what is derived hangs from it lazily, so nothing can be stale. */

import { parseNginx } from "../syntax/nginx";
import { flatten, type Nested, type Tree } from "../syntax/tree";
import { parseUwsgiIni } from "../syntax/uwsgi-ini";
import { Lines } from "../text/lines";
import { pathOf } from "../text/uri";
import { parseUwsgiFormat } from "./formats";
import { isTemplate, type LanguageId, type UwsgiFormat, uwsgiFormat } from "./language";

const NOTHING: Tree = { directives: [], comments: [], problems: [] };

export class Document {
  #lines: Lines | undefined;
  #tree: Tree | undefined;
  #all: readonly Nested[] | undefined;
  #byName: ReadonlyMap<string, readonly Nested[]> | undefined;
  #template: boolean | undefined;

  /** `version` is the editor's; without one the text comes from the disk. */
  constructor(
    readonly uri: string,
    readonly text: string,
    readonly language: LanguageId,
    readonly version?: number,
  ) {}

  get path(): string {
    return pathOf(this.uri);
  }

  get lines(): Lines {
    this.#lines ??= new Lines(this.text);
    return this.#lines;
  }

  get format(): UwsgiFormat {
    return uwsgiFormat(this.path);
  }

  get isTemplate(): boolean {
    this.#template ??= isTemplate(this.path, this.text);
    return this.#template;
  }

  get tree(): Tree {
    this.#tree ??= this.#parse();
    return this.#tree;
  }

  /** Every directive, in the order of the text. */
  get all(): readonly Nested[] {
    this.#all ??= flatten(this.tree.directives);
    return this.#all;
  }

  named(name: string): readonly Nested[] {
    if (this.all.length <= FEW) return fewNamed(this.all, name);
    this.#byName ??= Map.groupBy(this.all, ({ directive }) => directive.name.text);
    return this.#byName.get(name) ?? NONE;
  }

  /** Gives back memory: the text is parsed again when somebody asks. */
  rest(): void {
    this.#lines = undefined;
    this.#tree = undefined;
    this.#all = undefined;
    this.#byName = undefined;
  }

  #parse(): Tree {
    if (this.language === "nginx") return parseNginx(this.text);
    if (this.language !== "uwsgi") return NOTHING;
    return this.format === "ini" ? parseUwsgiIni(this.text) : parseUwsgiFormat(this.format, this.text);
  }
}

/** Asks once of each document and keeps the answer as long as the document. */
export function perDocument<T>(compute: (document: Document) => T): (document: Document) => T {
  const kept = new WeakMap<Document, { readonly value: T }>();
  return (document) => {
    const known = kept.get(document);
    if (known) return known.value;
    const value = compute(document);
    kept.set(document, { value });
    return value;
  };
}

/** An index of so few directives would be larger than they are. */
const FEW = 16;
const NONE: readonly Nested[] = [];

function fewNamed(all: readonly Nested[], name: string): readonly Nested[] {
  let found: Nested[] | undefined;
  for (const nested of all) {
    if (nested.directive.name.text !== name) continue;
    if (found) found.push(nested);
    else found = [nested];
  }
  return found ?? NONE;
}
