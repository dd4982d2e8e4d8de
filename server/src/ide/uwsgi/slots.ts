/** Small languages inside values: which list of words the one at a place belongs to (routers, hooks, keys of `cache2` …). */

import { entry, type LanguageNotes, type WordFamily, type WordNote } from "../../facts/notes";
import type { Option } from "../../facts/uwsgi";
import { t } from "../../text/l10n";

/** Offsets within the value. `suffix`: what follows such a word when it is inserted. */
export type Slot = {
  readonly words: Readonly<Record<string, WordNote | string>>;
  readonly what: string;
  readonly start: number;
  readonly end: number;
  readonly suffix: string;
};

export function slotAt(option: Option, value: string, at: number, notes: LanguageNotes): Slot | undefined {
  const reader = READERS[option.subtype ?? ""] ?? READERS[option.type] ?? undefined;
  const scan: Scan = { value, at, notes };
  return reader?.(scan, option) ?? keysOf(scan, 0, keyvalName(option, notes)) ?? closed(scan, option);
}

type Scan = { readonly value: string; readonly at: number; readonly notes: LanguageNotes };
type Reader = (scan: Scan, option: Option) => Slot | undefined;

const ROUTE: Reader = (scan, { subtype }) => {
  const variable = routeVariable(scan);
  if (variable) return variable;
  if (subtype === "label") return undefined;
  if (subtype === "run") return action(scan, 0, "routers", "router", t`action of routing`);
  const blank = scan.value.indexOf(" ");
  if (blank < 0 || scan.at <= blank)
    return subtype === "if" || subtype === "if-not" ? action(scan, 0, "routeConditions", "condition", t`condition of routing`) : undefined;
  return action(scan, afterBlanks(scan.value, blank), "routers", "router", t`action of routing`);
};

const READERS: Readonly<Record<string, Reader>> = {
  route: ROUTE,
  ...Object.fromEntries(
    [
      "path_info",
      "http_host",
      "query_string",
      "referer",
      "remote_addr",
      "remote_user",
      "request_uri",
      "user_agent",
      "status",
      "run",
      "if",
      "if-not",
      "label",
    ].map((subtype) => [subtype, ROUTE]),
  ),
  hook: (scan) => action(scan, 0, "hooks", "hook", t`action of hooks`),
  "file-hook": (scan) => behindWord(scan, "hooks", "hook", t`action of hooks`),
  "legion-item": (scan) => behindWord(scan, "hooks", "hook", t`action of hooks`),
  "alarm-definition": (scan) => behindWord(scan, "alarms", "alarm", t`alarm`),
  "stats-pusher": (scan) => action(scan, 0, "statsPushers", "stats-push", t`stats pusher`),
  "exception-handler": (scan) => action(scan, 0, "exceptionHandlers", "exception-handler", t`exception handler`),
  logger: (scan) => {
    const blank = scan.value.indexOf(" ");
    const colon = scan.value.indexOf(":");
    const hasId = blank >= 0 && (colon < 0 || blank < colon);
    return hasId ? behindWord(scan, "loggers", "logger", t`logger`) : action(scan, 0, "loggers", "logger", t`logger`);
  },
  "log-encoder": (scan) => word(scan, 0, /[ :]/, scan.notes.logEncoders, t`encoder of the log`, " "),
  "log-format": ({ value, at, notes }) => {
    const open = value.lastIndexOf("%(", at - 2);
    const close = value.indexOf(")", open);
    if (open < 0 || (close >= 0 && close < at)) return undefined;
    return word({ value, at, notes }, open + 2, /[)%\s]/, notes.logVariables, t`variable of the log`, close < 0 ? ")" : "");
  },
  "emperor-source": (scan) =>
    scan.value.startsWith("/") ? undefined : word(scan, 0, /:\/\//, scan.notes.emperorMonitors, t`source of vassals`, "://"),
};

/** `word` up to a stop, if the place is in it. */
function word({ value, at }: Scan, start: number, stop: RegExp, words: Slot["words"], what: string, suffix: string): Slot | undefined {
  const rest = value.slice(start).search(stop);
  const end = rest < 0 ? value.length : start + rest;
  if (at < start || at > end) return undefined;
  return { words, what, start, end, suffix: end < value.length ? "" : suffix };
}

/** `name:arguments`; the arguments of some are key=value settings. */
function action(scan: Scan, start: number, family: WordFamily, keys: string, what: string): Slot | undefined {
  const name = word(scan, start, /[:\s]/, scan.notes[family], what, ":");
  if (name) return name;
  const colon = scan.value.indexOf(":", start);
  return colon < 0 ? undefined : keysOf(scan, colon + 1, `${keys} ${scan.value.slice(start, colon)}`);
}

function behindWord(scan: Scan, family: WordFamily, keys: string, what: string): Slot | undefined {
  const blank = scan.value.indexOf(" ");
  return blank < 0 || scan.at <= blank ? undefined : action(scan, afterBlanks(scan.value, blank), family, keys, what);
}

/** `${name[argument]}` in rules. */
function routeVariable(scan: Scan): Slot | undefined {
  const open = scan.value.lastIndexOf("${", scan.at - 2);
  if (open < 0 || scan.value.slice(open, scan.at).includes("}")) return undefined;
  return word(scan, open + 2, /[[}\s]/, scan.notes.routeVars, t`variable of routing`, "[");
}

function keyvalName(option: Option, notes: LanguageNotes): string {
  return entry(notes.keyval, option.name) ? option.name : (option.aliasOf ?? option.name);
}

/** `key=value,key=value`. */
function keysOf(scan: Scan, from: number, name: string): Slot | undefined {
  const { value, at, notes } = scan;
  const keys = entry(notes.keyval, name);
  if (!keys || at < from) return undefined;
  const blank = value.indexOf(" ", from);
  if (name === "cron2" && blank >= 0 && at > blank) return undefined;
  const start = afterBlanks(value, Math.max(from, value.lastIndexOf(",", at - 1) + 1));
  const key = word(scan, start, /[=,]/, keys, t`key of ${name}`, "=");
  if (key || name !== "metric") return key;
  const equals = value.indexOf("=", start);
  return value.slice(start, equals) === "collector"
    ? word(scan, equals + 1, /[ ,]/, notes.metricCollectors, t`collector of metrics`, "")
    : undefined;
}

const CLOSED: Readonly<Record<string, readonly [WordFamily, () => string]>> = {
  protocol: ["protocols", () => t`protocol`],
  loop: ["loops", () => t`loop engine`],
  "cheaper-algo": ["cheaperAlgos", () => t`way to size the pool of workers`],
};

function closed(scan: Scan, option: Option): Slot | undefined {
  const name = option.aliasOf ?? option.name;
  const [family, what] = Object.hasOwn(CLOSED, name) ? (CLOSED[name] ?? []) : [];
  return family && what ? { words: scan.notes[family], what: what(), start: 0, end: scan.value.length, suffix: "" } : undefined;
}

function afterBlanks(value: string, from: number): number {
  let at = from;
  while (value[at] === " ") at++;
  return at;
}
