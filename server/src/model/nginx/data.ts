/** Blocks that hold data: `map`, `geo`, `split_clients`, `types`, `charset_map`. */
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { isNetwork, parseIp4 } from "./address";
import { fitsBucket, hostKeys, isBadWildcard } from "./core";
import { argument, type Block, familyOf, firstIn, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import type { Setters } from "./setting";
import { parseNumber } from "./values";
import { defineVariable, readPattern, readValue, useVariable } from "./variables";

/** A value that is computed and the variable it gives: `map`, `split_clients`. */
function fromValue(it: Statement, into: Reading): void {
  readValue(it, into, it.directive.args[0]);
  defineVariable(it, into, it.directive.args[1]);
}

function geo(it: Statement, into: Reading): void {
  const [first, second] = it.directive.args;
  if (second && first) useVariable(it, into, first);
  defineVariable(it, into, second ?? first);
}

/** One line of a data block; its words are the name and the arguments of the statement. */
export function checkPairs(it: Statement, into: Reading): void {
  if (it.directive.body) {
    refuse(into, it, t`A block of data holds no other block`, it.directive.name, "nginx-syntax");
    return;
  }
  const words = [it.directive.name, ...it.directive.args];
  if (it.directive.name.text === "include" && it.directive.args.length !== 1 && it.block.owner?.fact?.setter === "ngx_http_core_types") {
    refuse(into, it, t`"include" takes one argument`, undefined, "nginx-arguments");
  }
  LINES[it.block.owner?.fact?.setter ?? ""]?.(it, words, into);
}

type Line = (it: Statement, words: readonly Word[], into: Reading) => void;

const mapLine: Line = (it, words, into) => {
  const [key, value] = words;
  if (!key || (words.length === 1 && (key.text === "hostnames" || key.text === "volatile"))) return;
  if (!value || words.length !== 2) {
    refuse(into, it, t`A line of "map" has a key and a value, not ${words.length} words`, undefined, "nginx-arguments");
    return;
  }
  readValue(it, into, value);
  if (key.text.startsWith("~") && key.text !== "default") readPattern(it, into, key, key.text.startsWith("~*") ? 2 : 1);
};

/** Lines of `geo` that set how it reads the others. */
const isGeoSwitch = ({ directive }: Statement): boolean =>
  directive.args.length === 0 && ["ranges", "proxy_recursive"].includes(directive.name.text);

function isRange(text: string): boolean {
  const [first, last, ...more] = text.split("-");
  const low = parseIp4(first ?? "");
  const high = last === "255.255.255.255" ? last : parseIp4(last ?? "");
  if (!low || !high || more.length > 0) return false;
  const number = (ip: string): number => ip.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return number(low) <= number(high);
}

const shareLine: Line = (it, words, into) => {
  const [share] = words;
  if (!share || share.text === "*") return;
  const match = /^(\d*)(?:\.(\d{0,2}))?%$/.exec(share.text);
  if (!match || Number(match[1]) + Number(match[2] ?? 0) === 0) refuse(into, it, t`"${share.text}" is no share: write 12.5% or *`, share);
};

const isByte = (text: string): boolean => /^0*[0-9a-f]{1,2}$/i.test(text);

const charsetLine: Line = (it, words, into) => {
  const [from, to] = words;
  if (!from || !to || words.length !== 2) refuse(into, it, t`A line of "charset_map" has two codes`, undefined, "nginx-arguments");
  else if (!isByte(from.text)) refuse(into, it, t`"${from.text}" is no code of one byte`, from);
  else if (it.block.owner && argument(it.block.owner, 1).toLowerCase() === "utf-8") {
    if (!/^(?:[0-9a-f]{2}){1,3}$/i.test(to.text)) refuse(into, it, t`"${to.text}" is no code of up to three bytes`, to);
  } else if (!isByte(to.text)) refuse(into, it, t`"${to.text}" is no code of one byte`, to);
};

const LINES: Readonly<Record<string, Line>> = {
  ngx_http_map_block: mapLine,
  ngx_stream_map_block: mapLine,
  ngx_conf_split_clients_block: shareLine,
  ngx_http_charset_map_block: charsetLine,
};

/** What can only be told from all lines of a block, in their order. */
export function leaveData(it: Statement, block: Block, into: Reading): void {
  const setter = it.fact?.setter ?? "";
  if (setter === "ngx_conf_split_clients_block") leaveShares(it, block, into);
  else if (/_geo_block$/.test(setter)) leaveGeo(block, into);
  else if (/_map_block$/.test(setter) && setter !== "ngx_http_charset_map_block") leaveMap(it, block, into);
}

function leaveShares(it: Statement, block: Block, into: Reading): void {
  let sum = 0;
  let most = 0;
  for (const { directive } of block.statements) {
    const share = Math.round(Number(directive.name.text.slice(0, -1)) * 100);
    // Behind the rest nothing is left.
    if (directive.name.text === "*") sum = 10_000;
    else sum += Number.isNaN(share) ? 0 : share;
    most = Math.max(most, sum);
  }
  if (most > 10_000) refuse(into, it, t`The shares are more than 100 %`, it.directive.name);
}

function leaveGeo(block: Block, into: Reading): void {
  // Stream has no request that came through a proxy.
  const isHttp = familyOf(block) === "http";
  const ranges = block.statements.find((one) => one.directive.name.text === "ranges" && one.directive.args.length === 0);
  let networks = false;
  for (const it of block.statements) {
    const { name: key, args } = it.directive;
    if (it === ranges && networks) refuse(into, it, t`"ranges" is the first line of a "geo" block`, key);
    const [value] = args;
    if (isGeoSwitch(it) && (isHttp || it === ranges)) continue;
    if (!value || args.length !== 1)
      refuse(into, it, t`A line of "geo" has a network and a value, not ${args.length + 1} words`, undefined, "nginx-arguments");
    else if (key.text !== "default" && key.text !== "include") {
      const network = key.text === "delete" || (key.text === "proxy" && isHttp) ? value : key;
      const asRange = ranges !== undefined && key.text !== "proxy";
      const valid = asRange ? isRange(network.text) : network.text === "255.255.255.255" || isNetwork(network.text);
      if (!valid) {
        const message = asRange ? t`"${network.text}" is no range of addresses` : t`"${network.text}" is no network`;
        refuse(into, it, message, network);
      }
    }
    if (key.text !== "include" && key.text !== "proxy") networks = true;
  }
}

function leaveMap(it: Statement, block: Block, into: Reading): void {
  const bucket = bucketOf(it);
  const seen = new Map<string, Statement>();
  let hostnames = false;
  for (const one of block.statements) {
    const { name: key, args } = one.directive;
    if (args.length === 0 && key.text === "hostnames") hostnames = true;
    if (args.length !== 1 || key.text === "include" || (key.text.startsWith("~") && key.text !== "default")) continue;
    // `\default` is a key of that name, `default` is not.
    const text = key.text === "default" ? " default" : key.text.replace(/^\\/, "").toLowerCase();
    const keys = hostnames ? hostKeys(text) : [text];
    const before = keys.map((one) => seen.get(one)).find(Boolean);
    if (before) refuseTwice(into, one, t`The key "${key.text}" stands twice in this map`, key, before);
    else if (key.text !== "default" && hostnames && isBadWildcard(text)) refuse(into, one, t`"${text}" is no host name`, key);
    else if (
      key.text !== "default" &&
      bucket !== undefined &&
      !(hostnames && /[*]|^\./.test(text)) &&
      !fitsBucket(byteLength(text), bucket)
    ) {
      const size = Math.ceil((byteLength(text) + 26) / 64) * 64;
      refuse(
        into,
        one,
        t`The key is too long for the hash of maps: set map_hash_bucket_size ${size} in http, before the map`,
        key,
        "nginx-hash",
      );
    }
    if (!before) for (const taken of keys) seen.set(taken, one);
  }
}

/** The bucket size of maps, as far as it is said before this map; undefined where another file may say it. */
function bucketOf(it: Statement): number | undefined {
  const own = firstIn(it.block, "map_hash_bucket_size");
  if (own) return parseNumber(argument(own, 0));
  return it.block.outer?.context === "main" ? 64 : undefined;
}

function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function charsetMap(it: Statement, into: Reading): void {
  const [from, to] = it.directive.args;
  if (from && to && from.text.toLowerCase() === to.text.toLowerCase()) refuse(into, it, t`Both charsets are the same`, to);
}

export const dataSetters: Setters = {
  ngx_http_map_block: fromValue,
  ngx_stream_map_block: fromValue,
  ngx_conf_split_clients_block: fromValue,
  ngx_http_geo_block: geo,
  ngx_stream_geo_block: geo,
  ngx_http_charset_map_block: charsetMap,
};
