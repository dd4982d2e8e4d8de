/** The listener that a connection was probably meant for, when it reaches none. */
import { editDistance } from "../facts/near";
import type { Document } from "../model/document";
import { type Address, isAnyHost, isLoopback, show } from "./address";
import { type Endpoint, isAppSocket } from "./endpoint";
import type { Host } from "./hosts";
import type { Instance } from "./instance";
import type { Connection, Link } from "./links";
import { reach } from "./reach";

type HostsOf = (instance: Instance) => readonly Host[];

/** More comparisons of texts than this would be felt: beyond, only listeners of the same name or port are looked at. */
const MOST_COMPARISONS = 2_500;
/** A name that so many have tells nothing. */
const MOST_ALIKE = 50;
/** A socket's path has 107 at most. */
const MOST_LETTERS = 200;

export type Lost = {
  /** The listener that is most like the address of a link. */
  nearest(connection: Connection): Link["near"];
};

/** Listeners that may be taken for the one meant: those nobody connects to. */
export const mayBeMeant = ({ option, instance, setting, address }: Endpoint): boolean =>
  isAppSocket(option) &&
  instance.start.certain &&
  setting.certain &&
  address.kind !== "unknown" &&
  address.kind !== "inherited" &&
  !instance.isEmperor;

export function lost(links: readonly Link[], free: readonly Endpoint[], hostsOf: HostsOf): Lost {
  // What is passed on by HTTP may be any server; what speaks uwsgi is uWSGI.
  const targets = new Set(links.filter(({ connection }) => speaksUwsgi(connection)).map((link) => show(link.connection.address)));
  const alone = targets.size === 1 && free.length === 1;
  const byLikeness = links.length * free.length > MOST_COMPARISONS ? groupByLikeness(free) : undefined;
  return {
    nearest(connection) {
      const candidates = byLikeness ? [...new Set(likenesses(connection.address).flatMap((key) => byLikeness.get(key) ?? []))] : free;
      return nearest(connection, candidates, alone, hostsOf);
    },
  };
}

/** `names`: those of the containers that run uWSGI. */
export function isLocal({ address }: Connection, names: ReadonlySet<string>): boolean {
  if (address.kind === "unix") return !address.relative;
  return address.kind === "tcp" && (isLoopback(address.host) || isAnyHost(address.host) || names.has(address.host));
}

const speaksUwsgi = (connection: Connection): boolean => connection.pass.protocol === "uwsgi" || connection.pass.protocol === "suwsgi";

function nearest(connection: Connection, free: readonly Endpoint[], alone: boolean, hostsOf: HostsOf): Link["near"] {
  const isUwsgi = speaksUwsgi(connection);
  const scored = free
    .map((endpoint) => ({ endpoint, score: similarity(connection.address, endpoint.address, connection.document, endpoint) }))
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  if (!first) return undefined;
  const clear =
    first.score >= 0.6 && (second === undefined || first.score > second.score || second.endpoint.instance === first.endpoint.instance);
  if (
    !(isUwsgi ? alone || clear : clear && first.score >= 0.75 && (first.endpoint.protocol === "http" || connection.address.kind === "unix"))
  )
    return undefined;
  const how = reach(connection.address, connection.hosts, first.endpoint, hostsOf(first.endpoint.instance));
  return { endpoint: first.endpoint, reach: how, sure: alone || first.score >= 0.75 };
}

const nameOf = (path: string): string => (path.split("/").at(-1) ?? "").replace(/\.[^.]*$/, "").toLowerCase();

/** What spellings of one address have in common at least. */
function likenesses(address: Address): readonly string[] {
  if (address.kind === "unix") return [`name ${nameOf(address.path)}`, `path ${address.path.toLowerCase()}`];
  return address.kind === "tcp" ? [`port ${address.port}`] : [];
}

function groupByLikeness(endpoints: readonly Endpoint[]): ReadonlyMap<string, readonly Endpoint[]> {
  const groups = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints)
    for (const key of likenesses(endpoint.address)) {
      const group = groups.get(key);
      if (group) group.push(endpoint);
      else groups.set(key, [endpoint]);
    }
  for (const [key, group] of groups) if (group.length > MOST_ALIKE) groups.delete(key);
  return groups;
}

/** 0 to 1: how much two addresses look like spellings of one. */
function similarity(target: Address, bound: Address, document: Document, endpoint: Endpoint): number {
  if (target.kind === "unix" && bound.kind === "unix") {
    const [a, b] = [nameOf(target.path), nameOf(bound.path)];
    if (target.path.toLowerCase() === bound.path.toLowerCase()) return 0.95;
    if (a === b) return 0.85;
    const length = Math.max(target.path.length, bound.path.length);
    const near = length > MOST_LETTERS ? 0 : 1 - editDistance(target.path.toLowerCase(), bound.path.toLowerCase(), length) / length;
    return a.includes(b) || b.includes(a) ? Math.max(0.7, near) : near;
  }
  if (target.kind === "tcp" && bound.kind === "tcp") {
    if (target.port === bound.port) return 0.9;
    return Math.abs(target.port - bound.port) <= 1 || editDistance(String(target.port), String(bound.port)) === 1 ? 0.8 : 0.5;
  }
  if (bound.kind === "nowhere" && target.kind === "unix" && bound.text.includes(target.path)) return 0.9;
  const app = nameOf(endpoint.instance.document.path);
  return app !== "uwsgi" && app !== "app" && app === nameOf(document.path) ? 0.65 : 0.3;
}
