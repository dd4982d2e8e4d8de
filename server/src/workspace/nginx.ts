/** The nginx configurations of a workspace: which file nginx starts with, which files it includes from there, and as what each is read. */
import { directivesNamed, type NginxContext } from "../facts/nginx";
import { buildFrom, buildOf } from "../facts/nginx-build";
import type { Document } from "../model/document";
import { inferContext } from "../model/nginx/infer";
import { readConfiguration } from "../model/nginx/read";
import { isTemplated, type Reading, type Source } from "../model/nginx/reading";
import type { Directive, Nested } from "../syntax/tree";
import { baseName, folderOf, joinPath, pathOf, withPath } from "../text/uri";
import { isMissing, targetOf } from "./known";
import { above, indexOf, leading, sharing } from "./nginx-near";
import { machinePath } from "./paths";
import { Register } from "./register";
import type { Workspace } from "./workspace";

/** One configuration for each file that no other includes. */
export type Configuration = { readonly root: Document; readonly context: NginxContext };

/** A reading with the files it was made from, and those of them that were edited since. */
type Kept = {
  readonly reading: Reading;
  readonly files: ReadonlyMap<string, Document | undefined>;
  readonly edited: Set<string>;
  edits: number;
  revision: number;
};
/** A reading of what matters to one file, after so many edits of the whole it is a part of. */
type Near = Pick<Kept, "reading" | "files" | "edits"> & { readonly whole: Reading; readonly sharing: ReadonlySet<string> };

const INCLUDERS = {};
const CONFIGURATIONS = {};
const READINGS = {};
const NEAR = {};
const FILES = {};
const PLACES = {};
const FOLDERS = {};
const UNREAD = {};
const MORE = {};

/** The configurations that a file is part of. */
export function configurationsWith(workspace: Workspace, document: Document): readonly Configuration[] {
  const kept = workspace.derive(CONFIGURATIONS, () => new Map<Document, readonly Configuration[]>());
  const known = kept.get(document) ?? Array.from(rootsOf(workspace, document), (root) => ({ root, context: contextOf(root) }));
  kept.set(document, known);
  return known;
}

function rootsOf(workspace: Workspace, document: Document): ReadonlySet<Document> {
  const includers = includersOf(workspace);
  const roots = new Set<Document>();
  const seen = new Set<Document>([document]);
  for (const open = [document]; open.length > 0; ) {
    const file = open.pop() ?? document;
    const above = includers.get(file.uri).flatMap((uri) => (uri === file.uri ? [] : (workspace.get(uri) ?? [])));
    if (above.length === 0) roots.add(file);
    for (const one of above) if (!seen.has(one)) open.push(one);
    for (const one of above) seen.add(one);
  }
  // Files that include one another in a circle have no beginning: each is its own.
  return roots.size === 0 ? roots.add(document) : roots;
}

/** A configuration as nginx reads it. Kept while the files it is made of are the same. */
export function readingOf(workspace: Workspace, configuration: Configuration): Reading {
  const known = keptOf(workspace, configuration);
  if (known?.edited.size === 0) return known.reading;
  const { reading, files } = read(workspace, configuration);
  readings(workspace).set(configuration.root.uri, { reading, files, edited: new Set(), edits: 0, revision: workspace.revision });
  return reading;
}

/**
 * A file read no further than down to a directive: `way` is the directive and the blocks around it. Undefined where other files lead to
 * the file; then all must be read.
 */
export function readingDownTo(workspace: Workspace, document: Document, way: readonly Directive[]): Reading | undefined {
  const [own, ...others] = configurationsWith(workspace, document);
  if (own?.root !== document || others.length > 0) return undefined;
  const known = keptOf(workspace, own);
  return known?.edited.size === 0 ? known.reading : read(workspace, own, undefined, { way: new Set(way) }).reading;
}

const readings = (workspace: Workspace): Map<string, Kept> => workspace.derive(READINGS, () => new Map<string, Kept>(), workspace.shape);

