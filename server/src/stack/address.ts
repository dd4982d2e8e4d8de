/** Addresses as uWSGI and nginx read them, brought to one form so that they can be compared. */
import type { Span } from "../text/span";
import { machinePath } from "../workspace/paths";

export type Address =
  /** `path` is as the kernel would see it: tidy, `/run` for `/var/run`. Relative when the base is not known. */
  | { readonly kind: "unix"; readonly path: string; readonly relative: boolean }
  | { readonly kind: "abstract"; readonly name: string }
  /** `host` in lower case, without brackets; "" is every IPv4 address. */
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  /** A name that may be an upstream (nginx) or lacks a port. */
  | { readonly kind: "name"; readonly name: string }
  /** Handed over or shared: `=0`, `fd://3`. */
  | { readonly kind: "inherited"; readonly text: string }
  /** Bound, but where nobody looks for it (`unix:/x` in uWSGI binds TCP 255.255.255.255). */
  | { readonly kind: "nowhere"; readonly text: string; readonly why: "unix-prefix" | "scheme" | "colon-in-path" | "port" }
  /** Parts are not known. `parts` are the literal texts between the holes. */
  | { readonly kind: "unknown"; readonly parts: readonly string[] };

export const isAnyHost = (host: string): boolean => host === "" || host === "0.0.0.0" || host === "::" || host === "*";
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host) || host === "ip6-localhost";
export const isIp = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(":");

