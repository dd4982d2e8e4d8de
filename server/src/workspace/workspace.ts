/**
 * All documents, and the way from a path of the target machine to a file of the workspace.
 * The only state of the engine. Every change raises `revision`; what is derived from several documents is kept for one revision.
 */
import { Document } from "../model/document";
import { type LanguageId, languageOf } from "../model/language";
import { normaliseUri, pathOf } from "../text/uri";
import { PathMap } from "./paths";
import type { Target } from "./target";

/** Larger texts are not read: no configuration is that large, and a log or a database may be. Bytes. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

export class Workspace {
  readonly #documents = new Map<string, Document>();
  readonly #known = new Set<string>();
  readonly #derived = new Map<object, { revision: number; value: unknown }>();
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

  set target(target: Target) {
    this.#target = target;
    this.#reshape();
  }

  /** Takes a text in. `language` is given when the editor or an includer says so; else name and text decide. */
  set(uri: string, text: string, options: { version?: number; language?: LanguageId } = {}): Document {
    const key = normaliseUri(uri);
    const before = this.#documents.get(key);
    const language =
      options.language ?? (before && options.version !== undefined ? sameKind(before, key, text) : languageOf(pathOf(key), text));
    const document = options.version === undefined ? new Document(key, text, language) : new Document(key, text, language, options.version);
    this.#documents.set(key, document);
    this.#known.add(key);
    if (before?.language === language) this.#revision++;
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
    this.#known.add(normaliseUri(uri));
    this.#reshape();
  }

  get(uri: string): Document | undefined {
    return this.#documents.get(normaliseUri(uri));
  }

  exists(uri: string): boolean {
    return this.#known.has(normaliseUri(uri));
  }

  get files(): Iterable<string> {
    return this.#known;
  }

  get documents(): Iterable<Document> {
    return this.#documents.values();
  }

  of(language: LanguageId): readonly Document[] {
    const byLanguage = this.derive(BY_LANGUAGE, () => {
      const groups = new Map<LanguageId, Document[]>();
      for (const document of this.#documents.values()) {
        const group = groups.get(document.language);
        if (group) group.push(document);
        else groups.set(document.language, [document]);
      }
      return groups;
    });
    return byLanguage.get(language) ?? [];
  }

  get paths(): PathMap {
    this.#paths ??= new PathMap(this.roots, this.#known, this.#target);
    return this.#paths;
  }

  /** Computes once for a revision. `key` is an object of the asker's own. */
  derive<T>(key: object, compute: () => T): T {
    const kept = this.#derived.get(key);
    if (kept?.revision === this.#revision) return kept.value as T;
    const value = compute();
    this.#derived.set(key, { revision: this.#revision, value });
    return value;
  }

  #reshape(): void {
    this.#paths = undefined;
    this.#revision++;
    this.#shape++;
  }
}

const BY_LANGUAGE = {};

/** A file keeps its language while it is edited, unless it had none: half-typed text must not flip it. */
function sameKind(before: Document, uri: string, text: string): LanguageId {
  return before.language === "other" ? languageOf(pathOf(uri), text) : before.language;
}
