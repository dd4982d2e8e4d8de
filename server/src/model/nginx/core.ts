/** Directives of nginx's core and of the core of http. */
import { t } from "../../text/l10n";
import { parseAddress } from "./address";
import { argument, definition, hasModule, name, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import { type Setters, unlessHost } from "./setting";
import { timeFault } from "./slots";
import { parseNumber, parseOffset, parseSize, parseTime } from "./values";
import { defineVariable, hasVariables, readPattern, readValue, readValues } from "./variables";

/** nginx's hash tables refuse a key that does not fit into a bucket. Sizes as on 64-bit machines. */
export const fitsBucket = (length: number, bucket = 64): boolean => 8 + Math.ceil((length + 2) / 8) * 8 + 8 <= Math.ceil(bucket / 64) * 64;

const METHODS = new Set("GET HEAD POST PUT DELETE MKCOL COPY MOVE OPTIONS PROPFIND PROPPATCH LOCK UNLOCK PATCH".split(" "));

function serverName(it: Statement, into: Reading): void {
  for (const word of it.directive.args) {
    const { text } = word;
    if ((text.startsWith("*") && (text.length < 3 || text[1] !== ".")) || text === ".")
      refuse(into, it, t`"${text}" is no server name: a wildcard is "*.example.com" or "www.example.*"`, word);
    else if (text === "~") refuse(into, it, t`The regular expression behind ~ is missing`, word, "nginx-regex");
    else if (text.startsWith("~")) readPattern(it, into, word, 1);
  }
}

/** What nginx's hash of host names refuses. */
export function isBadWildcard(text: string): boolean {
  const stars = text.split("*").length - 1;
  if (stars > 1 || text.includes("..")) return true;
  return stars === 1 && !(text.length > 2 && (text.startsWith("*.") || text.endsWith(".*"))) && !(text.length > 1 && text.startsWith("."));
}

/** What a host name takes up in a hash of nginx: `.a.b` stands for `a.b` and for `*.a.b`. */
export const hostKeys = (text: string): readonly string[] =>
  text.length > 1 && text.startsWith(".") ? [text.slice(1), `*${text}`] : [text];

function root(it: Statement, into: Reading): void {
  const [word] = it.directive.args;
  const self = it.directive.name.text;
  const other = it.block.statements.find(
    (one) => one !== it && (one.directive.name.text === "root" || one.directive.name.text === "alias"),
  );
  if (other) {
    const text = other.directive.name.text;
    const message =
      text === self ? t`"${self}" stands twice in this block` : t`"${self}" stands beside "${text}": one location has one of them`;
    refuseTwice(into, it, message, it.directive.name, other);
  }
  if (self === "alias" && it.block.owner && argument(it.block.owner, 0).startsWith("@"))
    refuse(into, it, t`"alias" is not allowed in a named location`, it.directive.name, "nginx-context");
  for (const variable of ["document_root", "realpath_root"]) {
    if (word?.text.includes(`$${variable}`) || word?.text.includes(`\${${variable}}`))
      refuse(into, it, t`$${variable} is made from "${self}" and cannot be part of it`, word);
  }
  readValue(it, into, word);
}

function errorPage(it: Statement, into: Reading): void {
  const { args } = it.directive;
  const answer = args[args.length - 2];
  const overwrites = answer?.text.startsWith("=") ?? false;
  if (answer && overwrites && (args.length === 2 || (answer.text.length > 1 && parseNumber(answer.text.slice(1)) === undefined))) {
    refuse(into, it, t`"${answer.text}" is no status to answer with`, answer);
  }
  for (const word of args.slice(0, overwrites ? -2 : -1)) {
    const status = parseNumber(word.text);
    if (status === undefined) refuse(into, it, t`"${word.text}" is no status`, word);
    else if (status < 300 || status > 599 || status === 499)
      refuse(into, it, t`An error page is for a status from 300 to 599 except 499, not ${word.text}`, word);
  }
  readValue(it, into, args.at(-1));
}

/** `max=…`, `inactive=…` and the like: each parameter with the reader of its value. */
function cacheParameters(readers: Readonly<Record<string, (text: string) => boolean>>) {
  return (it: Statement, into: Reading): void => {
    for (const word of it.directive.args) {
      const [key = "", value] = word.text.split("=", 2);
      const accepts = value === undefined ? undefined : readers[key];
      if (word.text !== "off" && !accepts?.(word.text.slice(key.length + 1)))
        refuse(into, it, t`"${it.directive.name.text}" has no parameter "${word.text}"`, word);
    }
    const texts = it.directive.args.map((word) => word.text);
    if (!texts.includes("off") && !texts.some((text) => text.startsWith("max=") && parseNumber(text.slice(4))))
      refuse(into, it, t`"${it.directive.name.text}" needs max=NUMBER`);
  };
}
const isTime = (text: string): boolean => parseTime(text, true) !== undefined;
const isNumber = (text: string): boolean => parseNumber(text) !== undefined;

function keepalive(it: Statement, into: Reading): void {
  const [timeout, header] = it.directive.args;
  if (timeout && parseTime(timeout.text, false) === undefined) refuse(into, it, timeFault(timeout.text), timeout);
  if (header && !isTime(header.text)) refuse(into, it, timeFault(header.text), header);
}

function disableSymlinks(it: Statement, into: Reading): void {
  const { args } = it.directive;
  for (const word of args) {
    if (word.text.startsWith("from=")) readValue(it, into, word, 5);
    else if (!["on", "off", "if_not_owner"].includes(word.text))
      refuse(into, it, t`"${word.text}" is neither on, off, if_not_owner nor from=PATH`, word);
  }
  const from = args.some((word) => word.text.startsWith("from="));
  const plain = args.filter((word) => !word.text.startsWith("from=")).length;
  if (plain === 0) refuse(into, it, t`"disable_symlinks" needs on, off or if_not_owner`);
  else if (args.length === 2 && !from) refuse(into, it, t`Only one of on, off and if_not_owner may be given`, args[1]);
  else if (from && args.some((word) => word.text === "off")) refuse(into, it, t`from= has no use with "off"`);
}

export function resolver(it: Statement, into: Reading): void {
  let servers = 0;
  for (const word of it.directive.args) {
    const [key = "", value = ""] = word.text.split("=", 2);
    if (key === "valid") {
      if (!isTime(value)) refuse(into, it, timeFault(value), word);
    } else if (key === "ipv6" || (key === "ipv4" && word.text.includes("="))) {
      if (value !== "on" && value !== "off") refuse(into, it, t`"${key}" is "on" or "off"`, word);
    } else if (key !== "status_zone" || value === "") {
      servers++;
      unlessHost(it, into, parseAddress(word.text, { defaultPort: 53 }), word);
    }
  }
  if (servers === 0) refuse(into, it, t`"resolver" names no server`);
}

function tryFiles(it: Statement, into: Reading): void {
  const { args } = it.directive;
  readValues(it, into, args);
  const last = args.at(-1);
  if (!last?.text.startsWith("=")) return;
  const code = parseNumber(last.text.slice(1));
  if (code === undefined || code > 999) refuse(into, it, t`"${last.text}" is no status to answer with`, last);
}

function workerAffinity(it: Statement, into: Reading): void {
  const auto = argument(it, 0) === "auto";
  if (auto && it.directive.args.length > 2) refuse(into, it, t`"worker_cpu_affinity auto" takes one mask`, undefined, "nginx-arguments");
  for (const word of it.directive.args.slice(auto ? 1 : 0)) {
    if (!/^[01 ]*$/.test(word.text)) refuse(into, it, t`"${word.text}" is no mask of processors: it consists of 0 and 1`, word);
  }
}

function threadPool(it: Statement, into: Reading): void {
  const [pool, ...rest] = it.directive.args;
  if (pool) {
    const before = definition(into, "thread pool", pool.text, "http");
    if (before) refuseTwice(into, it, t`The thread pool "${pool.text}" is defined twice`, pool, before.statement);
    name(into, it, "defines", "thread pool", pool.text, pool);
  }
  let threads = 0;
  for (const word of rest) {
    const [key = "", value = ""] = word.text.split("=", 2);
    if (key === "threads") {
      threads = parseNumber(value) ?? 0;
      if (threads === 0) refuse(into, it, t`"${value}" is no number of threads`, word);
    } else if (key === "max_queue" && !isNumber(value)) refuse(into, it, t`"${value}" is no length of a queue`, word);
  }
  if (threads === 0 && !rest.some((word) => word.text.startsWith("threads="))) refuse(into, it, t`"thread_pool" needs threads=NUMBER`);
}

function aio(it: Statement, into: Reading): void {
  const [word] = it.directive.args;
  const text = word?.text ?? "";
  if (word && text.startsWith("threads=")) {
    readValue(it, into, word, 8);
    if (!hasVariables(text)) name(into, it, "uses", "thread pool", text.slice(8), word);
  } else if (!["on", "off", "threads", "sendfile"].includes(text)) refuse(into, it, t`"aio" is on, off or threads, not "${text}"`, word);
  const module = AIO[text.split("=", 1)[0] ?? ""];
  if (module && !hasModule(module, into)) refuse(into, it, t`This nginx is built without what "aio ${text}" needs`, word);
}

const AIO: Readonly<Record<string, string>> = {
  on: "ngx_file-aio_module",
  threads: "ngx_thread_pool_module",
  sendfile: "ngx_kqueue_module",
};

/** A value that is one word of a list or satisfies a reader. */
const either =
  (words: readonly string[], accepts: (text: string) => boolean, say: (text: string) => string) =>
  (it: Statement, into: Reading): void => {
    const [word] = it.directive.args;
    if (word && !words.includes(word.text) && !accepts(word.text)) refuse(into, it, say(word.text), word);
  };
const noNumber = (text: string): string => t`"${text}" is no number`;

const WAITS: Readonly<Record<string, string>> = {
  epoll: "ngx_epoll_module",
  poll: "ngx_poll_module",
  select: "ngx_select_module",
  kqueue: "ngx_kqueue_module",
  "/dev/poll": "ngx_devpoll_module",
  eventport: "ngx_eventport_module",
  iocp: "ngx_iocp_module",
};

export const coreSetters: Setters = {
  ngx_http_core_server_name: serverName,
  ngx_stream_core_server_name: serverName,
  ngx_http_core_root: root,
  ngx_http_core_error_page: errorPage,
  ngx_http_core_open_file_cache: cacheParameters({ max: (text) => (parseNumber(text) ?? 0) > 0, inactive: isTime }),
  ngx_http_log_open_file_cache: cacheParameters({ max: isNumber, inactive: isTime, min_uses: isNumber, valid: isTime }),
  ngx_stream_log_open_file_cache: cacheParameters({ max: isNumber, inactive: isTime, min_uses: isNumber, valid: isTime }),
  ngx_http_core_keepalive: keepalive,
  ngx_http_core_directio: either(
    ["off"],
    (text) => parseOffset(text) !== undefined,
    (text) => t`"${text}" is no size`,
  ),
  ngx_http_core_set_aio: aio,
  ngx_http_disable_symlinks: disableSymlinks,
  ngx_http_core_resolver: resolver,
  ngx_stream_core_resolver: resolver,
  ngx_mail_core_resolver: (it, into) => (argument(it, 0) === "off" ? undefined : resolver(it, into)),
  ngx_http_upstream_resolver: resolver,
  ngx_stream_upstream_resolver: resolver,
  ngx_http_try_files: tryFiles,
  ngx_http_gzip_disable: (it, into) => {
    for (const word of it.directive.args) if (word.text !== "msie6") readPattern(it, into, word, 0, false);
  },
  ngx_http_index_set_index: (it, into) => {
    for (const word of it.directive.args) if (word.text === "") refuse(into, it, t`An index has a name`, word);
    readValues(it, into, it.directive.args);
  },
  ngx_http_core_limit_except: (it, into) => {
    for (const word of it.directive.args) if (!METHODS.has(word.text.toUpperCase())) refuse(into, it, t`"${word.text}" is no method`, word);
  },
  ngx_set_worker_processes: either(["auto"], isNumber, (text) => t`"${text}" is no number of processes`),
  ngx_set_priority: either([], (text) => isNumber(text.replace(/^[-+]/, "")), noNumber),
  ngx_set_cpu_affinity: workerAffinity,
  ngx_thread_pool: threadPool,
  ngx_event_connections: either([], isNumber, noNumber),
  ngx_event_use: (it, into) => {
    const method = argument(it, 0);
    const module = WAITS[method];
    if (module === undefined) refuse(into, it, t`"${method}" is no method to wait for events`, it.directive.args[0]);
    else if (!hasModule(module, into))
      refuse(into, it, t`nginx waits for events with "${method}" on other systems only`, it.directive.args[0]);
  },
  ngx_http_set_complex_value_slot: (it, into) => readValue(it, into, it.directive.args[0]),
  ngx_http_set_complex_value_zero_slot: (it, into) => readValue(it, into, it.directive.args[0]),
  ngx_http_set_complex_value_size_slot: sizeOrValue,
  ngx_stream_set_complex_value_slot: (it, into) => readValue(it, into, it.directive.args[0]),
  ngx_stream_set_complex_value_zero_slot: (it, into) => readValue(it, into, it.directive.args[0]),
  ngx_stream_set_complex_value_size_slot: sizeOrValue,
  ngx_http_set_predicate_slot: (it, into) => readValues(it, into, it.directive.args),
};

function sizeOrValue(it: Statement, into: Reading): void {
  const [word] = it.directive.args;
  if (word && !hasVariables(word.text) && parseSize(word.text) === undefined)
    refuse(into, it, t`"${word.text}" is no size: write a number with k or m, or without a unit`, word);
  readValue(it, into, word);
}

/** For the readers of other modules: a variable named by a directive's first argument. */
export const definesFirst = (it: Statement, into: Reading): void => defineVariable(it, into, it.directive.args[0]);
