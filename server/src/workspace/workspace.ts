/**
 * All documents, and the way from a path of the target machine to a file of the workspace.
 * The only state of the engine. Every change raises `revision`; what is derived from several documents is kept for one revision, or for
 * as long as what it was made from is the same.
 */
import { learnDirectives } from "../facts/nginx";
import { Document } from "../model/document";
import { type LanguageId, languageOf } from "../model/language";
import { normaliseUri, pathOf } from "../text/uri";
import { isHere } from "./known";
import { PathMap } from "./paths";
import type { Target } from "./target";

/** Larger texts are not read: no configuration is that large, and a log or a database may be. Bytes. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

export class Workspace {
  readonly #documents = new Map<string, Document>();
  readonly #known = new Set<string>();
  readonly #derived = new Map<object, { from: unknown; value: unknown }>();
  /** Texts that changed, newest last, since files last came or went. */
  #changes: { readonly revision: number; readonly uri: string }[] = [];
  #byLanguage: Map<LanguageId, readonly Document[]> | undefined;
  #paths: PathMap | undefined;
  #target: Target = {};
  #revision = 0;
  #shape = 0;

  /** Folders the workspace consists of, as URIs without a slash at the end. */
  constructor(readonly roots: readonly string[] = []) {}

  get revision(): number {
    return this.#revision;
  }

  /** Rises only when a file comes or goes or the target changes, not when a text does. */
  get shape(): number {
    return this.#shape;
  }

  get target(): Target {
    return this.#target;
  }

  /** What directives a module of one's own has is the same for all workspaces of a process. */
  set target(target: Target) {
    this.#target = target;
    learnDirectives(target.nginxDirectives);
    this.#reshape();
  }

  /** Takes a text in. `language` is given when the editor or an includer says so; else name and text decide. */
  set(uri: string, text: string, options: { version?: number; language?: LanguageId } = {}): Document {
    const key = normaliseUri(uri);
    const before = this.#documents.get(key);
    const language =
      options.language ?? (before && options.version !== undefined ? sameKind(before, key, text) : languageOf(pathOf(key), text));
    if (before?.text === text && before.language === language && before.version === options.version) return before;
    const document = options.version === undefined ? new Document(key, text, language) : new Document(key, text, language, options.version);
    this.#documents.set(key, document);
    this.#known.add(key);
    if (before?.language === language) this.#replaced(before, document);
    else this.#reshape();
    return document;
  }

  delete(uri: string): void {
    const key = normaliseUri(uri);
    this.#known.delete(key);
    if (this.#documents.delete(key)) this.#reshape();
  }

  /** Says that a file exists whose text nobody needs. */
  know(uri: string): void {
    const key = normaliseUri(uri);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#reshape();
  }

  get(uri: string): Document | undefined {
    return this.#documents.get(uri) ?? this.#documents.get(normaliseUri(uri));
  }

  exists(uri: string): boolean {
    return this.#known.has(uri) || this.#known.has(normaliseUri(uri));
  }

  get files(): Iterable<string> {
    return this.#known;
  }

  get documents(): Iterable<Document> {
    return this.#documents.values();
  }

  /** The documents of a language: the same list until one of them changes. */
  of(language: LanguageId): readonly Document[] {
    this.#byLanguage ??= grouped(this.#documents.values());
    return this.#byLanguage.get(language) ?? NONE;
  }

  /** Files whose text changed since a revision; undefined when files came or went, or it is too long ago to tell. */
  changedSince(revision: number): ReadonlySet<string> | undefined {
    const [oldest] = this.#changes;
    if (revision !== this.#revision && (!oldest || oldest.revision > revision + 1)) return undefined;
    return new Set(this.#changes.filter((change) => change.revision > revision).map(({ uri }) => uri));
  }

  get paths(): PathMap {
    this.#paths ??= new PathMap(this.roots, this.#known, this.#target, (uri) => isHere(this, uri));
    return this.#paths;
  }

  /** Computes once for a revision, or for as long as `from` is the same. `key` is an object of the asker's own. */
  derive<T>(key: object, compute: () => T, from: unknown = this.#revision): T {
    const kept = this.#derived.get(key);
    if (kept && kept.from === from) return kept.value as T;
    const value = compute();
    this.#derived.set(key, { from, value });
    return value;
  }

  #replaced(before: Document, document: Document): void {
    this.#changes.push({ revision: ++this.#revision, uri: document.uri });
    if (this.#changes.length > MAX_CHANGES) this.#changes = this.#changes.slice(-MAX_CHANGES / 2);
    const list = this.#byLanguage?.get(document.language);
    if (list) this.#byLanguage?.set(document.language, list.with(list.indexOf(before), document));
  }

  #reshape(): void {
    this.#paths = undefined;
    this.#byLanguage = undefined;
    this.#changes = [];
    this.#revision++;
    this.#shape++;
  }
}

const MAX_CHANGES = 200;
const NONE: readonly Document[] = [];

function grouped(documents: Iterable<Document>): Map<LanguageId, readonly Document[]> {
  const groups = new Map<LanguageId, Document[]>();
  for (const document of documents) {
    const group = groups.get(document.language);
    if (group) group.push(document);
    else groups.set(document.language, [document]);
  }
  return groups;
}

/** A file keeps its language while it is edited, unless it had none: half-typed text must not flip it. */
function sameKind(before: Document, uri: string, text: string): LanguageId {
  return before.language === "other" ? languageOf(pathOf(uri), text) : before.language;
}
