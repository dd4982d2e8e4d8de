/**
 * What of a large configuration can matter to one file of it. After an edit only that is read again: the files on the way to it, those
 * that were edited, those that set something in the same blocks, and those that share a name or an address with it.
 */

import type { Document } from "../model/document";
import { joinListens } from "../model/nginx/listens";
import { type Block, emptyReading, type Name, type Reading, type Statement } from "../model/nginx/reading";
import { Register } from "./register";
import type { Workspace } from "./workspace";

/** Of the files that share a key the first ones decide: nginx takes the first and refuses or ignores the others. */
const FIRST = 4;
/** With more files than this in the way, all is read again. */
const MANY = 300;

/** What stands beside others in a block that several files fill, and meets them by its names and addresses only. */
const OWN: ReadonlySet<string> = new Set([
  "server",
  "upstream",
  "map",
  "geo",
  "split_clients",
  "log_format",
  "limit_req_zone",
  "limit_conn_zone",
  "proxy_cache_path",
  "fastcgi_cache_path",
  "uwsgi_cache_path",
  "scgi_cache_path",
]);

export type Index = {
  /** Files by what they share with others, the first ones of each. */
  readonly byKey: ReadonlyMap<string, readonly string[]>;
  /** By the file that opens a block: other files that set something in it. */
  readonly guests: ReadonlyMap<string, ReadonlySet<string>>;
  /** Files in which something is not known. */
  readonly unsure: readonly string[];
};

const indexes = new WeakMap<Reading, Index>();

export function indexOf(reading: Reading): Index {
  const known = indexes.get(reading) ?? makeIndex(reading);
  indexes.set(reading, known);
  return known;
}

function makeIndex(reading: Reading): Index {
  const byKey = new Map<string, string[]>();
  const add = (key: string, uri: string): void => {
    const uris = byKey.get(key);
    if (!uris) byKey.set(key, [uri]);
    else if (uris.length < FIRST && !uris.includes(uri)) uris.push(uri);
  };
  for (const name of reading.names) {
    add(keyOfName(name), name.statement.source.uri);
    if (name.role === "defines") add(`${keyOfName(name)} defined`, name.statement.source.uri);
  }
  for (const [key, uri] of serverKeys(reading.statements)) add(key, uri);
  const root = reading.statements[0]?.source.uri ?? "";
  const guests = new Map<string, Set<string>>();
  for (const { block, directive, source } of reading.statements) {
    const host = block.owner?.source.uri ?? root;
    if (host === source.uri || OWN.has(directive.name.text)) continue;
    const known = guests.get(host);
    if (known) known.add(source.uri);
    else guests.set(host, new Set([source.uri]));
  }
  return { byKey, guests, unsure: [...[...reading.gaps].slice(0, FIRST), ...[...reading.strangers].slice(0, FIRST)] };
}

/** The files that share something with what a file says in a reading. */
export function sharing(index: Index, reading: Reading, uri: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const name of reading.names) if (name.statement.source.uri === uri) keys.add(keyOfName(name)).add(`${keyOfName(name)} defined`);
  for (const [key] of serverKeys(reading.statements.filter((it) => it.source.uri === uri))) {
    keys.add(key);
    if (key.startsWith("listen ")) for (const more of SOCKET) keys.add(`${key} ${more}`);
  }
  return new Set([...keys].flatMap((key) => index.byKey.get(key) ?? []));
}

const keyOfName = ({ family, kind, name }: Name): string => `${family} ${kind} ${kind === "log format" ? name.toLowerCase() : name}`;

const SOCKET = ["ssl", "default", "set"] as const;

/** Addresses of servers, what is set there, and the names that each server has on its addresses; with their file. */
function* serverKeys(statements: readonly Statement[]): Iterable<readonly [string, string]> {
  const servers = statements.flatMap((it) => (it.inner?.context === "http.server" ? [it.inner] : []));
  const addresses = new Map<Block, string[]>(servers.map((server) => [server, []]));
  for (const { key, servers: sharing } of joinListens(servers, emptyReading("http", {})))
    for (const server of sharing) addresses.get(server)?.push(key);
  for (const [server, keys] of addresses) {
    const uri = server.owner?.source.uri;
    if (uri === undefined) continue;
    const said = server.statements.flatMap((it) => (it.directive.name.text === "listen" ? it.directive.args.slice(1) : []));
    const names = server.statements.flatMap((it) => (it.directive.name.text === "server_name" ? it.directive.args : []));
    for (const key of keys) {
      yield [`listen ${key}`, uri];
      if (said.some(({ text }) => text === "ssl" || text === "quic")) yield [`listen ${key} ssl`, uri];
      if (said.some(({ text }) => text.startsWith("default"))) yield [`listen ${key} default`, uri];
      if (said.length > 0) yield [`listen ${key} set`, uri];
      for (const { text } of names) yield [`server ${key} ${text.toLowerCase()}`, uri];
    }
  }
}

/** The includers of a file and theirs, up to the first ones; undefined when they are many. */
export function above(uri: string, includers: (uri: string) => readonly string[]): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const open = [uri]; open.length > 0; ) {
    for (const one of includers(open.pop() ?? uri)) if (one !== uri && !found.has(one)) open.push(one) && found.add(one);
    if (found.size > MANY) return undefined;
  }
  return found;
}

/**
 * Files that lead to the wanted ones: `ways` leads to the file itself. One way is enough to a file that is wanted for what it says, but
 * all count to one that was edited. Undefined when they are many.
 */
export function leading(
  wanted: ReadonlySet<string>,
  edited: ReadonlySet<string>,
  ways: ReadonlySet<string>,
  includers: (uri: string) => readonly string[],
): ReadonlySet<string> | undefined {
  const through = new Set(ways);
  for (const uri of wanted) {
    for (let open = [uri]; open.length > 0; ) {
      const next: string[] = [];
      for (const file of open) {
        const all = includers(file).filter((one) => one !== file);
        if (all.some((one) => ways.has(one) || (one !== uri && wanted.has(one)))) continue;
        for (const one of edited.has(uri) ? all : all.slice(0, 1)) if (!through.has(one)) next.push(one) && through.add(one);
      }
      if (through.size > MANY) return undefined;
      open = next;
    }
  }
  return wanted.size > MANY ? undefined : through;
}

const NAMES = {};
const byName = () =>
  new Register<Document, string, Document>(function* (document) {
    for (const name of new Set(document.tree.directives.map((one) => one.name.text))) yield [name, document];
  });
const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();
const FEW = 16;

/** Of files those that have one of these directives at their top, in the same order: hardly any of the thousands that a glob brings. */
export function saying(workspace: Workspace, uris: readonly string[], ...names: readonly string[]): readonly Document[] {
  if (uris.length <= FEW) return uris.flatMap((uri) => workspace.get(uri) ?? []);
  const at = places.get(uris) ?? new Map(uris.map((uri, place) => [uri, place]));
  places.set(uris, at);
  const register = workspace.derive(NAMES, byName, workspace.roots).update(workspace.of("nginx"));
  const found = new Set(names.flatMap((name) => register.get(name)).filter(({ uri }) => at.has(uri)));
  return [...found].sort((a, b) => (at.get(a.uri) ?? 0) - (at.get(b.uri) ?? 0));
}
