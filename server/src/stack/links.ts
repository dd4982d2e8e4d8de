/** The join: each connection of nginx with the listeners it reaches, or the ones it was probably meant for. */
import type { Document } from "../model/document";
import type { Span } from "../text/span";
import { type Address, isAnyHost, isLoopback, keysOf, type NginxTarget, nginxTarget, show } from "./address";
import type { Pass, Upstream, UpstreamServer } from "./connection";
import { type Endpoint, isAppSocket } from "./endpoint";
import type { Host, Hosts } from "./hosts";
import type { Instance } from "./instance";
import { type Reach, reach } from "./reach";

/** One way from a pass to an address: directly, or through one server of an upstream. */
export type Connection = {
  readonly pass: Pass;
  readonly upstream: Upstream | undefined;
  readonly server: UpstreamServer | undefined;
  readonly target: NginxTarget;
  readonly address: Address;
  /** Where the address is written. */
  readonly document: Document;
  readonly span: Span;
  readonly hosts: readonly Host[];
};

export type Link = {
  readonly connection: Connection;
  /** Reached listeners; more than one where several processes bind the same address. */
  readonly reached: readonly { readonly endpoint: Endpoint; readonly reach: Reach }[];
  /** False when some listener may be reached, but it is not known. */
  readonly settled: boolean;
  /** When nothing is reached: the listener it was probably meant for. */
  readonly near?: { readonly endpoint: Endpoint; readonly reach: Reach; readonly sure: boolean };
};

export function connectionsOf(
  passes: readonly Pass[],
  upstreams: ReadonlyMap<string, readonly Upstream[]>,
  hosts: Hosts,
): readonly Connection[] {
  const found: Connection[] = [];
  const hostsByDocument = new Map<Document, readonly Host[]>();
  const hostsOf = (document: Document): readonly Host[] => {
    const known = hostsByDocument.get(document) ?? hosts.ofNginx(document);
    hostsByDocument.set(document, known);
    return known;
  };
  for (const pass of passes) {
    const { target } = resolved(pass);
    const named =
      target.address.kind === "name" || (target.address.kind === "tcp" && target.address.port === 80)
        ? upstreamsNamed(pass, target, upstreams)
        : [];
    if (named.length === 0) {
      found.push({
        pass,
        upstream: undefined,
        server: undefined,
        target,
        address: target.address,
        document: pass.document,
        span: addressSpan(pass.word.span, pass.word.text, target, pass.word.quote),
        hosts: hostsOf(pass.document),
      });
      continue;
    }
    for (const upstream of named)
      for (const server of upstream.servers)
        found.push({
          pass,
          upstream,
          server,
          target: server.target,
          address: server.target.address,
          document: server.document,
          span: addressSpan(server.word.span, server.word.text, server.target, server.word.quote),
          hosts: hostsOf(server.document),
        });
  }
  return found;
}

/** A variable that one `set` of the file gives a literal value is that value. */
function resolved(pass: Pass): { readonly target: NginxTarget } {
  const variable = /^\$\{?(\w+)\}?$/.exec(pass.target.address.kind === "unknown" ? pass.word.text.slice(pass.target.start) : "")?.[1];
  if (variable === undefined) return { target: pass.target };
  const values = pass.document
    .named("set")
    .filter((nested) => nested.directive.args[0]?.text === `$${variable}`)
    .map((nested) => nested.directive.args[1]?.text ?? "");
  const [value] = values;
  if (values.length !== 1 || value === undefined || value.includes("$")) return { target: pass.target };
  return {
    target: {
      ...nginxTarget(value, undefined, pass.protocol === "http" || pass.protocol === "https"),
      start: pass.target.start,
      end: pass.target.end,
    },
  };
}

function upstreamsNamed(pass: Pass, target: NginxTarget, upstreams: ReadonlyMap<string, readonly Upstream[]>): readonly Upstream[] {
  const name = (
    target.address.kind === "name" ? target.address.name : target.address.kind === "tcp" ? target.address.host : ""
  ).toLowerCase();
  const all = upstreams.get(name) ?? [];
  const own = all.filter((upstream) => upstream.document === pass.document);
  return own.length > 0 ? own : all;
}

function addressSpan(word: Span, text: string, target: NginxTarget, quote: string | undefined): Span {
  const written = word.end - word.start - (quote ? 2 : 0);
  if (written !== text.length) return word; // escapes: the whole word
  const start = word.start + (quote ? 1 : 0);
  return { start: start + target.start, end: start + target.end };
}

