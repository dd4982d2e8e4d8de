/** The join: each connection of nginx with the listeners it reaches, or the ones it was probably meant for. */
import { type Document, perDocument } from "../model/document";
import type { Span } from "../text/span";
import { type Address, type NginxTarget, nginxTarget } from "./address";
import { type Pass, passesOf, type Upstream, type UpstreamServer } from "./connection";
import type { Endpoint } from "./endpoint";
import type { Host, Hosts } from "./hosts";
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

/** More ways than this from one file are not looked at: many passes times many servers. */
const MOST_CONNECTIONS = 50_000;

/** `upstreamsNamed` finds the upstreams of a name in all files. */
export function connectionsOf(
  document: Document,
  upstreamsNamed: (name: string) => readonly Upstream[],
  hosts: Hosts,
): readonly Connection[] {
  const found: Connection[] = [];
  for (const pass of passesOf(document)) {
    const target = resolved(pass);
    const name = upstreamName(target);
    const all = name === undefined ? [] : upstreamsNamed(name);
    const own = all.filter((upstream) => upstream.document === document);
    const named = own.length > 0 ? own : all;
    if (named.length === 0) {
      const span = addressSpan(pass.word.span, pass.word.text, target, pass.word.quote);
      found.push({
        pass,
        upstream: undefined,
        server: undefined,
        target,
        address: target.address,
        document,
        span,
        hosts: hosts.ofNginx(document),
      });
    }
    for (const upstream of named)
      for (const server of upstream.servers) if (found.length < MOST_CONNECTIONS) found.push(through(pass, upstream, server, hosts));
  }
  return found;
}

const through = (pass: Pass, upstream: Upstream, server: UpstreamServer, hosts: Hosts): Connection => ({
  pass,
  upstream,
  server,
  target: server.target,
  address: server.target.address,
  document: server.document,
  span: addressSpan(server.word.span, server.word.text, server.target, server.word.quote),
  hosts: hosts.ofNginx(server.document),
});

/** Values that a file gives to variables, by the variable. */
const setValues = perDocument((document) => {
  const values = new Map<string, string[]>();
  for (const { directive } of document.named("set")) {
    const [name, value] = directive.args;
    if (name) values.set(name.text, [...(values.get(name.text)?.slice(0, 1) ?? []), value?.text ?? ""]);
  }
  return values;
});

/** A variable that one `set` of the file gives a literal value is that value. */
function resolved(pass: Pass): NginxTarget {
  const variable = /^\$\{?(\w+)\}?$/.exec(pass.target.address.kind === "unknown" ? pass.word.text.slice(pass.target.start) : "")?.[1];
  const values = variable === undefined ? [] : (setValues(pass.document).get(`$${variable}`) ?? []);
  const [value] = values;
  if (values.length !== 1 || value === undefined || value.includes("$")) return pass.target;
  const takesUri = pass.protocol === "http" || pass.protocol === "https";
  return { ...nginxTarget(value, undefined, takesUri), start: pass.target.start, end: pass.target.end };
}

function upstreamName({ address }: NginxTarget): string | undefined {
  if (address.kind === "name") return address.name.toLowerCase();
  return address.kind === "tcp" && address.port === 80 ? address.host.toLowerCase() : undefined;
}

function addressSpan(word: Span, text: string, target: NginxTarget, quote: string | undefined): Span {
  const written = word.end - word.start - (quote ? 2 : 0);
  if (written !== text.length) return word; // escapes: the whole word
  const start = word.start + (quote ? 1 : 0);
  return { start: start + target.start, end: start + target.end };
}

/** So many listeners at one address tell the same story. */
const MOST_REACHED = 20;

/** `candidates`: every listener that may be reached. `mayBeElse`: one that is none of these may be reached, too. */
export function linkOf(connection: Connection, candidates: Iterable<Endpoint>, hosts: Hosts, mayBeElse: boolean): Link {
  const { address } = connection;
  if (address.kind === "tcp" && hosts.answersElse(connection.hosts, address.host)) return { connection, reached: [], settled: false };
  const reached: Link["reached"][number][] = [];
  let settled = !mayBeElse;
  for (const endpoint of candidates) {
    if (reached.length >= MOST_REACHED) break;
    const how = reach(connection.address, connection.hosts, endpoint, hosts.ofInstance(endpoint.instance));
    if (how.answer === "yes") reached.push({ endpoint, reach: how });
    else if (how.answer === "unknown") settled = false;
  }
  return { connection, reached, settled: settled || reached.length > 0 };
}
