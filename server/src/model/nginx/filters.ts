/** Headers, access, filters: the smaller modules of http. */
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { isNetwork } from "./address";
import { hostKeys, isBadWildcard } from "./core";
import { argument, type Block, firstIn, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import type { Setter, Setters } from "./setting";
import { timeFault } from "./slots";
import { parseTime } from "./values";
import { defineVariable, hasVariables, readPattern, readValue, readValues, useVariable } from "./variables";

function addHeader(it: Statement, into: Reading): void {
  const [, value, flag] = it.directive.args;
  readValue(it, into, value);
  if (flag && flag.text !== "always")
    refuse(
      into,
      it,
      t`"${it.directive.name.text}" takes "always" behind the value, not "${flag.text}": blanks in a value belong in quotes`,
      flag,
    );
}

function expires(it: Statement, into: Reading) {
  const { args } = it.directive;
  const modified = args.length === 2;
  const [first] = args;
  const last = args.at(-1);
  if (!first || !last) return;
  if (modified && first.text !== "modified")
    return refuse(into, it, t`"expires" takes "modified" before the time, not "${first.text}"`, first);
  if (hasVariables(last.text)) return readValue(it, into, last);
  if (!modified && ["epoch", "max", "off"].includes(last.text)) return undefined;
  const sign = /^[@+-]/.exec(last.text)?.[0] ?? "";
  const seconds = parseTime(last.text.slice(sign.length), true);
  if (seconds === undefined) return refuse(into, it, timeFault(last.text), last);
  if (sign === "@" && modified) return refuse(into, it, t`A time of day cannot follow "modified"`, last);
  if (sign === "@" && seconds > 86_400) return refuse(into, it, t`A time of day is less than 24 hours`, last);
  return undefined;
}

const network =
  (words: readonly string[], orHost: boolean): Setter =>
  (it, into) => {
    const [word] = it.directive.args;
    if (!word || words.includes(word.text) || isNetwork(word.text)) return;
    if (orHost && !word.text.includes("/")) return;
    const others = words.map((one) => t`"${one}"`).reduce((all, one) => (all === "" ? one : t`${all} nor ${one}`), "");
    const message = others === "" ? t`"${word.text}" is no network` : t`"${word.text}" is neither a network nor ${others}`;
    refuse(into, it, message, word, "nginx-address");
  };

function validReferers(it: Statement, into: Reading): void {
  const before = it.block.statements.filter((one) => one !== it && one.fact?.setter === it.fact?.setter);
  const hosts = new Set(before.flatMap((one) => one.directive.args.filter((word) => !PLAIN_REFERERS.has(word.text)).flatMap(refererKeys)));
  for (const word of it.directive.args) {
    if (word.text === "") refuse(into, it, t`A referer has a name`, word);
    else if (word.text === "~") refuse(into, it, t`The regular expression behind ~ is missing`, word, "nginx-regex");
    else if (word.text.startsWith("~")) readPattern(it, into, word, 1, false);
    else if (!PLAIN_REFERERS.has(word.text)) {
      if (isBadWildcard(refererHost(word)))
        refuse(into, it, t`"${word.text}" is no host name: one * stands for the first or the last label`, word);
      else if (refererKeys(word).some((key) => hosts.has(key)))
        refuseTwice(into, it, t`The referer "${word.text}" stands twice in this block`, word);
      for (const key of refererKeys(word)) hosts.add(key);
    }
  }
}

const PLAIN_REFERERS = new Set(["none", "blocked", "server_names"]);
const refererHost = (word: Word): string => (word.text.split("/", 1)[0] ?? "").toLowerCase();

const refererKeys = (word: Word): readonly string[] => hostKeys(refererHost(word));

/** `none` and `blocked` alone are not enough, and the old way of secure links does not go with the new one. */
export function checkFilters(blocks: readonly Block[], into: Reading): void {
  for (const block of blocks) {
    const referers = block.gap ? [] : block.statements.filter((it) => it.fact?.setter === "ngx_http_valid_referers");
    const words = referers.flatMap((it) => it.directive.args.map((word) => word.text));
    const [first] = referers;
    if (first && /none|blocked/.test(words.join(" ")) && words.every((word) => /^(?:none|blocked|~.*)$/.test(word)))
      refuse(into, first, t`"valid_referers" names no referer beside "none" and "blocked"`);
    const secret = firstIn(block, "secure_link_secret");
    const other = firstIn(block, "secure_link") ?? firstIn(block, "secure_link_md5");
    if (secret && other) refuse(into, secret, t`"secure_link_secret" cannot be mixed with "${other.directive.name.text}"`);
  }
}

function mirror(it: Statement, into: Reading): void {
  const off = (one: Statement): boolean => argument(one, 0) === "off";
  const before = firstIn(it.block, "mirror");
  if (before && before !== it && (off(it) || off(before))) {
    refuseTwice(into, it, t`"mirror off" stands beside another one`, it.directive.name, before);
  }
}

function authRequestSet(it: Statement, into: Reading): void {
  const [variable, value] = it.directive.args;
  defineVariable(it, into, variable);
  readValue(it, into, value);
}

const oneOf =
  (fits: RegExp, say: (text: string) => string, time = false): Setter =>
  (it, into) => {
    const [word] = it.directive.args;
    if (word && !fits.test(word.text) && !(time && parseTime(word.text, true) !== undefined)) refuse(into, it, say(word.text), word);
  };

function charset(it: Statement, into: Reading): void {
  const [word] = it.directive.args;
  if (word?.text.startsWith("$")) useVariable(it, into, word);
}

function http2Push(it: Statement, into: Reading): void {
  if (argument(it, 0) !== "off") readValue(it, into, it.directive.args[0]);
}

function imageFilter(it: Statement, into: Reading): void {
  const [kind, ...sizes] = it.directive.args;
  if (!kind) return;
  const counts: Readonly<Record<string, number>> = { off: 0, test: 0, size: 0, rotate: 1, resize: 2, crop: 2 };
  const count = counts[kind.text];
  if (count === undefined) refuse(into, it, t`"image_filter" has no parameter "${kind.text}"`, kind);
  else if (count !== sizes.length)
    refuse(into, it, t`"image_filter ${kind.text}" takes ${count} more arguments, not ${sizes.length}`, undefined, "nginx-arguments");
  readValues(it, into, sizes);
}

function subFilter(it: Statement, into: Reading): void {
  const [pattern] = it.directive.args;
  if (pattern?.text === "") refuse(into, it, t`The text to replace is empty`, pattern);
  readValues(it, into, it.directive.args);
}

/** `unlisted`, or a browser and its version. */
function modernBrowser(it: Statement, into: Reading): void {
  const [browser, version] = it.directive.args;
  if (!browser || (!version && browser.text === "unlisted")) return;
  if (!version || !/^(?:opera|msie|gecko|safari|konqueror)$/i.test(browser.text))
    refuse(into, it, t`"${browser.text}" is no browser with a version: msie, gecko, opera, safari and konqueror are`, browser);
  else if (!/^[\d.]*$/.test(version.text)) refuse(into, it, t`"${version.text}" is no version`, version);
}

const firstValue: Setter = (it, into) => readValue(it, into, it.directive.args[0]);
const secondValue: Setter = (it, into) => readValue(it, into, it.directive.args[1]);

export const filterSetters: Setters = {
  ngx_http_headers_add: addHeader,
  ngx_http_headers_expires: expires,
  ngx_http_access_rule: network(["all", "unix:"], false),
  ngx_stream_access_rule: network(["all", "unix:"], false),
  ngx_http_realip_from: network(["unix:"], true),
  ngx_stream_realip_from: network(["unix:"], true),
  ngx_mail_realip_from: network(["unix:"], true),
  ngx_event_debug_connection: network(["unix:"], true),
  ngx_http_geoip_proxy: network([], false),
  ngx_http_valid_referers: validReferers,
  ngx_http_mirror: mirror,
  ngx_http_auth_request_set: authRequestSet,
  ngx_http_auth_basic_user_file: firstValue,
  ngx_http_sub_filter: subFilter,
  ngx_http_set_charset_slot: charset,
  ngx_http_userid_expires: oneOf(/^(?:max|off)$/, (text) => t`"${text}" is no time, max or off`, true),
  ngx_http_userid_mark: oneOf(/^(?:off|[A-Za-z0-9=])$/, (text) => t`"${text}" is no mark: it is a letter, a digit, = or off`),
  ngx_http_modern_browser: modernBrowser,
  ngx_http_v2_push: http2Push,
  ngx_http_image_filter: imageFilter,
  ngx_http_image_filter_jpeg_quality: firstValue,
  ngx_http_image_filter_webp_quality: firstValue,
  ngx_http_image_filter_sharpen: firstValue,
  ngx_http_xslt_param: secondValue,
  ngx_http_perl_set: (it, into) => defineVariable(it, into, it.directive.args[0]),
};

/** Values with variables whose directive stores plain text and reads it later. */
export const namedSetters: Setters = {
  proxy_set_header: secondValue,
  grpc_set_header: secondValue,
  proxy_set_body: firstValue,
};
