/** What nginx can only tell when all has been read: names that nothing defines, locations twice, addresses shared, buffers that do not fit. */

import { isOwnModule, nginxVariables } from "../../facts/nginx";
import { t } from "../../text/l10n";
import { checkBuffers } from "./buffers";
import { checkCertificates, checkUpstreamCertificates } from "./certificates";
import { checkFilters } from "./filters";
import { joinListens, type Listening } from "./listens";
import { duplicateLocations } from "./locations";
import { checkFormats } from "./logs";
import { distance } from "./nearest";
import { checkPasses } from "./passes";
import { argument, type Block, definition, firstIn, listIn, type Name, nearestIn, type Reading, refuse, refuseTwice } from "./reading";
import { checkServerNames } from "./server-names";
import { parseNumber } from "./values";
import { builtInVariable } from "./variables";

export function finish(into: Reading): void {
  const blocks = [into.root, ...into.statements.flatMap((it) => (it.inner ? [it.inner] : []))];
  const servers = blocks.filter((block) => block.context === "http.server");
  for (const block of blocks) duplicateLocations(block.statements, into);
  checkSections(into);
  checkFormats(into);
  checkPasses(into);
  checkZones(into);
  /** Most of what is checked for each block is about directives that hardly any configuration has. */
  const names = new Set(into.statements.map((it) => it.directive.name.text));
  const listens = joinListens(servers, into);
  checkCertificates(servers, listens, into);
  checkConnections(listens, into);
  checkVariables(into);
  checkUpstreamCertificates(blocks, names, into);
  if (names.has("charset") && names.has("source_charset")) checkCharsets(blocks, into);
  checkBuffers(blocks, names, into);
  if (names.has("valid_referers") || names.has("secure_link_secret")) checkFilters(blocks, into);
  checkStreamServers(blocks, into);
  checkServerNames(servers, listens, into);
}

/** A configuration that serves something has an events block. */
function checkSections(into: Reading): void {
  if (into.root.context !== "main" || into.root.gap) return;
  const named = (text: string) => firstIn(into.root, text);
  const http = named("http") ?? named("stream") ?? named("mail");
  if (http && !named("events"))
    refuse(
      into,
      http,
      t`An "events" block is missing at the main level: nginx does not start without one`,
      http.directive.name,
      "nginx-missing-section",
    );
}

/** A server of stream does something with its connections. Modules of others may, too. */
function checkStreamServers(blocks: readonly Block[], into: Reading): void {
  for (const block of blocks) {
    const { context, gap, owner, statements } = block;
    if (context !== "stream.server" || gap || !owner) continue;
    if (!firstIn(block, "listen"))
      refuse(into, owner, t`This server of stream listens nowhere`, owner.directive.name, "nginx-missing-section");
    const secure = statements.find((it) => it.directive.name.text === "listen" && it.directive.args.some((word) => word.text === "ssl"));
    if (secure && listIn(block, "ssl_certificate").length === 0 && block.outer?.owner && !block.outer.gap)
      refuse(into, secure, t`This server speaks TLS but has no ssl_certificate`, undefined, "nginx-missing-certificate");
    if (statements.some((it) => !it.fact || !isOwnModule(it.fact))) continue;
    if (!statements.some((it) => ["proxy_pass", "return", "pass"].includes(it.directive.name.text)))
      refuse(into, owner, t`This server of stream has neither proxy_pass nor return`, owner.directive.name, "nginx-missing-section");
  }
}

/** Each worker keeps a connection for every socket it listens on, and one to spare. */
function checkConnections(listens: readonly Listening[], into: Reading): void {
  const events = firstIn(into.root, "events")?.inner;
  const it = events && firstIn(events, "worker_connections");
  const count = it && parseNumber(argument(it, 0));
  const ports = new Set(listens.map((one) => one.port)).size;
  if (it && count !== undefined && count < ports + 1)
    refuse(into, it, t`${count} connections are not enough for ${ports} sockets to listen on`);
}

/** Zones of one name must be of one module and one size, and somewhere a size must be given. */
function checkZones(into: Reading): void {
  const groups = new Map<string, Name[]>();
  for (const one of into.names) {
    if (one.kind !== "zone") continue;
    const group = groups.get(one.name);
    if (group) group.push(one);
    else groups.set(one.name, [one]);
  }
  for (const [text, group] of groups) {
    const [first] = group;
    const other = group.find((one) => one.owner !== first?.owner);
    if (other) {
      const message = t`The zone "${text}" belongs to ${ownerWords(first?.owner)} already`;
      refuseTwice(into, other.statement, message, other.span, first?.statement);
    }
    const sizes = group.filter((one) => one.size !== undefined);
    const different = sizes.find((one) => one.size !== sizes[0]?.size);
    if (different) refuseTwice(into, different.statement, t`The zone "${text}" has two sizes`, different.span, sizes[0]?.statement);
    const definitions = group.filter((one) => one.role === "defines");
    const again = definitions[1];
    if (again && !/^(?:upstream|sessions|OCSP)/.test(again.owner ?? "")) {
      refuseTwice(into, again.statement, t`The zone "${text}" is defined twice`, again.span, definitions[0]?.statement);
    }
    if (definitions.length > 0 || !into.complete) continue;
    for (const use of group) {
      const by = DEFINES[use.owner ?? ""];
      const message = by
        ? t`No zone has the name "${text}": "${by}" defines one`
        : t`No zone has the name "${text}": a zone with a size defines one`;
      refuse(into, use.statement, message, use.span, "nginx-unknown-name");
    }
  }
}

