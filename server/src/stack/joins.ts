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
const MEANT = "meant";
const LOST = "lost";

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
  /** Listeners that may be meant by links that reach nothing, and the files in which such links are. */
  readonly #mayBeMeant = new Register<Group, typeof MEANT, Endpoint>(function* (group) {
    for (const instance of group) for (const endpoint of instance.endpoints) if (mayBeMeant(endpoint)) yield [MEANT, endpoint];
  });
  readonly #lost = kept(
    (names: ReadonlySet<string>) =>
      new Register<readonly Link[], typeof LOST, readonly Link[]>((links) =>
        links.some((link) => isLost(link, names)) ? [[LOST, links]] : [],
      ),
  );
  #meant:
    | { readonly lost: readonly Link[]; readonly free: readonly Endpoint[]; readonly near: ReadonlyMap<Link, Link["near"]> }
    | undefined;
  /** What was made of the links of a file, those that are meant for a listener with it. */
  #ends: ReadonlyMap<readonly Link[], readonly Link[]> = new Map();
  readonly #finished = kept((base: readonly (readonly Link[])[], ends: ReadonlyMap<readonly Link[], readonly Link[]>) =>
    base.map((links) => ends.get(links) ?? links),
  );

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
    const files = this.#lost(names).update(base).get(LOST);
    if (files.length === 0) return base;
    const lostLinks = files.flatMap((links) => links.filter((link) => isLost(link, names)));
    const reachedBy = this.#reachedBy.update(base);
    const free = this.#mayBeMeant
      .update(groups)
      .get(MEANT)
      .filter((endpoint) => reachedBy.get(endpoint).length === 0);
    if (!this.#meant || !sameItems(this.#meant.lost, lostLinks) || !sameItems(this.#meant.free, free)) {
      const { nearest } = lost(lostLinks, free, (instance) => hosts.ofInstance(instance));
      this.#meant = { lost: lostLinks, free, near: new Map(lostLinks.map((link) => [link, nearest(link.connection)])) };
    }
    const { near } = this.#meant;
    const ends = new Map(files.map((links) => [links, endOf(links, near, this.#ends.get(links))]));
    if (!sameItems([...ends].flat(), [...this.#ends].flat())) this.#ends = ends;
    return this.#finished(base, this.#ends);
  }
}

const isLost = (link: Link, names: ReadonlySet<string>): boolean =>
  link.reached.length === 0 && link.settled && isLocal(link.connection, names);

/** The links of a file with the listeners they were meant for. The same as before where nothing else is meant. */
function endOf(links: readonly Link[], near: ReadonlyMap<Link, Link["near"]>, before: readonly Link[] | undefined): readonly Link[] {
  if (before?.every((link, slot) => sameNear(link.near, near.get(links[slot] ?? link)))) return before;
  return links.some((link) => near.get(link)) ? links.map((link) => withNear(link, near.get(link))) : links;
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
