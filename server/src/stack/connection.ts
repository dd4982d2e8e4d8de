/** What nginx connects to: every `…_pass` of a file with the upstream behind it. Pure: one document, upstreams are joined later. */
import { type Document, perDocument } from "../model/document";
import { around, type Directive, type Nested, type Word } from "../syntax/tree";
import { type NginxTarget, nginxTarget } from "./address";

export type PassProtocol = "uwsgi" | "suwsgi" | "http" | "https" | "fastcgi" | "scgi" | "grpc" | "memcached";

export type Pass = {
  readonly document: Document;
  readonly nested: Nested;
  readonly protocol: PassProtocol;
  readonly word: Word;
  readonly target: NginxTarget;
};

export type UpstreamServer = {
  readonly document: Document;
  readonly directive: Directive;
  readonly word: Word;
  readonly target: NginxTarget;
};
export type Upstream = {
  readonly document: Document;
  readonly nested: Nested;
  readonly name: string;
  readonly word: Word;
  readonly servers: readonly UpstreamServer[];
};

const PASSES: Readonly<Record<string, PassProtocol>> = {
  uwsgi_pass: "uwsgi",
  proxy_pass: "http",
  fastcgi_pass: "fastcgi",
  scgi_pass: "scgi",
  grpc_pass: "grpc",
  memcached_pass: "memcached",
};

export const passesOf = perDocument((document): readonly Pass[] => {
  const passes: Pass[] = [];
  for (const [name, protocol] of Object.entries(PASSES)) {
    for (const nested of document.named(name)) {
      const [word] = nested.directive.args;
      if (!word || isStream(nested) || isOverridden(nested)) continue;
      const target = nginxTarget(word.text, protocol === "http" ? (/^https:/i.test(word.text) ? 443 : 80) : undefined, protocol === "http");
      passes.push({ document, nested, protocol: spoken(protocol, target.scheme), word, target });
    }
  }
  return passes;
});

/** Of two handlers in one block the later one counts; nginx says nothing. */
function isOverridden({ directive, parent }: Nested): boolean {
  const body = parent?.directive.body;
  if (!body) return false;
  const last = lastPass.get(body) ?? body.findLast((one) => Object.hasOwn(PASSES, one.name.text)) ?? directive;
  lastPass.set(body, last);
  return last !== directive;
}

const lastPass = new WeakMap<readonly Directive[], Directive>();

function spoken(protocol: PassProtocol, scheme: string | undefined): PassProtocol {
  if (protocol === "uwsgi" && scheme === "suwsgi") return "suwsgi";
  return protocol === "http" && scheme === "https" ? "https" : protocol;
}

export const upstreamsOf = perDocument((document): readonly Upstream[] => {
  const upstreams: Upstream[] = [];
  for (const nested of document.named("upstream")) {
    const [word] = nested.directive.args;
    if (!word || !nested.directive.body || isStream(nested)) continue;
    const servers = nested.directive.body.flatMap((directive) => {
      const [address] = directive.args;
      return directive.name.text === "server" && address
        ? [{ document, directive, word: address, target: nginxTarget(address.text, 80) }]
        : [];
    });
    upstreams.push({ document, nested, name: word.text.toLowerCase(), word, servers });
  }
  return upstreams;
});

export function isStream(nested: Nested): boolean {
  for (const up of around(nested)) if (up.directive.name.text === "stream") return true;
  return false;
}

/** The location (or server) a pass stands in. */
export function blockOf(nested: Nested): Nested | undefined {
  for (const up of around(nested)) if (["location", "server"].includes(up.directive.name.text)) return up;
  return nested.parent;
}
