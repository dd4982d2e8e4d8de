/** Joins the connections of each nginx file with the listeners of all processes, and only those again that an edit may have changed. */
import type { Document } from "../model/document";
import { type Cell, kept, Register, sameItems } from "../workspace/register";
import { type Address, keysOf } from "./address";
import { type Upstream, upstreamsOf } from "./connection";
import type { Endpoint } from "./endpoint";
import type { Hosts } from "./hosts";
import { type Connection, connectionsOf, type Link, linkOf } from "./links";
import { isLocal, lost, mayBeMeant } from "./near";
import type { Group } from "./processes";
import { covers } from "./reach";

/** Where an address is not known, or containers lie between, any listener may be reached; with more than this nobody looks which. */
const MOST_CANDIDATES = 200;
const VAGUE = "vague";
const CONTAINED = "contained";

type Seen = { readonly cell: Cell<unknown>; readonly values: readonly unknown[] };

/** The links of one file, with all they were made from. */
type Part = {
  readonly document: Document;
  readonly hosts: Hosts;
  readonly seen: readonly Seen[];
  /** When an address is not known: every process. */
  readonly groups: readonly Group[] | undefined;
  readonly links: readonly Link[];
};

export class Joins {
  #parts: readonly Part[] = [];
  readonly #upstreams = new Register<Document, string, Upstream>((document) =>
    upstreamsOf(document).map((upstream) => [upstream.name, upstream]),
  );
  /** Listeners by the keys of their addresses; those whose address is not quite known, and those in containers, stand for themselves too. */
  readonly #listeners = kept(
    (hosts: Hosts) =>
      new Register<Group, string, Endpoint>(function* (group) {
        for (const instance of group)
          for (const endpoint of instance.endpoints) {
            const around = hosts.ofInstance(instance);
            if (around.length > 0) yield [CONTAINED, endpoint];
            else for (const key of keysOf(endpoint.address)) yield [key, endpoint];
            if (isVague(endpoint.address)) yield [VAGUE, endpoint];
            for (const { container } of around) for (const name of container.names) yield [`name:${name.toLowerCase()}`, endpoint];
          }
      }),
  );
  readonly #reachedBy = new Register<readonly Link[], Endpoint, Link>(function* (links) {
    for (const link of links) for (const { endpoint } of link.reached) yield [endpoint, link];
  });
  readonly #endpoints = kept((groups: readonly Group[]) => groups.flatMap((group) => group.flatMap((instance) => instance.endpoints)));
  readonly #names = kept(
    (contained: readonly Endpoint[], hosts: Hosts): ReadonlySet<string> =>
      new Set(
        contained.flatMap(({ instance }) =>
          hosts.ofInstance(instance).flatMap(({ container }) => container.names.map((name) => name.toLowerCase())),
        ),
      ),
  );
  readonly #links = kept((parts: readonly Part[]) => parts.map((part) => part.links));
  readonly #finished = kept((ends: readonly End[]) => ends.map((end) => end.links));
  #meant:
    | { readonly lost: readonly Link[]; readonly free: readonly Endpoint[]; readonly near: ReadonlyMap<Link, Link["near"]> }
    | undefined;
  #ends: readonly End[] = [];

  /** The links of each nginx file, in the order of the files. */
  of(documents: readonly Document[], groups: readonly Group[], hosts: Hosts): readonly (readonly Link[])[] {
    const upstreams = this.#upstreams.update(documents);
    const listeners = this.#listeners(hosts).update(groups);
    const before = this.#parts;
    const byUri = before.length === documents.length ? undefined : new Map(before.map((part) => [part.document.uri, part]));
    const parts = documents.map((document, slot) => {
      const old = byUri ? byUri.get(document.uri) : before[slot];
      return old && isCurrent(old, document, groups, hosts) ? old : this.#part(document, upstreams, listeners, groups, hosts);
    });
    if (!sameItems(parts, before)) this.#parts = parts;
    return this.#withNear(groups, hosts, listeners);
  }

  #part(
    document: Document,
    upstreams: Register<Document, string, Upstream>,
    listeners: Register<Group, string, Endpoint>,
    groups: readonly Group[],
    hosts: Hosts,
  ): Part {
    const seen = new Map<Cell<unknown>, Seen>();
    const look = <V>(cell: Cell<V>): readonly V[] => {
      seen.set(cell, { cell, values: cell.values });
      return cell.values;
    };
    let all: readonly Endpoint[] | undefined;
    const link = (connection: Connection): Link => {
      const { address } = connection;
      if (address.kind === "unknown") {
        all ??= this.#endpoints(groups);
        return all.length > MOST_CANDIDATES ? linkOf(connection, [], hosts, true) : linkOf(connection, all, hosts, false);
      }
      const keys = address.kind === "tcp" ? [...keysOf(address), `name:${address.host}`] : keysOf(address);
      const keyed = keys.flatMap((key) => look(listeners.at(key)));
      const others = [...look(listeners.at(VAGUE)), ...look(listeners.at(CONTAINED))];
      const many = others.length > MOST_CANDIDATES;
      const shared = address.kind === "unix" && connection.hosts.some((host) => covers(host.container, address.path));
      if (shared) all ??= this.#endpoints(groups);
      const mayBeElse = many || (shared && all !== undefined && all.length > 0);
      return linkOf(connection, new Set(many ? keyed : [...keyed, ...others]), hosts, mayBeElse);
    };
    const links = connectionsOf(document, (name) => look(upstreams.at(name)), hosts).map(link);
    return { document, hosts, seen: [...seen.values()], groups: all && groups, links };
  }

  /** For targets nobody binds: the unclaimed listener that is most like it. */
  #withNear(groups: readonly Group[], hosts: Hosts, listeners: Register<Group, string, Endpoint>): readonly (readonly Link[])[] {
    const base = this.#links(this.#parts);
    const names = this.#names(listeners.get(CONTAINED), hosts);
    const isLost = (link: Link): boolean => link.reached.length === 0 && link.settled && isLocal(link.connection, names);
    const lostLinks = base.flatMap((links) => links.filter(isLost));
    if (lostLinks.length === 0) return base;
    const reachedBy = this.#reachedBy.update(base);
    const free = this.#endpoints(groups).filter((endpoint) => mayBeMeant(endpoint) && reachedBy.get(endpoint).length === 0);
    if (!this.#meant || !sameItems(this.#meant.lost, lostLinks) || !sameItems(this.#meant.free, free)) {
      const { nearest } = lost(lostLinks, free, (instance) => hosts.ofInstance(instance));
      this.#meant = { lost: lostLinks, free, near: new Map(lostLinks.map((link) => [link, nearest(link.connection)])) };
    }
    const { near } = this.#meant;
    const ends = base.map((links, slot) => endOf(links, near, this.#ends[slot]));
    if (!sameItems(ends, this.#ends)) this.#ends = ends;
    return this.#finished(this.#ends);
  }
}

/** The links of a file without and with the listeners they were meant for. */
type End = { readonly base: readonly Link[]; readonly links: readonly Link[] };

/** The same as before where nothing else is meant. */
function endOf(base: readonly Link[], near: ReadonlyMap<Link, Link["near"]>, before: End | undefined): End {
  if (before?.base === base && before.links.every((link, slot) => sameNear(link.near, near.get(base[slot] ?? link)))) return before;
  return { base, links: base.some((link) => near.get(link)) ? base.map((link) => withNear(link, near.get(link))) : base };
}

const withNear = (link: Link, near: Link["near"]): Link => (near ? { ...link, near } : link);
const sameNear = (a: Link["near"], b: Link["near"]): boolean =>
  a === b ||
  (a?.endpoint === b?.endpoint && a?.sure === b?.sure && a?.reach.answer === b?.reach.answer && a?.reach.right === b?.reach.right);

function isCurrent(part: Part, document: Document, groups: readonly Group[], hosts: Hosts): boolean {
  return part.document === document && part.hosts === hosts && (!part.groups || part.groups === groups) && isSeen(part.seen);
}

function isSeen(seen: readonly Seen[]): boolean {
  for (const { cell, values } of seen) if (cell.values !== values) return false;
  return true;
}

const isVague = (address: Address): boolean => address.kind === "unknown" || (address.kind === "unix" && address.relative);
