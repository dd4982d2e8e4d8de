/** The nginx configurations of a workspace: which file nginx starts with, which files it includes from there, and as what each is read. */
import type { NginxContext } from "../facts/nginx";
import type { Document } from "../model/document";
import { inferContext } from "../model/nginx/infer";
import { readConfiguration } from "../model/nginx/read";
import { isTemplated, type Reading, type Source } from "../model/nginx/reading";
import { baseName, folderOf, joinPath, pathOf, withPath } from "../text/uri";
import { machinePath } from "./paths";
import type { Workspace } from "./workspace";

/** One configuration for each file that no other includes. */
export type Configuration = { readonly root: Document; readonly context: NginxContext };

type Includes = { readonly into: ReadonlyMap<Document, readonly Document[]>; readonly by: ReadonlyMap<Document, readonly Document[]> };

const INCLUDES = {};
const READINGS = {};
const FILES = {};

/** The configurations that a file is part of. */
export function configurationsWith(workspace: Workspace, document: Document): readonly Configuration[] {
  const { by } = includesOf(workspace);
  const roots = new Set<Document>();
  const seen = new Set<Document>([document]);
  for (const open = [document]; open.length > 0; ) {
    const file = open.pop();
    const above = file ? (by.get(file) ?? []).filter((one) => one !== file) : [];
    if (file && above.length === 0) roots.add(file);
    for (const one of above) if (!seen.has(one)) open.push(one);
    for (const one of above) seen.add(one);
  }
  // Files that include one another in a circle have no beginning: each is its own.
  if (roots.size === 0) roots.add(document);
  return Array.from(roots, (root) => ({ root, context: contextOf(root) }));
}

/** A configuration as nginx reads it. Kept while nothing in the workspace changes. */
export function readingOf(workspace: Workspace, { root, context }: Configuration): Reading {
  const kept = workspace.derive(READINGS, () => new Map<Document, Reading>());
  const known = kept.get(root);
  if (known) return known;
  const release = workspace.target.nginxVersion;
  const missing = new Set(workspace.target.missing?.map(machinePath));
  const include = (path: string, from: { readonly source: Source }): readonly Source[] | undefined | null =>
    filesOf(workspace, path, root, from.source.uri) ?? (missing.has(machinePath(joinPath("/etc/nginx", path))) ? null : undefined);
  const reading = readConfiguration(root, context, release === undefined ? { include } : { release, include });
  kept.set(root, reading);
  return reading;
}

export const readingsWith = (workspace: Workspace, document: Document): readonly Reading[] =>
  configurationsWith(workspace, document).map((configuration) => readingOf(workspace, configuration));

function includesOf(workspace: Workspace): Includes {
  return workspace.derive(INCLUDES, () => {
    const into = new Map<Document, readonly Document[]>();
    const by = new Map<Document, Document[]>();
    for (const document of workspace.of("nginx")) {
      const files = document
        .named("include")
        .flatMap(({ directive }) => filesOf(workspace, directive.args[0]?.text ?? "", document, document.uri) ?? []);
      into.set(document, files);
      for (const file of files) by.set(file, [...(by.get(file) ?? []), document]);
    }
    return { into, by };
  });
}

/** The files an `include` means; undefined when that is not known. Relative paths start from the folder of the first file. */
export function filesOf(workspace: Workspace, path: string, root: Document, from: string): readonly Document[] | undefined {
  if (path === "" || isTemplated(path)) return undefined;
  // Which files there are changes seldom, and a configuration includes the same one many times.
  const kept = workspace.derive(FILES, () => new Map<string, readonly string[]>(), workspace.shape);
  const key = `${path}\n${root.uri}\n${from}`;
  const uris =
    kept.get(key) ??
    (path.startsWith("/") ? absolute(workspace, path, root) : relative(workspace, path, root, from)).map((file) => file.uri);
  kept.set(key, uris);
  return uris.length > 0 ? uris.flatMap((uri) => workspace.get(uri) ?? []) : undefined;
}

