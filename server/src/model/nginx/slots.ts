/** Values that nginx reads with functions many directives share: on/off, numbers, sizes, times, words of a list. */
import type { NginxDirective } from "../../facts/nginx";
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { isFlag, isOneOf, parseNumber, parseOffset, parseSize, parseTime } from "./values";

/** What is wrong with the arguments, and which of them. */
export type Fault = { readonly message: string; readonly at: number; readonly mend?: string };
const fault = (message: string, at = 0, mend?: string): Fault => (mend === undefined ? { message, at } : { message, at, mend });

/** What a person most likely meant by a word that nginx does not read. */
const FLAGS: Readonly<Record<string, string>> = {
  yes: "on",
  true: "on",
  enable: "on",
  enabled: "on",
  "1": "on",
  no: "off",
  false: "off",
  disable: "off",
  disabled: "off",
  "0": "off",
};
const UNITS: Readonly<Record<string, string>> = {
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  min: "m",
  mins: "m",
  minute: "m",
  minutes: "m",
  hour: "h",
  hours: "h",
  hr: "h",
  day: "d",
  days: "d",
  msec: "ms",
};

const own = (table: Readonly<Record<string, string>>, text: string): string | undefined =>
  Object.hasOwn(table, text.toLowerCase()) ? table[text.toLowerCase()] : undefined;

export function meantTime(text: string): string | undefined {
  const [, number = "", unit = ""] = /^(\d+) ?([a-z]+)$/i.exec(text) ?? [];
  const meant = own(UNITS, unit);
  return meant && `${number}${meant}`;
}

function meantSize(text: string, giga: boolean): string | undefined {
  const [, number = "", unit = ""] = /^(\d+) ?([kmg])i?b?$/i.exec(text) ?? [];
  if (number === "") return undefined;
  return unit.toLowerCase() === "g" && !giga ? `${Number(number) * 1024}m` : `${number}${unit.toLowerCase()}`;
}

/** The fault nginx finds by the kind of value the directive takes; nothing for values with a reader of their own. */
export function slotFault(fact: NginxDirective, args: readonly Word[]): Fault | undefined {
  const text = args[0]?.text ?? "";
  switch (fact.kind) {
    case "flag":
      return isFlag(text) ? undefined : fault(t`"${fact.name}" is "on" or "off", not "${text}"`, 0, own(FLAGS, text));
    case "number":
      return numberFault(fact, text);
    case "size":
      return sizeFault(fact, text);
    case "offset":
      return parseOffset(text) === undefined
        ? fault(t`"${text}" is no size: write a number with k, m or g, or without a unit`, 0, meantSize(text, true))
        : undefined;
    case "milliseconds":
      return parseTime(text, false) === undefined ? fault(timeFault(text), 0, meantTime(text)) : undefined;
    case "seconds":
      return parseTime(text, true) === undefined ? fault(timeFault(text), 0, meantTime(text)) : undefined;
    case "enum":
      return isOneOf(text, fact.values ?? []) ? undefined : fault(t`"${fact.name}" is ${listed(fact.values)}, not "${text}"`);
    case "bitmask": {
      const at = args.findIndex((word) => !isOneOf(word.text, fact.values ?? []));
      return at < 0 ? undefined : fault(t`"${fact.name}" takes ${listed(fact.values)}, not "${args[at]?.text ?? ""}"`, at);
    }
    case "buffers":
      if (!parseNumber(text)) return fault(t`"${text}" is no number of buffers`);
      return parseSize(args[1]?.text ?? "")
        ? undefined
        : fault(t`"${args[1]?.text ?? ""}" is no size of a buffer: write a number with k or m`, 1);
    case "access": {
      const at = args.findIndex((word) => !/^(?:user|group|all):(?:rw|r)$/.test(word.text));
      return at < 0 ? undefined : fault(t`"${args[at]?.text ?? ""}" is no permission: write user:rw, group:r or the like`, at);
    }
    case "path":
      return pathFault(args);
    default:
      return undefined;
  }
}

function listed(values: readonly string[] = []): string {
  const quoted = values.map((it) => t`"${it}"`);
  const last = quoted.at(-1) ?? "";
  return quoted.length > 1 ? t`${quoted.slice(0, -1).join(", ")} or ${last}` : last;
}

export function timeFault(text: string): string {
  if (/^\d+(?:\.\d+)?(?:sec|secs|seconds?|mins?|minutes?|hours?|days?)$/i.test(text))
    return t`"${text}" is no time: the units are ms, s, m, h, d, w, M and y`;
  return t`"${text}" is no time: write a number with ms, s, m, h, d or w`;
}

function numberFault(fact: NginxDirective, text: string): Fault | undefined {
  const number = parseNumber(text);
  if (number === undefined) return fault(t`"${text}" is no number`);
  if (fact.post === "ngx_http_v2_streams_index_mask" && (number === 0 || (number & (number - 1)) !== 0))
    return fault(t`The number is a power of two`);
  if (/^(?:types|variables)_hash_bucket_size$/.test(fact.name) && (number === 0 || number > 65472)) {
    return fault(t`"${fact.name}" is at least 1 and at most 65472`);
  }
  const [low, high] = fact.bounds ?? [];
  if (low === undefined || (number >= low && (high === undefined || number <= high))) return undefined;
  return fault(high === undefined ? t`"${fact.name}" is at least ${low}` : t`"${fact.name}" is between ${low} and ${high}`);
}

function sizeFault(fact: NginxDirective, text: string): Fault | undefined {
  const size = parseSize(text);
  if (size === undefined) return fault(t`"${text}" is no size: write a number with k or m, or without a unit`, 0, meantSize(text, false));
  if (fact.post === "ngx_http_core_pool_size" || fact.post === "ngx_http_v2_pool_size") {
    if (size < 112) return fault(t`A pool has at least 112 bytes`);
    if (size % 16 !== 0) return fault(t`The size of a pool is a multiple of 16`);
  }
  if (fact.post === "ngx_http_v2_preread_size" && size > 2 ** 31 - 1) return fault(t`At most 2147483647 bytes may be read ahead`);
  if (fact.post === "ngx_http_v2_chunk_size" && size === 0) return fault(t`A chunk of HTTP/2 cannot be empty`);
  if (fact.post === "ngx_http_v2_recv_buffer_size" && size <= 32) return fault(t`The buffer is larger than 32 bytes`);
  if (fact.post === "ngx_http_gzip_window" && ![512, 1024, 2048, 4096, 8192, 16384, 32768].includes(size))
    return fault(t`The window is 512, 1k, 2k, 4k, 8k, 16k or 32k`);
  if (fact.post === "ngx_http_gzip_hash" && ![512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072].includes(size))
    return fault(t`The hash is 512, 1k, 2k, 4k … or 128k`);
  return undefined;
}

/** A path and up to three levels of folders below it. */
function pathFault(args: readonly Word[]): Fault | undefined {
  const levels = args.slice(1).map((word) => parseNumber(word.text));
  const at = levels.findIndex((level) => !level);
  if (at >= 0) return fault(t`"${args[at + 1]?.text ?? ""}" is no level: write a number from 1`, at + 1);
  const length = levels.reduce<number>((sum, level) => sum + (level ?? 0) + 1, 0);
  return length > 10 + levels.length ? fault(t`The levels are more than ten digits long`, args.length - 1) : undefined;
}
