/** `upstream` blocks: their servers and how the load is spread. */
import { t } from "../../text/l10n";
import { parseAddress } from "./address";
import { type Block, definition, familyOf, firstIn, name, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import type { Setter, Setters } from "./setting";
import { parseNumber, parseTime } from "./values";
import { readValue } from "./variables";
import { zoneSize } from "./zones";

function upstream(it: Statement, into: Reading): void {
  const [word] = it.directive.args;
  if (!word) return;
  const lower = word.text.toLowerCase();
  const before = definition(into, "upstream", lower, familyOf(it.block));
  if (before) refuseTwice(into, it, t`The upstream "${word.text}" is defined twice`, word, before.statement);
  name(into, it, "defines", "upstream", lower, word);
}

const METHOD = /^ngx_(?:http|stream)_upstream_(hash|ip_hash|random|least_conn|least_time)$/;
/** Of several ways to spread the load the last one before the server counts. */
function knowsBackup(block: Block): boolean {
  const method = block.statements.findLast((it) => METHOD.test(it.fact?.setter ?? ""));
  return !method || /least_/.test(method.fact?.setter ?? "");
}

const isTime = (text: string): boolean => parseTime(text, true) !== undefined;
const isNumber = (text: string): boolean => parseNumber(text) !== undefined;
const PARAMETERS: Readonly<Record<string, (value: string) => boolean>> = {
  weight: (value) => (parseNumber(value) ?? 0) > 0,
  max_conns: isNumber,
  max_fails: isNumber,
  fail_timeout: isTime,
  slow_start: isTime,
  service: () => true,
  route: () => true,
  id: () => true,
};
/** Parameters that came after 1.22 or belong to the commercial build. */
const NEWER = new Set(["slow_start", "service", "route", "resolve", "drain", "id"]);

function server(it: Statement, into: Reading): void {
  const [address, ...rest] = it.directive.args;
  for (const word of rest) {
    const [key = ""] = word.text.split("=", 1);
    const value = word.text.includes("=") ? word.text.slice(key.length + 1) : undefined;
    const known = value === undefined ? ["down", "backup", "resolve", "drain"].includes(key) : PARAMETERS[key]?.(value) === true;
    if (!known || (NEWER.has(key) && into.options.release?.startsWith("1.22.")))
      refuse(into, it, t`A server of an upstream has no parameter "${word.text}"`, word);
    if (key === "backup" && !knowsBackup(it.block)) {
      refuse(into, it, t`The way this upstream spreads the load knows no backup`, word);
    }
  }
  if (!address) return;
  const stream = familyOf(it.block) === "stream";
  const parsed = parseAddress(address.text, stream ? {} : { defaultPort: 80 });
  const read = typeof parsed === "string" ? undefined : parsed;
  const meant = /^\/[^:]*$/.test(address.text) ? { mend: `unix:${address.text}` } : {};
  if (typeof parsed === "string") refuse(into, it, t`"${address.text}" is no address: ${parsed}`, address, "nginx-address", meant);
  if (stream && read?.noPort && !rest.some((word) => word.text.startsWith("service=")))
    refuse(into, it, t`"${address.text}" has no port`, address, "nginx-address", { isName: true });
}

/** Words that may stand at a place of the arguments. */
const words =
  (...allowed: readonly (readonly string[])[]): Setter =>
  (it, into) => {
    for (const [at, word] of it.directive.args.entries()) {
      if (allowed[at] && !allowed[at].includes(word.text))
        refuse(into, it, t`"${it.directive.name.text}" has no parameter "${word.text}"`, word);
    }
  };

function hash(it: Statement, into: Reading): void {
  const [key, mode] = it.directive.args;
  readValue(it, into, key);
  if (mode && mode.text !== "consistent") refuse(into, it, t`"hash" has no parameter "${mode.text}"`, mode);
}

function keepalive(it: Statement, into: Reading): void {
  const [count] = it.directive.args;
  if (count && !parseNumber(count.text)) refuse(into, it, t`"${count.text}" is no number of connections`, count);
}

function zone(it: Statement, into: Reading): void {
  const [word, size] = it.directive.args;
  if (!word) return;
  if (word.text === "") refuse(into, it, t`A zone has a name`, word);
  const bytes = size ? zoneSize(it, into, size, size.text, 8) : undefined;
  name(into, it, size ? "defines" : "uses", "zone", word.text, word, {
    owner: `upstream of ${familyOf(it.block)}`,
    ...(bytes === undefined ? {} : { size: bytes }),
  });
}

export const upstreamSetters: Setters = {
  ngx_http_upstream: upstream,
  ngx_stream_upstream: upstream,
  ngx_http_upstream_server: server,
  ngx_stream_upstream_server: server,
  ngx_http_upstream_hash: hash,
  ngx_stream_upstream_hash: hash,
  ngx_http_upstream_random: words(["two"], ["least_conn", "least_time=header", "least_time=last_byte"]),
  ngx_stream_upstream_random: words(["two"], ["least_conn", "least_time=connect", "least_time=first_byte", "least_time=last_byte"]),
  ngx_http_upstream_keepalive: keepalive,
  ngx_http_upstream_zone: zone,
  ngx_stream_upstream_zone: zone,
};

/** An upstream without a server is refused, and one that has only servers for emergencies. */
export function leaveUpstream(it: Statement, block: Block, into: Reading): void {
  if (block.statements.some((one) => !one.fact || one.directive.name.text === "include" || !one.fact.module.startsWith("ngx_"))) return;
  const servers = block.statements.filter((one) => one.directive.name.text === "server");
  const word = it.directive.args[0];
  const text = word?.text ?? "";
  // NGINX Plus fills a shared zone while it runs; without knowing the program, that is let be.
  if (servers.length === 0 && firstIn(block, "zone") && !into.options.build) return;
  if (servers.length === 0) refuse(into, it, t`The upstream "${text}" has no server`, word);
  else if (servers.every((one) => one.directive.args.slice(1).some((arg) => arg.text === "backup")))
    refuse(into, it, t`All servers of the upstream "${text}" are backups`, word);
}