function keptOf(workspace: Workspace, { root, context }: Configuration): Kept | undefined {
  const known = readings(workspace).get(root.uri);
  if (!known || known.reading.root.context !== context) return undefined;
  if (known.revision === workspace.revision) return known;
  for (const uri of workspace.changedSince(known.revision) ?? known.files.keys())
    if (known.files.has(uri) && known.files.get(uri) !== workspace.get(uri)) {
      known.edited.add(uri);
      known.edits++;
    }
  known.revision = workspace.revision;
  return known;
}

/** `passes`: whether a file takes part that another one includes. */
function read(workspace: Workspace, { root, context }: Configuration, passes?: (from: string, file: string) => boolean, rest = {}) {
  const { nginxVersion: release, nginxModules: modules, distro } = workspace.target;
  const build = modules && modules.length > 0 ? buildFrom(modules) : buildOf(distro, release);
  const files = new Map<string, Document | undefined>([[root.uri, root]]);
  const include = (path: string, { source: { uri } }: { readonly source: Source }): readonly Source[] | undefined | null => {
    const all = urisOf(workspace, path, root, uri);
    if (all.length === 0) return isLost(workspace, path, root) ? null : undefined;
    const found = (passes ? all.filter((file) => passes(uri, file)) : all).flatMap((file) => workspace.get(file) ?? []);
    for (const file of found) files.set(file.uri, file);
    return found;
  };
  const unread = (path: string, { source: { uri } }: { readonly source: Source }): boolean => meansUnread(workspace, path, root, uri);
  return {
    reading: readConfiguration(root, context, { include, unread, ...(release && { release }), ...(build && { build }), ...rest }),
    files,
  };
}

/** Whether a file that is included is known to be missing on the machine. */
function isLost(workspace: Workspace, path: string, root: Document): boolean {
  if (path === "" || isGlob(path) || isTemplated(path)) return false;
  const target = targetOf(workspace, root.uri);
  const own = workspace.paths.deployed(root.uri) ?? "";
  // nginx's own folder is where its first file lies; as a rule that is /etc/nginx.
  const folder = !target.local || own.startsWith("/etc/nginx/") ? "/etc/nginx" : baseName(own) === "nginx.conf" ? folderOf(own) : undefined;
  return (path.startsWith("/") || folder !== undefined) && isMissing(target, joinPath(folder ?? "/", path));
}

/** Smaller configurations are read as a whole. */
const LEAST_FILES = 64;
/** After edits of so many files all is read again. */
const MOST_EDITED = 40;

/**
 * A configuration as far as it matters to one of its files: there, it says what the whole says. The whole, while that is known; after
 * an edit of a large configuration much less.
 */
export function readingFor(workspace: Workspace, configuration: Configuration, document: Document): Reading {
  const known = keptOf(workspace, configuration);
  if (!known || known.edited.size === 0 || known.files.size < LEAST_FILES || known.edited.size > MOST_EDITED)
    return readingOf(workspace, configuration);
  return readNear(workspace, configuration, document, known) ?? readingOf(workspace, configuration);
}

function readNear(workspace: Workspace, configuration: Configuration, document: Document, known: Kept): Reading | undefined {
  const { uri } = document;
  const kept = workspace.derive(NEAR, () => new Map<string, Near>(), workspace.shape);
  const key = `${configuration.root.uri}\n${uri}`;
  const before = kept.get(key);
  const old = before?.whole === known.reading ? before : undefined;
  if (old?.edits === known.edits && [...old.files].every(([file, version]) => workspace.get(file) === version)) return old.reading;
  const register = includersOf(workspace);
  const includers = (file: string): readonly string[] => register.get(file);
  const ways = above(uri, includers);
  // How many sockets there are is asked beside the number of connections.
  if (!ways || document === configuration.root || document.named("worker_connections").length > 0) return undefined;
  const index = indexOf(known.reading);
  const guests = [...ways].flatMap((way) => [...(index.guests.get(way) ?? [])]);
  const wanted = new Set([uri, ...known.edited, ...guests, ...index.unsure, ...(old?.sharing ?? [])]);
  function* elsewhere() {
    for (const name of known.reading.defined.values()) if (!known.edited.has(name.statement.source.uri)) yield name;
  }
  for (;;) {
    const through = leading(wanted, known.edited, ways, includers);
    if (!through) return undefined;
    const passes = (from: string, file: string): boolean => from === uri || !through.has(from) || through.has(file) || wanted.has(file);
    const { reading, files } = read(workspace, configuration, passes, { elsewhere });
    const shared = sharing(index, reading, uri);
    const more = [...shared].filter((file) => !wanted.has(file) && !files.has(file));
    if (more.length === 0) {
      kept.set(key, { reading, files, edits: known.edits, whole: known.reading, sharing: shared });
      return reading;
    }
    for (const file of more) wanted.add(file);
  }
}

