/** Addresses as nginx reads them: `host:port`, `[v6]:port`, `unix:path`, networks. */

import { parseNumber } from "./values";

export type Address = {
  readonly kind: "unix" | "ip" | "name";
  /** Path, canonical IP address, or host name as written. */
  readonly host: string;
  readonly port: number;
  /** The end of a range of ports, of `listen` only. */
  readonly lastPort: number;
  /** No port was written; `port` is the default. */
  readonly noPort: boolean;
  readonly wildcard: boolean;
  readonly uri: string;
};

export type AddressOptions = {
  readonly listen?: boolean;
  /** A path may follow, as in proxy_pass. */
  readonly uriPart?: boolean;
  readonly defaultPort?: number;
};

/** The address, or nginx's words for what is wrong with it. */
export function parseAddress(text: string, options: AddressOptions = {}): Address | string {
  if (/^unix:/i.test(text)) return parseUnix(text.slice(5), options);
  return text.startsWith("[") ? parseSix(text, options) : parseFour(text, options);
}

/** sun_path holds 108 bytes with its end. */
const MAX_PATH = 107;

function parseUnix(rest: string, { uriPart }: AddressOptions): Address | string {
  const colon = uriPart ? rest.indexOf(":") : -1;
  const path = colon < 0 ? rest : rest.slice(0, colon);
  if (path === "") return "no path in the unix domain socket";
  if (byteLength(path) > MAX_PATH) return "too long path in the unix domain socket";
  const uri = colon < 0 ? "" : rest.slice(colon + 1);
  return { kind: "unix", host: path, port: 0, lastPort: 0, noPort: false, wildcard: false, uri };
}

function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function parseFour(text: string, { listen, uriPart, defaultPort = 0 }: AddressOptions): Address | string {
  const uriAt = text.search(/[/?]/);
  if (uriAt >= 0 && (listen || !uriPart)) return "invalid host";
  const uri = uriAt < 0 ? "" : text.slice(uriAt);
  const written = uriAt < 0 ? text : text.slice(0, uriAt);
  const colon = written.indexOf(":");
  let host = written;
  let ports: readonly [number, number] = [defaultPort, 0];
  if (colon >= 0) {
    const read = parsePorts(written.slice(colon + 1), listen === true);
    if (typeof read === "string") return read;
    ports = read;
    host = written.slice(0, colon);
  } else if (uriAt < 0 && listen && /^\d+(?:-\d+)?$/.test(written)) {
    const read = parsePorts(written, true);
    if (typeof read === "string") return read;
    return { kind: "ip", host: "0.0.0.0", port: read[0], lastPort: read[1], noPort: false, wildcard: true, uri };
  }
  if (host === "") return "no host";
  const rest = { port: ports[0], lastPort: ports[1], noPort: colon < 0, uri };
  if (listen && host === "*") return { kind: "ip", host: "0.0.0.0", wildcard: true, ...rest };
  const four = parseIp4(host);
  if (four === undefined) return { kind: "name", host, wildcard: false, ...rest };
  return { kind: "ip", host: four, wildcard: four === "0.0.0.0", ...rest };
}

function parseSix(text: string, { listen, uriPart, defaultPort = 0 }: AddressOptions): Address | string {
  const bracket = text.indexOf("]");
  if (bracket < 0) return "invalid host";
  const uriAt = text.indexOf("/", bracket);
  if (uriAt >= 0 && (listen || !uriPart)) return "invalid host";
  const rest = text.slice(bracket + 1, uriAt < 0 ? text.length : uriAt);
  let ports: readonly [number, number] = [defaultPort, 0];
  if (rest !== "") {
    if (!rest.startsWith(":")) return "invalid host";
    const read = parsePorts(rest.slice(1), listen === true);
    if (typeof read === "string") return read;
    ports = read;
  }
  if (bracket === 1) return "no host";
  const six = parseIp6(text.slice(1, bracket));
  if (six === undefined) return "invalid IPv6 address";
  const uri = uriAt < 0 ? "" : text.slice(uriAt);
  return { kind: "ip", host: `[${six}]`, port: ports[0], lastPort: ports[1], noPort: rest === "", wildcard: /^[0:]+$/.test(six), uri };
}

function parsePorts(text: string, range: boolean): readonly [number, number] | string {
  const dash = range ? text.indexOf("-") : -1;
  const first = parseNumber(dash < 0 ? text : text.slice(0, dash));
  const last = dash < 0 ? 0 : parseNumber(text.slice(dash + 1));
  if (last === undefined || (dash >= 0 && (last < 1 || last > 65535))) return "invalid port";
  if (first === undefined || first < 1 || first > 65535) return "invalid port";
  return last && first > last ? "invalid port range" : [first, last];
}

/** nginx takes an empty part for 0, and 255.255.255.255 for no address. */
export function parseIp4(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d*$/.test(part) || Number(part) > 255)) return undefined;
  const canonical = parts.map(Number).join(".");
  return canonical === "255.255.255.255" ? undefined : canonical;
}

/** The eight words in hexadecimal. */
export function parseIp6(text: string): string | undefined {
  if (text === "" || text.length > 60) return undefined;
  const four = /^(.*:)([^:]*\.[^:]*)$/.exec(text);
  let words = text;
  if (four) {
    const tail = parseIp4(four[2] ?? "")
      ?.split(".")
      .map(Number);
    if (!tail) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = tail;
    words = `${four[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  const halves = words.split("::");
  if (halves.length > 2) return undefined;
  // nginx ignores one colon at the very beginning.
  const [left, right] = halves.map((half, index) =>
    (index === 0 && half.startsWith(":") ? half.slice(1) : half).split(":").filter((it, _, all) => it !== "" || all.length > 1),
  );
  if (!left) return undefined;
  const all = [...left, ...(right ?? [])];
  if (all.some((word) => !/^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  if (right ? all.length > 7 : all.length !== 8) return undefined;
  const zeros = Array.from({ length: 8 - all.length }, () => "0");
  return [...left, ...zeros, ...(right ?? [])].map((word) => Number.parseInt(word, 16).toString(16)).join(":");
}

/** `address` or `address/bits`. */
export function isNetwork(text: string): boolean {
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const four = parseIp4(address) !== undefined;
  if (!four && parseIp6(address) === undefined) return false;
  if (slash < 0) return true;
  const bits = parseNumber(text.slice(slash + 1));
  return bits !== undefined && bits <= (four ? 32 : 128);
}
