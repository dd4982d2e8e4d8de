/**
 * From paths of the target machine to files of the workspace and back, in the order the command line promises: given facts and mappings,
 * a folder that mirrors a root, its own path where the files lie on the machine itself, the one file whose path ends alike. What stays
 * unresolved is not known, never missing.
 */
import { baseName, joinPath, pathOf, tidyPath, withPath } from "../text/uri";
import type { Target } from "./target";

/** `/var/run` is a link to `/run` on every current distribution, and the kernel folds slashes. */
export function machinePath(path: string): string {
  const tidy = tidyPath(path);
  if (tidy === "/var/run" || tidy.startsWith("/var/run/")) return tidy.slice(4);
  return tidy === "/var/lock" || tidy.startsWith("/var/lock/") ? `/run/lock${tidy.slice(9)}` : tidy;
}

const MIRRORED = /\/(?=(?:etc|srv|run|opt|usr|var|home|root|lib)\/)/;

export class PathMap {
  readonly #toUri = new Map<string, string>();
  readonly #toPath = new Map<string, string>();
  readonly #byName = new Map<string, string[]>();
  /** Files that lie on the machine itself, and nowhere else. */
  readonly #own = new Set<string>();
  readonly #mappings: { readonly prefix: string; readonly uri: string }[] = [];

  constructor(
    readonly roots: readonly string[],
    readonly files: ReadonlySet<string>,
    target: Target,
    isHere: (uri: string) => boolean = () => false,
  ) {
    for (const [prefix, folder] of Object.entries(target.pathMapping ?? {})) {
      const uri = folder.includes("://") ? folder : this.#underRoot(folder);
      if (uri) this.#mappings.push({ prefix: machinePath(prefix), uri });
    }
    const mirrors = new Set<string>();
    for (const uri of files) {
      const path = pathOf(uri);
      const etc = path.indexOf("/etc/", this.#rootLength(uri));
      if (etc >= 0) mirrors.add(withPath(uri, path.slice(0, etc)));
    }
    for (const uri of files) this.#index(uri, mirrors);
    for (const [file, path] of Object.entries(target.deployedAs ?? {})) {
      const uri = file.includes("://") ? file : this.#underRoot(file);
      if (uri) this.#bind(uri, machinePath(path), true);
    }
    if (target.local) for (const uri of files) if (isHere(uri)) this.#keepOwn(uri);
  }

  /** The file of the workspace that lies at a path of the machine, if one is known to. */
  resolve(path: string): string | undefined {
    const wanted = machinePath(path);
    const known = this.#toUri.get(wanted);
    if (known) return known;
    for (const { prefix, uri } of this.#mappings) {
      if (wanted !== prefix && !wanted.startsWith(`${prefix}/`)) continue;
      const candidate = withPath(uri, joinPath(pathOf(uri), wanted.slice(prefix.length + 1)));
      if (this.files.has(candidate)) return candidate;
    }
    return this.byEnding(wanted);
  }

  /** The folder of the workspace that lies at a path of the machine, told by a file that is known to lie below it. */
  folder(path: string): string | undefined {
    const wanted = machinePath(path);
    for (const { path: inside, uri } of this.below(wanted)) {
      const own = pathOf(uri);
      const rest = inside.slice(wanted.length);
      if (own.endsWith(rest)) return withPath(uri, own.slice(0, -rest.length));
    }
    for (const { prefix, uri } of this.#mappings) {
      if (wanted !== prefix && !wanted.startsWith(`${prefix}/`)) continue;
      const folder = withPath(uri, joinPath(pathOf(uri), wanted.slice(prefix.length + 1)));
      for (const file of this.files) if (file.startsWith(`${folder}/`)) return folder;
    }
    return undefined;
  }

  /** Files of this name in any folder. */
  named(name: string): readonly string[] {
    return this.#byName.get(name) ?? [];
  }

  /** The one file whose path ends like this one: the longer the common ending, the better; a tie is no answer. */
  byEnding(path: string): string | undefined {
    const all = this.#byName.get(baseName(path));
    const candidates = path.startsWith("/") && this.#own.size > 0 ? all?.filter((uri) => !this.#own.has(uri)) : all;
    if (!candidates) return undefined;
    if (candidates.length === 1) return this.#toPath.has(candidates[0] ?? "") && path.startsWith("/") ? undefined : candidates[0];
    const wanted = path.split("/");
    let best: string | undefined;
    let length = 0;
    let tie = false;
    for (const uri of candidates) {
      const common = commonEnding(wanted, pathOf(uri).split("/"));
      if (common > length) [best, length, tie] = [uri, common, false];
      else if (common === length) tie = true;
    }
    return tie ? undefined : best;
  }

  /** Where a file of the workspace lies on the machine, if that is known. */
  deployed(uri: string): string | undefined {
    const known = this.#toPath.get(uri);
    if (known) return known;
    for (const { prefix, uri: folder } of this.#mappings)
      if (uri.startsWith(`${folder}/`)) return joinPath(prefix, pathOf(uri).slice(pathOf(folder).length + 1));
    return undefined;
  }

  /** True when some file of the workspace is known to lie below this folder of the machine. */
  *below(folder: string): Iterable<{ readonly path: string; readonly uri: string }> {
    const prefix = `${machinePath(folder)}/`;
    for (const [path, uri] of this.#toUri) if (path.startsWith(prefix)) yield { path, uri };
  }

  #index(uri: string, mirrors: ReadonlySet<string>): void {
    const path = pathOf(uri);
    const name = baseName(path);
    const group = this.#byName.get(name);
    if (group) group.push(uri);
    else this.#byName.set(name, [uri]);
    for (let at = path.search(MIRRORED); at >= 0; at = next(path, at)) {
      if (at < this.#rootLength(uri)) continue;
      if (!mirrors.has(withPath(uri, path.slice(0, at)))) continue;
      this.#bind(uri, machinePath(path.slice(at)), false);
      return;
    }
  }

  #bind(uri: string, path: string, sure: boolean): void {
    if (!sure && this.#toUri.has(path)) return; // two mirrors hold the same path: the first one stands
    this.#toUri.set(path, uri);
    this.#toPath.set(uri, path);
  }

  /** Its own path leads to it. It is the file's only one, unless something says that it is brought elsewhere. */
  #keepOwn(uri: string): void {
    const own = machinePath(pathOf(uri));
    if (!this.#toUri.has(own)) this.#toUri.set(own, uri);
    if (this.deployed(uri) !== undefined) return;
    this.#toPath.set(uri, own);
    this.#own.add(uri);
  }

  #rootLength(uri: string): number {
    for (const root of this.roots) if (uri.startsWith(`${root}/`)) return pathOf(root).length;
    return 0;
  }

  #underRoot(path: string): string | undefined {
    for (const root of this.roots) {
      const uri = withPath(root, joinPath(pathOf(root), path));
      if (this.files.has(uri)) return uri;
    }
    const [root] = this.roots;
    return root && withPath(root, joinPath(pathOf(root), path));
  }
}

function next(path: string, at: number): number {
  const found = path.slice(at + 1).search(MIRRORED);
  return found < 0 ? -1 : at + 1 + found;
}

function commonEnding(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}