export const readingsWith = (workspace: Workspace, document: Document): readonly Reading[] =>
  configurationsWith(workspace, document).map((configuration) => readingOf(workspace, configuration));

/** By the file that is included: the files that do. */
function includersOf(workspace: Workspace): Register<Document, string, string> {
  const included = function* (document: Document): Iterable<readonly [string, string]> {
    for (const { directive } of document.named("include"))
      for (const uri of urisOf(workspace, directive.args[0]?.text ?? "", document, document.uri)) yield [uri, document.uri];
  };
  // Which files there are decides what a path means, so with others all is looked at again.
  return workspace.derive(INCLUDERS, () => new Register(included), workspace.shape).update(workspace.of("nginx"));
}

/** Where a file is included. */
export function includesOf(workspace: Workspace, document: Document): readonly { readonly document: Document; readonly nested: Nested }[] {
  const kept = workspace.derive(PLACES, () => new Map<Document, ReadonlyMap<string, readonly Nested[]>>(), workspace.shape);
  return includersOf(workspace)
    .get(document.uri)
    .flatMap((uri) => {
      const includer = uri === document.uri ? undefined : workspace.get(uri);
      if (!includer) return [];
      const places = kept.get(includer) ?? placesIn(workspace, includer);
      kept.set(includer, places);
      return (places.get(document.uri) ?? []).map((nested) => ({ document: includer, nested }));
    });
}

function placesIn(workspace: Workspace, includer: Document): ReadonlyMap<string, readonly Nested[]> {
  const places = new Map<string, Nested[]>();
  for (const nested of includer.named("include"))
    for (const uri of urisOf(workspace, nested.directive.args[0]?.text ?? "", includer, includer.uri)) {
      const list = places.get(uri) ?? [];
      places.set(uri, list);
      list.push(nested);
    }
  return places;
}

/** The files an `include` means; undefined when that is not known. Relative paths start from the folder of the first file. */
export function filesOf(workspace: Workspace, path: string, root: Document, from: string): readonly Document[] | undefined {
  const uris = urisOf(workspace, path, root, from);
  return uris.length > 0 ? uris.flatMap((uri) => workspace.get(uri) ?? []) : undefined;
}

/** The same as URIs; none when not known. */
export function urisOf(workspace: Workspace, path: string, root: Document, from: string): readonly string[] {
  if (path === "" || isTemplated(path)) return [];
  // A configuration includes the same file many times.
  const kept = workspace.derive(FILES, () => new Map<string, readonly string[]>(), workspace.shape);
  const key = `${path}\n${folderOf(root.uri)}\n${folderOf(from)}`;
  const uris = kept.get(key) ?? (path.startsWith("/") ? absolute(workspace, path, root) : relative(workspace, path, root, from));
  kept.set(key, uris);
  return uris;
}

function absolute(workspace: Workspace, path: string, root: Document): readonly string[] {
  if (isGlob(path)) return globbed(foldersOf(workspace), path, root, root.uri);
  return nginxFile(workspace, workspace.paths.resolve(machinePath(path)));
}

function relative(workspace: Workspace, path: string, root: Document, from: string): readonly string[] {
  if (isGlob(path)) return globbed(foldersOf(workspace), path, root, from);
  for (const folder of new Set([folderOf(pathOf(root.uri)), folderOf(pathOf(from))])) {
    const found = nginxFile(workspace, withPath(root.uri, joinPath(folder, path)));
    if (found.length > 0) return found;
  }
  // nginx's own folder is not told: a file of that name may stand for it.
  const found = workspace.paths.resolve(`/etc/nginx/${path}`) ?? workspace.paths.byEnding(path);
  return found !== undefined && baseName(pathOf(found)) === baseName(path) ? nginxFile(workspace, found) : [];
}

