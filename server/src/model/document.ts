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
    this.#byName ??= groupByName(this.all);
    return this.#byName.get(name) ?? [];
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

function groupByName(all: readonly Nested[]): ReadonlyMap<string, readonly Nested[]> {
  const groups = new Map<string, Nested[]>();
  for (const nested of all) {
    const name = nested.directive.name.text;
    const group = groups.get(name);
    if (group) group.push(nested);
    else groups.set(name, [nested]);
  }
  return groups;
}