export function linksOf(connections: readonly Connection[], instances: readonly Instance[], hosts: Hosts): readonly Link[] {
  const endpoints = instances.flatMap((instance) => instance.endpoints);
  const index = new Map<string, Endpoint[]>();
  const vague: Endpoint[] = [];
  for (const endpoint of endpoints) {
    const keys = keysOf(endpoint.address);
    if (keys.length === 0 || (endpoint.address.kind === "unix" && endpoint.address.relative)) vague.push(endpoint);
    for (const key of keys) index.set(key, [...(index.get(key) ?? []), endpoint]);
  }
  const hostsOf = memo((instance: Instance) => hosts.ofInstance(instance));
  const hasContainers = hosts.all.length > 0;
  const links = connections.map((connection): Link => {
    const candidates =
      hasContainers || connection.address.kind === "unknown"
        ? endpoints
        : [...keysOf(connection.address).flatMap((key) => index.get(key) ?? []), ...vague];
    const answers = candidates.map((endpoint) => ({
      endpoint,
      reach: reach(connection.address, connection.hosts, endpoint, hostsOf(endpoint.instance)),
    }));
    const reached = answers.filter((one) => one.reach.answer === "yes");
    return { connection, reached, settled: reached.length > 0 || !answers.some((one) => one.reach.answer === "unknown") };
  });
  return withNear(links, endpoints, hostsOf);
}

function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const kept = new Map<K, V>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = compute(key);
    kept.set(key, value);
    return value;
  };
}

/** For targets nobody binds: the unclaimed listener that is most like it. */
function withNear(
  links: readonly Link[],
  endpoints: readonly Endpoint[],
  hostsOf: (instance: Instance) => readonly Host[],
): readonly Link[] {
  const lost = links.filter((link) => link.reached.length === 0 && link.settled && isLocal(link.connection, endpoints, hostsOf));
  if (lost.length === 0) return links;
  const claimed = new Set(links.flatMap((link) => link.reached.map((one) => one.endpoint)));
  const free = endpoints.filter(
    (endpoint) =>
      isAppSocket(endpoint.option) &&
      endpoint.instance.start.certain &&
      endpoint.setting.certain &&
      endpoint.address.kind !== "unknown" &&
      endpoint.address.kind !== "inherited" &&
      !claimed.has(endpoint) &&
      !endpoint.instance.isEmperor,
  );
  // What is passed on by HTTP may be any server; what speaks uwsgi is uWSGI.
  const targets = new Set(lost.filter(({ connection }) => speaksUwsgi(connection)).map((link) => show(link.connection.address)));
  const isLost = new Set(lost);
  return links.map((link) => {
    if (!isLost.has(link)) return link;
    const near = nearest(link.connection, free, targets.size, hostsOf);
    return near ? { ...link, near } : link;
  });
}

function isLocal(connection: Connection, endpoints: readonly Endpoint[], hostsOf: (instance: Instance) => readonly Host[]): boolean {
  const { address } = connection;
  if (address.kind === "unix") return !address.relative;
  if (address.kind !== "tcp") return false;
  if (isLoopback(address.host) || isAnyHost(address.host)) return true;
  return endpoints.some((endpoint) =>
    hostsOf(endpoint.instance).some((host) => host.container.names.some((name) => name.toLowerCase() === address.host)),
  );
}

const speaksUwsgi = (connection: Connection): boolean => connection.pass.protocol === "uwsgi" || connection.pass.protocol === "suwsgi";

function nearest(
  connection: Connection,
  free: readonly Endpoint[],
  targets: number,
  hostsOf: (instance: Instance) => readonly Host[],
): Link["near"] {
  const isUwsgi = speaksUwsgi(connection);
  const scored = free
    .map((endpoint) => ({ endpoint, score: similarity(connection.address, endpoint.address, connection.document, endpoint) }))
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  if (!first) return undefined;
  const alone = targets === 1 && free.length === 1;
  const clear =
    first.score >= 0.6 && (second === undefined || first.score > second.score || second.endpoint.instance === first.endpoint.instance);
  if (
    !(isUwsgi ? alone || clear : clear && first.score >= 0.75 && (first.endpoint.protocol === "http" || connection.address.kind === "unix"))
  )
    return undefined;
  const how = reach(connection.address, connection.hosts, first.endpoint, hostsOf(first.endpoint.instance));
  return { endpoint: first.endpoint, reach: how, sure: alone || first.score >= 0.75 };
}

/** 0 to 1: how much two addresses look like spellings of one. */
function similarity(target: Address, bound: Address, document: Document, endpoint: Endpoint): number {
  const name = (path: string): string => (path.split("/").at(-1) ?? "").replace(/\.[^.]*$/, "").toLowerCase();
  if (target.kind === "unix" && bound.kind === "unix") {
    const [a, b] = [name(target.path), name(bound.path)];
    if (target.path.toLowerCase() === bound.path.toLowerCase()) return 0.95;
    if (a === b) return 0.85;
    const near = 1 - distance(target.path.toLowerCase(), bound.path.toLowerCase()) / Math.max(target.path.length, bound.path.length);
    return a.includes(b) || b.includes(a) ? Math.max(0.7, near) : near;
  }
  if (target.kind === "tcp" && bound.kind === "tcp") {
    if (target.port === bound.port) return 0.9;
    return Math.abs(target.port - bound.port) <= 1 || distance(String(target.port), String(bound.port)) === 1 ? 0.8 : 0.5;
  }
  if (bound.kind === "nowhere" && target.kind === "unix" && bound.text.includes(target.path)) return 0.9;
  const app = name(endpoint.instance.document.path);
  return app !== "uwsgi" && app !== "app" && app === name(document.path) ? 0.65 : 0.3;
}

/** Levenshtein distance, capped by the length of the shorter text's row. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] ?? 0;
}