function absolute(workspace: Workspace, path: string, root: Document): readonly Document[] {
  const wanted = machinePath(path);
  if (!isGlob(path)) {
    const found = workspace.get(workspace.paths.resolve(wanted) ?? "");
    return found?.language === "nginx" ? [found] : [];
  }
  const deployed = workspace.of("nginx").filter((one) => {
    const at = workspace.paths.deployed(one.uri);
    return at !== undefined && matches(wanted, at);
  });
  if (deployed.length > 0) return sorted(deployed);
  // A folder that holds what belongs into /etc/nginx: `/etc/nginx/conf.d/*.conf` is `conf.d/*.conf` beside the first file.
  const prefix = "/etc/nginx/";
  return wanted.startsWith(prefix) ? matching(workspace, joinPath(folderOf(pathOf(root.uri)), wanted.slice(prefix.length))) : [];
}

function relative(workspace: Workspace, path: string, root: Document, from: string): readonly Document[] {
  for (const folder of new Set([folderOf(pathOf(root.uri)), folderOf(pathOf(from))])) {
    const whole = joinPath(folder, path);
    if (isGlob(path)) {
      const found = matching(workspace, whole);
      if (found.length > 0) return found;
    } else {
      const found = workspace.get(withPath(root.uri, whole));
      if (found?.language === "nginx") return [found];
    }
  }
  if (isGlob(path)) return [];
  // nginx's own folder is not told: a file of that name may stand for it.
  const found = workspace.get(workspace.paths.resolve(`/etc/nginx/${path}`) ?? workspace.paths.byEnding(path) ?? "");
  return found?.language === "nginx" && baseName(found.path) === baseName(path) ? [found] : [];
}

const matching = (workspace: Workspace, glob: string): readonly Document[] =>
  sorted(workspace.of("nginx").filter((one) => matches(glob, one.path)));

/** nginx reads the files of a glob in the order of their names. */
const sorted = (documents: readonly Document[]): readonly Document[] => [...documents].sort((a, b) => (a.path < b.path ? -1 : 1));

const isGlob = (path: string): boolean => /[*?[]/.test(path);

/** A glob within path parts. No backtracking beyond one star of a part at a time. */
function matches(glob: string, path: string): boolean {
  const parts = glob.split("/");
  const names = path.split("/");
  return parts.length === names.length && parts.every((part, at) => matchesName(part, names[at] ?? ""));
}

function matchesName(glob: string, name: string): boolean {
  if (!isGlob(glob)) return glob === name;
  if (name.startsWith(".") && !glob.startsWith(".")) return false;
  let [at, of, star, mark] = [0, 0, -1, 0];
  while (of < name.length) {
    const width = glob[at] === "[" ? classWidth(glob, at) : 1;
    if (glob[at] === "*") [star, mark] = [at++, of];
    else if (at < glob.length && fits(glob.slice(at, at + width), name[of] ?? "")) [at, of] = [at + width, of + 1];
    else if (star >= 0) [at, of] = [star + 1, ++mark];
    else return false;
  }
  while (glob[at] === "*") at++;
  return at === glob.length;
}

const classWidth = (glob: string, at: number): number => Math.max(1, glob.indexOf("]", at + 2) - at + 1);

function fits(one: string, char: string): boolean {
  if (one === "?") return true;
  if (!one.startsWith("[") || one.length < 3) return one === char;
  const inverted = /^\[[!^]/.test(one);
  const set = one.slice(inverted ? 2 : 1, -1);
  let found = false;
  for (let at = 0; at < set.length; at++) {
    const last = set[at + 1] === "-" && at + 2 < set.length ? set[at + 2] : undefined;
    if (last === undefined ? set[at] === char : (set[at] ?? "") <= char && char <= last) found = true;
    if (last !== undefined) at += 2;
  }
  return found !== inverted;
}

/** As what a file that nobody includes is read. */
export function contextOf(document: Document): NginxContext {
  const known = contexts.get(document) ?? inferContext(document.tree.directives);
  contexts.set(document, known);
  return known;
}

const contexts = new WeakMap<Document, NginxContext>();
