/** Logs: where they go, their formats, and syslog. */
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { parseAddress } from "./address";
import { argument, definition, familyOf, name, part, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import { readScript } from "./script";
import { type Setters, unlessHost } from "./setting";
import { parseSize, parseTime } from "./values";
import { hasVariables, readValue } from "./variables";

function logFormat(it: Statement, into: Reading): void {
  const [format, ...parts] = it.directive.args;
  if (!format) return;
  const family = familyOf(it.block);
  const before = definition(into, "log format", format.text, family);
  if (before || (family === "http" && format.text === "combined")) {
    refuseTwice(into, it, t`The log format "${format.text}" is defined twice`, format, before?.statement);
  }
  name(into, it, "defines", "log format", format.text, format);
  const escaping = parts[0]?.text.startsWith("escape=") ? parts[0] : undefined;
  if (escaping && !["json", "none", "default"].includes(escaping.text.slice(7)))
    refuse(into, it, t`"${escaping.text}": a log format escapes as default, json or none`, escaping);
  for (const word of escaping ? parts.slice(1) : parts) readFormat(it, into, word);
}

/** Variables of the log itself, which exist nowhere else. */
const OWN = new Set([
  "pipe",
  "time_local",
  "time_iso8601",
  "msec",
  "request_time",
  "status",
  "bytes_sent",
  "body_bytes_sent",
  "request_length",
]);

/** In a log format `$1` is a variable like any other. */
function readFormat(it: Statement, into: Reading, word: Word): void {
  if (!hasVariables(word.text)) return;
  const script = readScript(word.text.replaceAll(/\$(?=[1-9])/g, "$_"));
  if (script.problem) refuse(into, it, t`"${word.text}": ${script.problem}`, word, "nginx-variable-syntax");
  for (const use of script.uses) if (!OWN.has(use.name)) name(into, it, "uses", "variable", use.name, part(word, use.at, use.end));
}

function accessLog(it: Statement, into: Reading): void {
  const [target, format, ...rest] = it.directive.args;
  if (!target) return;
  if (target.text === "off") {
    if (format) refuse(into, it, t`"access_log off" has no parameter "${format.text}"`, format);
    return;
  }
  const isSyslog = target.text.startsWith("syslog:");
  if (isSyslog) syslog(it, into, target);
  else readValue(it, into, target);
  if (format) name(into, it, "uses", "log format", format.text, format);
  let buffered = false;
  let flushed = false;
  for (const word of rest) {
    const [key = ""] = word.text.split("=", 1);
    const value = word.text.slice(key.length + 1);
    if (word.text === "gzip") buffered = true;
    else if (key === "if" && word.text.includes("=")) readValue(it, into, word, 3);
    else if (key === "buffer" && parseSize(value)) buffered = true;
    else if (key === "gzip" && /^[1-9]$/.test(value)) buffered = true;
    else if (key === "flush" && parseTime(value, false)) flushed = true;
    else if (["buffer", "gzip", "flush"].includes(key)) refuse(into, it, t`"${word.text}": the value is not one that "${key}" takes`, word);
    else refuse(into, it, t`"access_log" has no parameter "${word.text}"`, word);
  }
  if (buffered && !isSyslog) shareBuffer(it, into, rest);
  if (flushed && !buffered) refuse(into, it, t`flush= needs buffer=`);
  else if (buffered && isSyslog) refuse(into, it, t`A log sent to syslog cannot be buffered`);
  else if (buffered && hasVariables(target.text)) refuse(into, it, t`A log with variables in its name cannot be buffered`);
}

const buffers = new WeakMap<Reading, Map<string, { readonly set: string; readonly by: Statement }>>();

/** Logs that go to one file share its buffer. */
function shareBuffer(it: Statement, into: Reading, parameters: readonly Word[]): void {
  const files = buffers.get(into) ?? new Map<string, { readonly set: string; readonly by: Statement }>();
  buffers.set(into, files);
  const setTo = (key: string): string =>
    parameters.findLast((word) => word.text === key || word.text.startsWith(`${key}=`))?.text.slice(key.length + 1) ?? "-";
  const gzip = setTo("gzip");
  const size = parseSize(setTo("buffer")) ?? 65_536;
  const set = `${size} ${parseTime(setTo("flush"), false) ?? 0} ${gzip === "" ? 1 : gzip}`;
  const before = files.get(argument(it, 0));
  if (!before) files.set(argument(it, 0), { set, by: it });
  else if (before.set !== set)
    refuseTwice(into, it, t`Another access_log writes to this file with other buffer=, flush= or gzip=`, it.directive.name, before.by);
}

const LEVELS = "stderr emerg alert crit error warn notice info debug".split(" ");
const DEBUG = "debug_core debug_alloc debug_mutex debug_event debug_http debug_mail debug_stream".split(" ");

function errorLog(it: Statement, into: Reading): void {
  const [target, ...levels] = it.directive.args;
  if (!target) return;
  if (target.text.startsWith("syslog:")) syslog(it, into, target);
  else if (target.text.startsWith("memory:") && parseSize(target.text.slice(7)) === undefined)
    refuse(into, it, t`"${target.text}" has no size`, target);
  let plain = 0;
  for (const word of levels) {
    if (LEVELS.slice(1).includes(word.text)) plain++;
    else if (!DEBUG.includes(word.text)) refuse(into, it, t`"${word.text}" is no level of a log: ${LEVELS.slice(1).join(", ")}`, word);
  }
  if (plain > 1 || (plain === 1 && levels.length > 1)) refuse(into, it, t`A log has one level`, levels[1]);
}

const FACILITIES = new Set(
  "kern user mail daemon auth intern lpr news uucp clock authpriv ftp ntp audit alert cron local0 local1 local2 local3 local4 local5 local6 local7".split(
    " ",
  ),
);
const SEVERITIES = new Set("emerg alert crit error warn notice info debug".split(" "));

function syslog(it: Statement, into: Reading, word: Word): void {
  const seen = new Set<string>();
  for (const parameter of word.text.slice("syslog:".length).split(",")) {
    const [key = ""] = parameter.split("=", 1);
    const value = parameter.slice(key.length + 1);
    if (parameter === "nohostname") continue;
    const say = (message: string) => refuse(into, it, message, word);
    if (!["server", "facility", "severity", "tag"].includes(key) || !parameter.includes("="))
      say(t`syslog has no parameter "${parameter}"`);
    else if (seen.has(key)) say(t`syslog has "${key}" twice`);
    else if (key === "server") unlessHost(it, into, parseAddress(value, { defaultPort: 514 }), word);
    else if (key === "facility" && !FACILITIES.has(value)) say(t`syslog has no facility "${value}"`);
    else if (key === "severity" && !SEVERITIES.has(value)) say(t`syslog has no severity "${value}"`);
    else if (key === "tag" && !/^\w{0,32}$/.test(value)) say(t`The tag of syslog has at most 32 letters, digits and underscores`);
    seen.add(key);
  }
  if (!seen.has("server")) refuse(into, it, t`syslog needs server=ADDRESS`, word);
}

/** Formats are known from the line on that defines them. */
export function checkFormats(into: Reading): void {
  const known = new Set(["http combined"]);
  for (const [at, one] of into.names.entries()) {
    if (one.kind !== "log format") continue;
    const key = `${one.family} ${one.role === "uses" ? one.name.toLowerCase() : one.name}`;
    if (one.role === "defines") known.add(key.toLowerCase());
    else if (!known.has(key.toLowerCase()) && /^(?:buffer|flush|gzip|if)=/.test(one.name))
      refuse(
        into,
        one.statement,
        t`"${one.name}" stands where the format belongs: write combined before it`,
        one.span,
        "nginx-unknown-name",
      );
    else if (!known.has(key.toLowerCase()) && at < (into.namesBeforeGap ?? Number.POSITIVE_INFINITY))
      refuse(into, one.statement, t`No log format before this line has the name "${one.name}"`, one.span, "nginx-unknown-name");
  }
}

export const logSetters: Setters = {
  ngx_http_log_set_format: logFormat,
  ngx_stream_log_set_format: logFormat,
  ngx_http_log_set_log: accessLog,
  ngx_stream_log_set_log: accessLog,
  ngx_error_log: errorLog,
  ngx_http_core_error_log: errorLog,
  ngx_stream_core_error_log: errorLog,
  ngx_mail_core_error_log: errorLog,
};
