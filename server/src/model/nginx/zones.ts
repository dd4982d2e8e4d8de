/** Shared memory and what is kept in it: limits, caches, sessions. */
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { hasModule, name, part, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import type { Setter, Setters } from "./setting";
import { timeFault } from "./slots";
import { parseNumber, parseOffset, parseSize, parseTime } from "./values";
import { hasVariables, readValue } from "./variables";

/** Bytes of a page of memory, of which a zone needs several. */
const PAGE = 4096;

/** The size of a zone, or undefined where nginx refuses it. */
export function zoneSize(it: Statement, into: Reading, word: Word, text: string, pages: number): number | undefined {
  const size = parseSize(text);
  if (size === undefined) refuse(into, it, t`"${text}" is no size of a zone: write a number with k or m`, word);
  else if (size < pages * PAGE) refuse(into, it, t`A zone has at least ${(pages * PAGE) / 1024}k`, word);
  else return size;
  return undefined;
}

/** `zone=name:size` */
function defineZone(it: Statement, into: Reading, word: Word, key: string, owner: string, pages: number) {
  const value = word.text.slice(key.length);
  const colon = value.indexOf(":");
  if (colon < 0) {
    refuse(into, it, t`"${word.text}" has no size: write ${key}NAME:SIZE`, word);
    return;
  }
  if (colon === 0) {
    refuse(into, it, t`"${word.text}" has no name: write ${key}NAME:SIZE`, word);
    return;
  }
  const size = zoneSize(it, into, word, value.slice(colon + 1), pages);
  // Of several the last one counts.
  if (it.directive.args.findLast((one) => one.text.startsWith(key)) !== word) return;
  name(
    into,
    it,
    "defines",
    "zone",
    value.slice(0, colon),
    part(word, key.length, key.length + colon),
    size === undefined ? { owner } : { owner, size },
  );
}

function useZone(it: Statement, into: Reading, text: string, word: Word, owner: string, from = 0): void {
  if (text === "") refuse(into, it, t`The name of a zone is missing`, word, "nginx-unknown-name");
  else name(into, it, "uses", "zone", text, part(word, from), { owner });
}

const limitZone =
  (owner: string, rate: boolean): Setter =>
  (it, into) => {
    const [key, ...rest] = it.directive.args;
    readValue(it, into, key);
    for (const word of rest) {
      if (word.text.startsWith("zone=")) defineZone(it, into, word, "zone=", owner, 8);
      else if (rate && word.text.startsWith("rate=")) {
        if (!parseNumber(word.text.slice(5).replace(/r\/[sm]$/, "")))
          refuse(into, it, t`"${word.text}" is no rate: write rate=10r/s or rate=30r/m`, word);
      } else if (!(rate && word.text === "sync")) refuse(into, it, t`"${it.directive.name.text}" has no parameter "${word.text}"`, word);
    }
    if (!rest.some((word) => word.text.startsWith("zone="))) refuse(into, it, t`"${it.directive.name.text}" needs zone=NAME:SIZE`);
  };

/** A zone is limited once in a block. */
function once(it: Statement, into: Reading, zone: string, zoneOf: (other: Statement) => string): void {
  const same = it.block.statements.find((other) => other !== it && other.fact?.setter === it.fact?.setter && zoneOf(other) === zone);
  if (same) refuseTwice(into, it, t`The zone "${zone}" is used twice in this block`, it.directive.name, same);
}

function limitRequests(it: Statement, into: Reading): void {
  const zoneOf = (one: Statement): string => one.directive.args.findLast((word) => word.text.startsWith("zone="))?.text.slice(5) ?? "";
  for (const word of it.directive.args) {
    const [key = ""] = word.text.split("=", 1);
    const value = word.text.slice(key.length + 1);
    if (key === "zone" && word.text.includes("=")) useZone(it, into, value, word, "limit_req", 5);
    else if ((key === "burst" || key === "delay") && word.text.includes("=")) {
      if (!parseNumber(value)) refuse(into, it, t`"${value}" is no number of requests`, word);
    } else if (word.text !== "nodelay") refuse(into, it, t`"limit_req" has no parameter "${word.text}"`, word);
  }
  if (!it.directive.args.some((word) => word.text.startsWith("zone="))) refuse(into, it, t`"limit_req" needs zone=NAME`);
  else once(it, into, zoneOf(it), zoneOf);
}

const limitConnections =
  (owner: string): Setter =>
  (it, into) => {
    const [zone, count] = it.directive.args;
    if (!zone || !count) return;
    useZone(it, into, zone.text, zone, owner);
    once(it, into, zone.text, (one) => one.directive.args[0]?.text ?? "");
    const number = parseNumber(count.text);
    if (!number) refuse(into, it, t`"${count.text}" is no number of connections`, count);
    else if (number > 65535) refuse(into, it, t`At most 65535 connections can be allowed`, count);
  };

const isTime =
  (whole: boolean) =>
  (text: string): boolean =>
    parseTime(text, whole) !== undefined;
const isNumber = (text: string): boolean => parseNumber(text) !== undefined;
const CACHE: Readonly<Record<string, (text: string) => boolean>> = {
  levels: (text) => /^[12](?::[12]){0,2}$/.test(text),
  use_temp_path: (text) => text === "on" || text === "off",
  inactive: isTime(true),
  max_size: (text) => parseOffset(text) !== undefined,
  min_free: (text) => parseOffset(text) !== undefined,
  loader_files: isNumber,
  loader_sleep: isTime(false),
  loader_threshold: isTime(false),
  manager_files: isNumber,
  manager_sleep: isTime(false),
  manager_threshold: isTime(false),
  purger: (text) => text === "on" || text === "off",
  purger_files: isNumber,
  purger_sleep: isTime(false),
  purger_threshold: isTime(false),
};

function cachePath(it: Statement, into: Reading): void {
  const owner = it.directive.name.text.replace("_path", "");
  const [, ...rest] = it.directive.args;
  for (const word of rest) {
    const [key = ""] = word.text.split("=", 1);
    if (word.text.startsWith("keys_zone=")) defineZone(it, into, word, "keys_zone=", owner, 2);
    else if (!CACHE[key] || (key.startsWith("purger") && !hasModule("nginx-plus", into)) || !word.text.includes("="))
      refuse(into, it, t`"${it.directive.name.text}" has no parameter "${word.text}"`, word);
    else if (!CACHE[key](word.text.slice(key.length + 1)))
      refuse(into, it, t`"${word.text}": the value is not one that "${key}" takes`, word);
  }
  if (!rest.some((word) => word.text.startsWith("keys_zone="))) refuse(into, it, t`"${it.directive.name.text}" needs keys_zone=NAME:SIZE`);
}

function cache(it: Statement, into: Reading): void {
  const [word] = it.directive.args;
  if (!word || word.text === "off") return;
  const store = it.block.statements.find((one) => one.directive.name.text === it.directive.name.text.replace("_cache", "_store"));
  if (store && store.directive.args[0]?.text !== "off")
    refuseTwice(into, it, t`"${it.directive.name.text}" cannot be used beside "${store.directive.name.text}"`, it.directive.name, store);
  if (hasVariables(word.text)) readValue(it, into, word);
  else useZone(it, into, word.text, word, it.directive.name.text);
}

function store(it: Statement, into: Reading): void {
  const [word] = it.directive.args;
  if (!word || word.text === "off") return;
  const other = it.block.statements.find((one) => one.directive.name.text === it.directive.name.text.replace("_store", "_cache"));
  if (other && other.directive.args[0]?.text !== "off")
    refuseTwice(into, it, t`"${it.directive.name.text}" cannot be used beside "${other.directive.name.text}"`, it.directive.name, other);
  if (word.text !== "on") readValue(it, into, word);
}

function cacheValid(it: Statement, into: Reading): void {
  const { args } = it.directive;
  const last = args.at(-1);
  if (last && parseTime(last.text, true) === undefined) refuse(into, it, timeFault(last.text), last);
  for (const word of args.slice(0, -1)) {
    const status = parseNumber(word.text) ?? 0;
    if (word.text !== "any" && (status < 100 || status > 599)) refuse(into, it, t`"${word.text}" is no status`, word);
  }
}

/** `shared:name:size`, beside words of its own. */
const sessionCache =
  (owner: string, plain: RegExp): Setter =>
  (it, into) => {
    for (const word of it.directive.args) {
      if (plain.test(word.text)) continue;
      const match = /^shared:([^:]+)(?::(.*))?$/s.exec(word.text);
      if (!match) refuse(into, it, t`"${word.text}" is no cache: write shared:NAME:SIZE`, word);
      else {
        const [, zone = "", text = ""] = match;
        const size = zoneSize(it, into, word, text, 8);
        name(into, it, "defines", "zone", zone, part(word, 7, 7 + zone.length), size === undefined ? { owner } : { owner, size });
      }
    }
  };

const caches = Object.fromEntries(
  ["proxy", "fastcgi", "uwsgi", "scgi"].flatMap((it) => [
    [`ngx_http_${it}_cache`, cache],
    [`ngx_http_${it}_store`, store],
    [`ngx_http_${it}_cache_key`, ((one, into) => readValue(one, into, one.directive.args[0])) satisfies Setter],
  ]),
);

export const zoneSetters: Setters = {
  ...caches,
  ngx_http_limit_req_zone: limitZone("limit_req", true),
  ngx_http_limit_conn_zone: limitZone("limit_conn", false),
  ngx_stream_limit_conn_zone: limitZone("limit_conn of stream", false),
  ngx_http_limit_req: limitRequests,
  ngx_http_limit_conn: limitConnections("limit_conn"),
  ngx_stream_limit_conn: limitConnections("limit_conn of stream"),
  ngx_http_file_cache_set_slot: cachePath,
  ngx_http_file_cache_valid_set_slot: cacheValid,
  ngx_http_ssl_session_cache: sessionCache("sessions", /^(?:off|none|builtin(?::\d+)?)$/),
  ngx_stream_ssl_session_cache: sessionCache("sessions of stream", /^(?:off|none|builtin(?::\d+)?)$/),
  ngx_mail_ssl_session_cache: sessionCache("sessions of mail", /^(?:off|none|builtin(?::\d+)?)$/),
  ngx_http_ssl_ocsp_cache: sessionCache("OCSP answers", /^off$/),
  ngx_stream_ssl_ocsp_cache: sessionCache("OCSP answers of stream", /^off$/),
};
