/** Where requests are passed to: `proxy_pass`, `uwsgi_pass` and their kin, and what changes their answers. */
import { t } from "../../text/l10n";
import { type Address, parseAddress, parseIp4, parseIp6 } from "./address";
import { locationOf } from "./locations";
import { nearest } from "./nearest";
import { argument, type Block, firstIn, isTemplated, name, part, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import { isBeyond } from "./regex";
import { type Setter, type Setters, unlessHost } from "./setting";
import { parseNumber } from "./values";
import { hasVariables, readPattern, readValue, readValues } from "./variables";

/** Prefixes of the address, and the port each stands for. */
type Scheme = { readonly prefixes: Readonly<Record<string, number>>; readonly required: boolean };
const PROXY: Scheme = { prefixes: { "http://": 80, "https://": 443 }, required: true };
const SCHEMES: Readonly<Record<string, Scheme>> = {
  proxy_pass: PROXY,
  uwsgi_pass: { prefixes: { "uwsgi://": 0, "suwsgi://": 0 }, required: false },
  grpc_pass: { prefixes: { "grpc://": 0, "grpcs://": 0 }, required: false },
};
const PLAIN: Scheme = { prefixes: {}, required: false };

const pass: Setter = (it, into) => {
  const [word] = it.directive.args;
  if (!word) return;
  if (it.directive.name.text === "memcached_pass") name(into, it, "uses", "variable", "memcached_key", it.directive.name);
  if (hasVariables(word.text)) {
    if (it.directive.name.text !== "memcached_pass") return readValue(it, into, word);
  }
  const scheme = SCHEMES[it.directive.name.text] ?? PLAIN;
  const lower = word.text.toLowerCase();
  const prefix = Object.keys(scheme.prefixes).find((one) => lower.startsWith(one)) ?? "";
  if (scheme.required && prefix === "") {
    return refuse(into, it, t`"${word.text}" begins with neither http:// nor https://`, word, "nginx-address", {
      mend: withScheme(word.text),
    });
  }
  const uriPart = it.directive.name.text === "proxy_pass";
  const defaultPort = scheme.prefixes[prefix] ?? 0;
  const text = word.text.slice(prefix.length);
  const read = parseAddress(text, uriPart ? { uriPart, defaultPort } : { defaultPort });
  const address = typeof read === "string" ? undefined : read;
  if (typeof read === "string")
    refuse(into, it, t`"${word.text}" is no address: ${read}`, word, "nginx-address", meantAddress(it, word.text));
  if (!address) return undefined;
  if (uriPart && address.uri !== "" && !mayHavePath(it.block)) {
    const message =
      it.block.context === "http.location"
        ? t`"proxy_pass" has a path, which is not possible in a location given by a regular expression or a name`
        : t`"proxy_pass" has a path, which is not possible in "if" and "limit_except"`;
    refuse(into, it, message, word, "nginx-address");
  }
  if (address.kind === "unix") return undefined;
  const place = part(word, prefix.length, prefix.length + text.length - address.uri.length);
  name(into, it, "uses", "upstream", address.kind === "ip" ? address.host : address.host.toLowerCase(), place);
  return undefined;
};

/** A socket's path stays one; `htp:/` and `//` are slips of the scheme. */
const withScheme = (text: string): string =>
  /^\/[^/]/.test(text)
    ? `http://unix:${text}`
    : text.replace(/^(?:(?!unix:)[a-z]*?(s?):\/+|\/\/)?/i, (_, secure = "") => `http${secure.toLowerCase()}://`);

/** A path without `unix:`, or the prefix of another protocol. */
function meantAddress(it: Statement, text: string): { readonly mend?: string } {
  if (it.directive.name.text === "proxy_pass") return {};
  if (/^\/[^:]*$/.test(text)) return { mend: `unix:${text}` };
  const [, rest] = /^https?:\/\/([^/]+)\/?$/.exec(text) ?? [];
  return rest === undefined ? {} : { mend: rest };
}

/** A path can be put in the place of the location's own, which a pattern and a name do not have. */
function mayHavePath(block: Block): boolean {
  if (block.context !== "http.location") return block.context === "http.server";
  const location = block.owner && locationOf(block.owner);
  return !location || (location.kind !== "regex" && location.kind !== "named");
}

/** Whether the address that a pass names is an upstream, and what is wrong if it has a port too many or none. */
export function checkPasses(into: Reading): void {
  const upstreams = new Set(
    into.names.filter((it) => it.kind === "upstream" && it.role === "defines").map((it) => `${it.family} ${it.name}`),
  );
  const names = (): readonly string[] =>
    [...into.names, ...(into.options.elsewhere?.() ?? [])].flatMap((it) =>
      it.kind === "upstream" && it.role === "defines" ? [it.statement.directive.args[0]?.text ?? ""] : [],
    );
  for (const use of into.names) {
    if (use.kind !== "upstream" || use.role !== "uses") continue;
    const [word] = use.statement.directive.args;
    const text = (word?.text ?? "").replace(/^\w+:\/\//, "");
    const address = parseAddress(text, { uriPart: true });
    if (typeof address === "string" || !word) continue;
    const isUpstream = upstreams.has(`${use.family} ${use.name}`);
    const needsPort = use.family === "stream" || use.statement.directive.name.text !== "proxy_pass";
    if (isUpstream && !address.noPort)
      refuse(into, use.statement, t`"${address.host}" is an upstream: it may have no port`, use.span, "nginx-address");
    else if (!isUpstream && needsPort && address.noPort) {
      const near = address.kind === "ip" ? undefined : nearest(address.host, names());
      const sure = address.kind === "ip" || into.complete || near !== undefined;
      const more = sure ? (near ? { mend: near } : {}) : { likely: true };
      refuse(into, use.statement, noPort(text, address, near), use.span, "nginx-address", { isName: true, ...more });
    }
  }
}

function noPort(text: string, address: Address, near: string | undefined): string {
  if (address.kind === "ip") return t`"${text}" has no port`;
  return near
    ? t`"${text}" has no port; did you mean the upstream "${near}"?`
    : t`"${text}" has no port, and no upstream has the name "${address.host}"`;
}

function redirect(it: Statement, into: Reading) {
  const [first, second] = it.directive.args;
  if (!first) return;
  // Only the first one may be "off".
  const before = firstIn(it.block, it.directive.name.text);
  const twice = (message: string) => refuseTwice(into, it, message, it.directive.name, before);
  if (before && before !== it && before.directive.args.length === 1 && argument(before, 0) === "off")
    return twice(t`"proxy_redirect off" stands before it in this block`);
  if (!second) {
    if (first.text === "off") return before !== it ? twice(t`"proxy_redirect off" stands beside another one`) : undefined;
    if (first.text !== "default")
      return refuse(into, it, t`"proxy_redirect" takes off, default or two arguments, not "${first.text}"`, first);
    const target = firstIn(it.block, "proxy_pass");
    if (!target) return refuse(into, it, t`"proxy_redirect default" stands behind "proxy_pass"`, undefined, "nginx-context");
    if (hasVariables(target.directive.args[0]?.text ?? ""))
      return refuse(into, it, t`"proxy_redirect default" cannot follow a "proxy_pass" with variables`, undefined, "nginx-context");
    return undefined;
  }
  patternOrValue(it, into, true);
  return readValue(it, into, second);
}

/** The first argument: `~` and a pattern, or a value. */
function patternOrValue(it: Statement, into: Reading, caseless: boolean): void {
  const [first] = it.directive.args;
  if (!first?.text.startsWith("~")) readValue(it, into, first);
  else readPattern(it, into, first, caseless && first.text.startsWith("~*") ? 2 : 1);
}

/** `off`, or a pattern and what it becomes. */
const cookies =
  (caseless: boolean): Setter =>
  (it, into) => {
    const [first, ...rest] = it.directive.args;
    if (!first) return;
    const off = (one: Statement): boolean => one.directive.args.length === 1;
    const before = firstIn(it.block, it.directive.name.text);
    if (rest.length === 0 && first.text !== "off")
      return refuse(into, it, t`"${it.directive.name.text}" takes off or more than one argument`, first);
    if (before && before !== it && (off(before) || off(it))) {
      refuseTwice(into, it, t`"${it.directive.name.text} off" stands beside another one`, it.directive.name, before);
    }
    if (rest.length === 0) return undefined;
    patternOrValue(it, into, caseless);
    return readValues(it, into, rest);
  };

/** An address to connect from. */
function bind(it: Statement, into: Reading): void {
  const [address, mode] = it.directive.args;
  if (!address || (!mode && address.text === "off")) return;
  if (hasVariables(address.text)) readValue(it, into, address);
  else if (!isOwnAddress(address.text)) refuse(into, it, t`"${address.text}" is no IP address`, address, "nginx-address");
  if (mode && mode.text !== "transparent") refuse(into, it, t`"${it.directive.name.text}" has no parameter "${mode.text}"`, mode);
}

function isOwnAddress(text: string): boolean {
  if (parseIp4(text) || parseIp6(text)) return true;
  const match = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(text);
  const port = parseNumber(match?.[3] ?? "") ?? 0;
  return port > 0 && port < 65536 && Boolean(match?.[1] ? parseIp6(match[1]) : parseIp4(match?.[2] ?? ""));
}

/** `NAME VALUE [if_not_empty]` */
function param(it: Statement, into: Reading): void {
  const [, value, flag] = it.directive.args;
  readValue(it, into, value);
  if (flag && flag.text !== "if_not_empty") refuse(into, it, t`"${it.directive.name.text}" has no parameter "${flag.text}"`, flag);
}

function splitPathInfo(it: Statement, into: Reading): void {
  const [pattern] = it.directive.args;
  const groups = readPattern(it, into, pattern, 0, false);
  if (pattern && groups !== undefined && groups !== 2 && !isBeyond(pattern.text))
    refuse(into, it, t`The pattern has exactly two groups: the script and the rest`, pattern, "nginx-regex");
}

const passes = Object.fromEntries(["proxy", "fastcgi", "uwsgi", "scgi", "grpc", "memcached"].map((it) => [`ngx_http_${it}_pass`, pass]));

export const passSetters: Setters = {
  ...passes,
  ngx_stream_proxy_pass: streamPass,
  ngx_stream_pass: streamPass,
  ngx_http_proxy_redirect: redirect,
  ngx_http_proxy_cookie_domain: cookies(false),
  ngx_http_proxy_cookie_path: cookies(true),
  ngx_http_proxy_cookie_flags: cookies(false),
  ngx_http_upstream_bind_set_slot: bind,
  ngx_stream_proxy_bind: bind,
  ngx_http_upstream_param_set_slot: param,
  ngx_http_fastcgi_split_path_info: splitPathInfo,
};

function streamPass(it: Statement, into: Reading) {
  const [word] = it.directive.args;
  if (!word || isTemplated(word.text)) return;
  if (hasVariables(word.text)) return readValue(it, into, word);
  const address = unlessHost(it, into, parseAddress(word.text), word);
  if (address && address.kind !== "unix") name(into, it, "uses", "upstream", address.host.toLowerCase(), word);
  return undefined;
}