const DEFINES: Readonly<Record<string, string>> = {
  limit_req: "limit_req_zone",
  limit_conn: "limit_conn_zone",
  "limit_conn of stream": "limit_conn_zone",
  proxy_cache: "proxy_cache_path",
  fastcgi_cache: "fastcgi_cache_path",
  uwsgi_cache: "uwsgi_cache_path",
  scgi_cache: "scgi_cache_path",
};

const OWNERS: Readonly<Record<string, () => string>> = {
  "limit_conn of stream": () => t`limit_conn of stream`,
  sessions: () => t`sessions`,
  "sessions of stream": () => t`sessions of stream`,
  "sessions of mail": () => t`sessions of mail`,
  "OCSP answers": () => t`OCSP answers`,
  "OCSP answers of stream": () => t`OCSP answers of stream`,
  "upstream of http": () => t`upstream of http`,
  "upstream of stream": () => t`upstream of stream`,
};
const ownerWords = (owner = ""): string => OWNERS[owner]?.() ?? owner;

/** Variables that nothing defines. In a part of a configuration only what looks like a slip of the pen counts. */
function checkVariables(into: Reading): void {
  const near = new Map<string, string | undefined>();
  for (const one of into.names) {
    if (one.kind !== "variable" || one.role !== "uses") continue;
    if (definition(into, "variable", one.name, one.family) || builtInVariable(one.family, one.name, into)) continue;
    const key = `${one.family} ${one.name}`;
    if (!near.has(key)) near.set(key, nearestVariable(one, into));
    const meant = near.get(key);
    if (!(into.complete && !into.foreign) && meant === undefined) continue;
    const message = meant
      ? t`nginx has no variable $${one.name}; did you mean $${meant}?`
      : t`nginx has no variable $${one.name}, and nothing here defines it`;
    refuse(into, one.statement, message, one.span, "nginx-unknown-variable", meant ? { mend: `$${meant}` } : {});
  }
}

/** Among more names of the configuration than these none is guessed. */
const MOST_GUESSED = 300;

function nearestVariable({ family, name }: Name, into: Reading): string | undefined {
  if (family === "mail" || name.length < 4 || /\d$/.test(name)) return undefined;
  const limit = name.length < 8 ? 1 : 2;
  const prefix = `${family} variable `;
  const defined = new Set(into.defined.keys());
  for (const other of into.options.elsewhere?.() ?? []) defined.add(`${other.family} ${other.kind} ${other.name}`);
  const own = defined.size > MOST_GUESSED ? [] : [...defined].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  const known = nginxVariables(family).flatMap((it) => (it.prefix ? [] : [it.name]));
  const fits = (one: string, most: number): boolean => Math.abs(one.length - name.length) <= most && distance(one, name, most + 1) <= most;
  // Names of one's own are often alike; that one of them is meant is less sure where another file may define this one.
  return known.find((one) => fits(one, limit)) ?? own.find((one) => fits(one, into.complete ? limit : 1));
}

/** Answers are recoded only between charsets that a map joins. */
function checkCharsets(blocks: readonly Block[], into: Reading): void {
  if (!into.complete) return;
  const maps = new Set<string>();
  for (const it of into.statements) {
    if (it.fact?.setter !== "ngx_http_charset_map_block") continue;
    const [from = "", to = ""] = it.directive.args.map((word) => word.text.toLowerCase());
    maps.add(`${from} ${to}`).add(`${to} ${from}`);
  }
  for (const block of blocks) {
    if (block.context === "http" || !(firstIn(block, "charset") ?? firstIn(block, "source_charset"))) continue;
    const to = nearestIn(block, "charset");
    const from = nearestIn(block, "source_charset");
    if (!to || !from) continue;
    const [target, source] = [argument(to, 0).toLowerCase(), argument(from, 0).toLowerCase()];
    if (target === source || target === "off" || /^\$/.test(target) || /^\$/.test(source) || maps.has(`${source} ${target}`)) continue;
    refuse(into, to, t`No "charset_map" joins "${source}" and "${target}"`, undefined, "nginx-unknown-name");
  }
}