const nginxFile = (workspace: Workspace, uri: string | undefined): readonly string[] => {
  const file = uri === undefined ? undefined : workspace.get(uri);
  return file?.language === "nginx" ? [file.uri] : [];
};

function globbed({ own, deployed }: Places, path: string, root: Document, from: string): readonly string[] {
  const beside = folderOf(pathOf(root.uri));
  if (path.startsWith("/")) {
    const wanted = machinePath(path);
    const found = matching(deployed, wanted);
    // A folder that holds what belongs into /etc/nginx: `/etc/nginx/conf.d/*.conf` is `conf.d/*.conf` beside the first file.
    const prefix = "/etc/nginx/";
    return found.length > 0 || !wanted.startsWith(prefix) ? found : matching(own, joinPath(beside, wanted.slice(prefix.length)));
  }
  for (const folder of new Set([beside, folderOf(pathOf(from))])) {
    const found = matching(own, joinPath(folder, path));
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether a pattern means files, too, that nothing shows to be nginx's: nginx reads them, and what they say is not known. */
export function meansUnread(workspace: Workspace, path: string, root: Document, from: string): boolean {
  if (!isGlob(path) || isTemplated(path)) return false;
  const kept = workspace.derive(MORE, () => new Map<string, boolean>(), workspace.shape);
  const key = `${path}\n${folderOf(root.uri)}\n${folderOf(from)}`;
  const more = kept.get(key) ?? globbed(unreadOf(workspace), path, root, from).length > 0;
  kept.set(key, more);
  return more;
}

/** Files of each folder: where they lie here, and where they are known to lie on the machine. */
type Folders = ReadonlyMap<string, readonly Placed[]>;
type Placed = { readonly path: string; readonly uri: string };
type Places = { readonly own: Folders; readonly deployed: Folders };

const foldersOf = (workspace: Workspace): Places =>
  workspace.derive(
    FOLDERS,
    () =>
      placesOf(
        workspace,
        workspace.of("nginx").map(({ uri }) => uri),
      ),
    workspace.shape,
  );

const unreadOf = (workspace: Workspace): Places =>
  workspace.derive(
    UNREAD,
    () =>
      placesOf(
        workspace,
        [...workspace.files].filter((uri) => (workspace.get(uri)?.language ?? "other") === "other"),
      ),
    workspace.shape,
  );

function placesOf(workspace: Workspace, uris: readonly string[]): Places {
  const all = uris.map((uri) => ({ uri, path: pathOf(uri), deployed: workspace.paths.deployed(uri) }));
  return { own: byFolder(all), deployed: byFolder(all.flatMap(({ uri, deployed }) => (deployed ? [{ uri, path: deployed }] : []))) };
}

const byFolder = (files: readonly Placed[]): Folders => Map.groupBy(files, ({ path }) => folderOf(path));

/** nginx reads the files of a glob in the order of their names. */
function matching(folders: Folders, glob: string): readonly string[] {
  const [folder, name] = [folderOf(glob), baseName(glob)];
  const places = isGlob(folder)
    ? [...folders].flatMap(([path, files]) => (matches(folder, path) ? files : []))
    : (folders.get(folder) ?? []);
  const found = places.filter(({ path }) => matchesName(name, baseName(path)));
  return found.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ uri }) => uri);
}

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
  const known = contexts.get(document) ?? (isEmptyWhole(document) ? "main" : inferContext(document.tree.directives));
  contexts.set(document, known);
  return known;
}

const contexts = new WeakMap<Document, NginxContext>();

/** Where nothing is written yet the name tells. */
const isEmptyWhole = ({ path, tree }: Document): boolean =>
  /^nginx\.conf/.test(baseName(path)) && tree.directives.every(({ name }) => directivesNamed(name.text).length === 0);