/** How an address is shown to a person, in the spelling of neither program. */
export function show(address: Address): string {
  switch (address.kind) {
    case "unix":
      return address.path;
    case "abstract":
      return `@${address.name}`;
    case "tcp":
      return `${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
    case "name":
      return address.name;
    case "inherited":
    case "nowhere":
      return address.text;
    case "unknown":
      return address.parts.join("…");
  }
}

/** The value of uWSGI's `socket` and its kin (facts: uwsgi-language §10.4). `base` is the directory a relative path starts from. */
export function uwsgiAddress(value: string, holes: readonly Span[], base?: string): Address {
  if (holes.length > 0) return { kind: "unknown", parts: partsBetween(value, holes) };
  if (value.startsWith("=") || value.startsWith("fd://")) return { kind: "inherited", text: value };
  if (value.startsWith("@") || value.startsWith("\\0")) return { kind: "abstract", name: value.replace(/^@|^\\0/, "") };
  const bracket = /^\[([^\]]*)\]:(\d+)/.exec(value);
  if (bracket) return { kind: "tcp", host: (bracket[1] ?? "").toLowerCase(), port: Number(bracket[2]) % 65536 };
  if (/^unix:/i.test(value)) return { kind: "nowhere", text: value, why: "unix-prefix" };
  if (/^[a-z]+:\/\//i.test(value)) return { kind: "nowhere", text: value, why: "scheme" };
  const colon = value.indexOf(":");
  if (colon < 0) return value.startsWith("/") ? { kind: "unix", path: machinePath(value), relative: false } : relative(value, base);
  if (value.slice(0, colon).includes("/")) return { kind: "nowhere", text: value, why: "colon-in-path" };
  const port = /^\d+/.exec(value.slice(colon + 1));
  if (!port) return { kind: "nowhere", text: value, why: "port" };
  return { kind: "tcp", host: value.slice(0, colon).toLowerCase(), port: Number(port[0]) % 65536 };
}

function relative(value: string, base: string | undefined): Address {
  return base === undefined
    ? { kind: "unix", path: value, relative: true }
    : { kind: "unix", path: machinePath(`${base}/${value}`), relative: false };
}

export type NginxTarget = {
  readonly scheme: string | undefined;
  readonly address: Address /** Place of the address in the text, after the scheme. */;
  readonly start: number;
  readonly end: number /** Path after the address. */;
  readonly uri: string;
};

/**
 * The target of `uwsgi_pass`, `proxy_pass`, …, or of `server` in an upstream. Offsets are within the text.
 * Only `proxy_pass` takes a URI behind the address of a unix socket; for all others a further colon is part of the path.
 */
export function nginxTarget(text: string, defaultPort?: number, takesUri = false): NginxTarget {
  const scheme = /^(?!unix:)([a-z]+):\/\//i.exec(text);
  const start = scheme?.[0].length ?? 0;
  const rest = text.slice(start);
  const done = (address: Address, length: number): NginxTarget => ({
    scheme: scheme?.[1]?.toLowerCase(),
    address,
    start,
    end: start + length,
    uri: rest.slice(length),
  });
  const holes = variables(rest);
  if (/^unix:/i.test(rest)) {
    const end = takesUri ? rest.indexOf(":", 5) : -1;
    const length = end < 0 ? rest.length : end;
    const path = rest.slice(5, length);
    if (holes.some((hole) => hole.start < length))
      return done(
        {
          kind: "unknown",
          parts: partsBetween(
            path,
            holes.map((hole) => ({ start: hole.start - 5, end: hole.end - 5 })),
          ),
        },
        length,
      );
    // With a slash at the end the kernel wants a directory and finds none.
    const absolute = machinePath(path) + (/[^/]\/+$/.test(path) ? "/" : "");
    return done(path.startsWith("/") ? { kind: "unix", path: absolute, relative: false } : { kind: "unix", path, relative: true }, length);
  }
  const slash = rest.search(/[/?]/);
  const length = slash < 0 ? rest.length : slash;
  const host = rest.slice(0, length);
  if (holes.some((hole) => hole.start < length)) return done({ kind: "unknown", parts: partsBetween(host, holes) }, length);
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(host);
  const name = (match?.[1] ?? match?.[2] ?? host).toLowerCase();
  const port = match?.[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined) return done({ kind: "tcp", host: name, port }, length);
  if (defaultPort !== undefined && (isIp(name) || name === "localhost"))
    return done({ kind: "tcp", host: name, port: defaultPort }, length);
  return done({ kind: "name", name: host }, length);
}

function variables(text: string): Span[] {
  const holes: Span[] = [];
  for (const match of text.matchAll(/\$\{\w+\}|\$\w+|\{\{(?:(?!\{\{)[^}])*\}\}|\{%(?:(?!\{%)[^%])*%\}|<%(?:(?!<%)[^%])*%>|__\w+?__/g))
    holes.push({ start: match.index, end: match.index + match[0].length });
  return holes;
}

function partsBetween(text: string, holes: readonly Span[]): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const hole of holes) {
    parts.push(text.slice(at, Math.max(at, hole.start)));
    at = Math.max(at, hole.end);
  }
  return [...parts, text.slice(at)];
}

/** Whether text with holes may be this text: its literal parts occur in order, the first at the start, the last at the end. */
export function couldBe(parts: readonly string[], text: string): boolean {
  const [first = "", ...rest] = parts;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return text.length - part.length >= at && text.endsWith(part);
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at === text.length;
}

/** Keys under which an address is indexed: equal keys meet on one machine. */
export function keysOf(address: Address): readonly string[] {
  switch (address.kind) {
    case "unix":
      return [`unix:${address.path}`];
    case "abstract":
      return [`abstract:${address.name}`];
    case "tcp":
      return [`tcp:${address.port}`];
    default:
      return [];
  }
}

export type Meets = "yes" | "no" | "unknown" | "v6";

/** Whether a connection to `target` on the same machine reaches a listener bound to `bound`. "v6": only where `localhost` is IPv4. */
export function meets(target: Address, bound: Address): Meets {
  if (bound.kind === "unknown" || target.kind === "unknown") return possible(target, bound);
  if (target.kind === "unix" && bound.kind === "unix") {
    if (target.path === bound.path) return "yes";
    if (bound.relative) return target.path.endsWith(`/${bound.path.replace(/^\.\//, "")}`) ? "unknown" : "no";
    if (target.relative) return bound.path.endsWith(`/${target.path}`) ? "unknown" : "no";
    return "no";
  }
  if (target.kind === "tcp" && bound.kind === "tcp") return meetsTcp(target, bound);
  return "no";
}

function meetsTcp(target: { host: string; port: number }, bound: { host: string; port: number }): Meets {
  if (target.port !== bound.port) return "no";
  if (target.host === bound.host || bound.host === "::" || (bound.host === "localhost" && target.host === "127.0.0.1")) return "yes";
  if (isAnyHost(bound.host)) return target.host === "::1" ? "no" : isLoopback(target.host) || isAnyHost(target.host) ? "yes" : "unknown"; // another name may be this machine
  if (target.host === "localhost") return bound.host === "127.0.0.1" || bound.host === "::1" ? "v6" : isIp(bound.host) ? "no" : "unknown";
  if (isAnyHost(target.host)) return "v6"; // the kernel takes it as this host
  if (isIp(target.host) && isIp(bound.host)) return "no";
  if (isLoopback(target.host) && isLoopback(bound.host)) return "no";
  return "unknown";
}

function possible(target: Address, bound: Address): Meets {
  const [hole, other] = target.kind === "unknown" ? [target, bound] : [bound, target];
  if (hole.kind !== "unknown" || other.kind === "unknown") return "unknown";
  if (couldBe(hole.parts, show(other))) return "unknown";
  if (other.kind === "unix" && (couldBe(hole.parts, other.path.replace(/^\/run\//, "/var/run/")) || hole.parts[0] === ""))
    return couldBe(["", ...hole.parts.slice(1)], other.path) || hole.parts[0] !== "" ? "unknown" : "no";
  if (other.kind === "tcp" && couldBe(hole.parts, `:${other.port}`)) return "unknown";
  return "no";
}
