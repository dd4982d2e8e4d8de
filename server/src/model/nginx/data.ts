/** Blocks that hold data: `map`, `geo`, `split_clients`, `types`, `charset_map`. */
import type { Word } from "../../syntax/tree";
import { isNetwork, parseIp4 } from "./address";
import { fitsBucket, isBadWildcard } from "./core";
import { argument, type Block, type Reading, refuse, type Statement } from "./reading";
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
    refuse(into, it, "A block of data holds no other block", it.directive.name, "nginx-syntax");
    return;
  }
  const words = [it.directive.name, ...it.directive.args];
  if (it.directive.name.text === "include" && it.directive.args.length !== 1 && it.block.owner?.fact?.setter === "ngx_http_core_types") {
    refuse(into, it, '"include" takes one argument', undefined, "nginx-arguments");
  }
  LINES[it.block.owner?.fact?.setter ?? ""]?.(it, words, into);
}

type Line = (it: Statement, words: readonly Word[], into: Reading) => void;

const mapLine: Line = (it, words, into) => {
  const [key, value] = words;
  if (!key || (words.length === 1 && (key.text === "hostnames" || key.text === "volatile"))) return;
  if (!value || words.length !== 2)
    return refuse(into, it, `A line of "map" has a key and a value, not ${words.length} words`, undefined, "nginx-arguments");
  readValue(it, into, value);
  if (key.text === "default") {
    if (earlier(it).some((one) => one.directive.name.text === "default") && plain(it))
      refuse(into, it, '"default" stands twice in this map', key, "nginx-duplicate");
    return;
  }
  if (key.text.startsWith("~")) {
    readPattern(it, into, key, key.text.startsWith("~*") ? 2 : 1);
    return;
  }
  const text = key.text.replace(/^\\/, "");
  const hostnames = earlier(it).some((one) => one.directive.name.text === "hostnames" && one.directive.args.length === 0);
  if (hostnames && isBadWildcard(text)) refuse(into, it, `"${text}" is no host name`, key);
};

const earlier = (it: Statement): readonly Statement[] => it.block.statements.slice(0, -1);
const plain = (it: Statement): boolean => !it.source.tree.templates?.length;

const geoLine: Line = (it, words, into) => {
  const [key, value] = words;
  if (!key || (words.length === 1 && (key.text === "ranges" || key.text === "proxy_recursive"))) return;
  if (!value || words.length !== 2)
    return refuse(into, it, `A line of "geo" has a network and a value, not ${words.length} words`, undefined, "nginx-arguments");
  if (key.text === "default") return;
  const network = key.text === "delete" || key.text === "proxy" ? value : key;
  const ranges =
    key.text !== "proxy" && it.block.statements.some((one) => one.directive.name.text === "ranges" && one.directive.args.length === 0);
  const valid = ranges ? isRange(network.text) : network.text === "255.255.255.255" || isNetwork(network.text);
  if (!valid) refuse(into, it, `"${network.text}" is no ${ranges ? "range of addresses" : "network"}`, network);
};

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
  if (!match || Number(match[1]) + Number(match[2] ?? 0) === 0) refuse(into, it, `"${share.text}" is no share: write 12.5% or *`, share);
};

const charsetLine: Line = (it, words, into) => {
  const [from, to] = words;
  if (!from || !to || words.length !== 2) return refuse(into, it, 'A line of "charset_map" has two codes', undefined, "nginx-arguments");
  if (!/^[0-9a-f]{1,2}$/i.test(from.text)) refuse(into, it, `"${from.text}" is no code of one byte`, from);
  if (!/^(?:[0-9a-f]{2})+$|^[0-9a-f]$/i.test(to.text)) refuse(into, it, `"${to.text}" is no code`, to);
};

const LINES: Readonly<Record<string, Line>> = {
  ngx_http_map_block: mapLine,
  ngx_stream_map_block: mapLine,
  ngx_http_geo_block: geoLine,
  ngx_stream_geo_block: geoLine,
  ngx_conf_split_clients_block: shareLine,
  ngx_http_charset_map_block: charsetLine,
};

/** What can only be told from all lines of a block. */
export function leaveData(it: Statement, block: Block, into: Reading): void {
  const setter = it.fact?.setter;
  if (setter === "ngx_conf_split_clients_block") {
    const shares = block.statements.map((one) =>
      one.directive.name.text === "*" ? 0 : Math.round(Number(one.directive.name.text.slice(0, -1)) * 100),
    );
    if (shares.reduce((sum, share) => sum + (Number.isNaN(share) ? 0 : share), 0) > 10_000)
      refuse(into, it, "The shares are more than 100 %", it.directive.name);
  }
  if (setter !== "ngx_http_map_block" && setter !== "ngx_stream_map_block") return;
  const bucket = bucketOf(it);
  const seen = new Set<string>();
  for (const one of block.statements) {
    const key = one.directive.name;
    const text = key.text.replace(/^\\/, "").toLowerCase();
    if (one.directive.args.length !== 1 || ["default", "include"].includes(key.text) || key.text.startsWith("~")) continue;
    if (seen.has(text) && plain(one)) refuse(into, one, `The key "${text}" stands twice in this map`, key, "nginx-duplicate");
    else if (bucket !== undefined && !/[*]|^\./.test(text) && !fitsBucket(byteLength(text), bucket)) {
      refuse(
        into,
        one,
        `The key is too long for the hash of maps: set map_hash_bucket_size ${Math.ceil((byteLength(text) + 26) / 64) * 64} in http, before the map`,
        key,
        "nginx-hash",
      );
    }
    seen.add(text);
  }
}

/** The bucket size of maps, as far as it is said before this map; undefined where another file may say it. */
function bucketOf(it: Statement): number | undefined {
  const own = it.block.statements.find((one) => one.directive.name.text === "map_hash_bucket_size");
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
  if (from && to && from.text.toLowerCase() === to.text.toLowerCase()) refuse(into, it, "Both charsets are the same", to);
}

export const dataSetters: Setters = {
  ngx_http_map_block: fromValue,
  ngx_stream_map_block: fromValue,
  ngx_conf_split_clients_block: fromValue,
  ngx_http_geo_block: geo,
  ngx_stream_geo_block: geo,
  ngx_http_charset_map_block: charsetMap,
};
