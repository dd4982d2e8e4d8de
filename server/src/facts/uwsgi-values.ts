/** How uWSGI reads the value of each option. One table: the name of an option, of uWSGI's function, or of a type leads to a check. */
import { t } from "../text/l10n";
import { type Option, optionOf } from "./uwsgi";
import { type Check, fatal, fatalAtStart, fatalIfUsed, firstOf, misread, type ValueProblem } from "./uwsgi-value";
import * as lists from "./uwsgi-values-lists";
import * as names from "./uwsgi-values-names";
import * as numbers from "./uwsgi-values-numbers";
import * as parts from "./uwsgi-values-parts";
import { route } from "./uwsgi-values-routes";
import * as sockets from "./uwsgi-values-sockets";
import { assignment, path, plainText, uncommented, unquoted } from "./uwsgi-values-text";
import { cron, legionCron } from "./uwsgi-values-times";

export type { ValueProblem } from "./uwsgi-value";
export { isFalse } from "./uwsgi-values-numbers";

const notStarted = (): string => t`uWSGI refuses to start`;
const keepsDefault = (): string => t`uWSGI keeps its default`;
const twoColons: Check = (value) =>
  value.split(":").length > 2 ? undefined : fatal(t`This is \`number:code:function\`: uWSGI refuses to start.`);
const digest: Check = (value) =>
  value.includes(":") ? undefined : fatal(t`This is \`digest:folder\`: without a colon uWSGI refuses to start.`);
const legion: Check = (value) =>
  /^[^ ]* [^ ]* [^ ]* [^:]*:/.test(value) ? undefined : fatal(t`This is \`name address valor algorithm:secret\`: uWSGI refuses to start.`);
const legionAction: Check = (value) =>
  /^[^ ]* [^:]*:/.test(value) ? undefined : fatal(t`This is \`legion action:arguments\`: uWSGI refuses to start.`);
const ignoredWithoutEquals = firstOf(
  (value) => (value.includes("=") ? undefined : misread(t`This is \`name=value\`: without "=" it is ignored.`)),
  assignment,
);
const signalTimer = lists.needsBlank(() => t`<signal> <seconds>`, undefined, "start");
/** Looked at only where there is an alarm. */
const alarmName = lists.needsBlank(
  () => t`<alarm> <regular expression>`,
  (rest) => {
    const error = lists.regexpError(rest);
    return error === undefined ? undefined : fatalIfUsed(t`The regular expression is not complete (${error}): uWSGI refuses to start.`);
  },
  "depends",
);
const mountHook: Check = (value) =>
  value.trim().includes(" ") ? undefined : fatalIfUsed(t`This is \`<kind> <what> <where> [flags]\`: uWSGI leaves when it comes to it.`);
const words =
  (count: number, example: () => string): Check =>
  (value) =>
    value.split(" ").filter((word) => word !== "").length >= count
      ? undefined
      : fatal(t`This is \`${example()}\`: uWSGI refuses to start.`);
/** `folder` or `mountpoint=folder` */
const mounted: Check = (value, option, version) => path(value.slice(value.indexOf("=") + 1), option, version);
const smart: Check = (value, option) => {
  // uWSGI compares with the length of the value, so a short one escapes.
  const inLegion = option.name.startsWith("legion-") && value.length >= "legion-".length;
  const needed = (inLegion ? 1 : 0) + (option.name.includes("smart") ? 1 : 0);
  const form = [...(inLegion ? [t`<legion>`] : []), ...(option.name.includes("smart") ? [t`<pidfile>[,seconds]`] : []), t`<command>`].join(
    " ",
  );
  return value.split(" ").length > needed ? undefined : fatal(t`This is \`${form}\`: uWSGI refuses to start.`);
};

const BY_NAME: Readonly<Record<string, Check>> = {
  cron2: lists.cron2,
  protocol: names.oneOf("protocol", fatalAtStart, notStarted),
  "socket-protocol": names.oneOf("protocol", fatalAtStart, notStarted),
  loop: names.oneOf("loop", fatalAtStart, () => t`every worker dies as soon as it starts`),
  "cheaper-algo": names.oneOf("cheaper_algo", misread, () => t`uWSGI takes \`spare\``),
  clock: names.allowed(fatalAtStart, notStarted),
  "lock-engine": names.allowed(fatalAtStart, notStarted),
  mount: lists.needsEquals(() => t`mountpoint=app`, "start"),
  "worker-mount": lists.needsEquals(() => t`mountpoint=app`, "start"),
  "vassal-set": lists.needsEquals(() => t`name=value`, "depends"),
  "vassals-set": lists.needsEquals(() => t`name=value`, "depends"),
  "file-write": lists.needsEquals(() => t`file=text`, "start"),
  "pam-user": plainText,
  // `socket:address,address`
  "zerg-pool": plainText,
  zergpool: plainText,
  "subscriptions-sign-skip-uid": plainText,
  "http-var": ignoredWithoutEquals,
  "pymodule-alias": ignoredWithoutEquals,
  "post-pymodule-alias": ignoredWithoutEquals,
  "wsgi-env-behaviour": names.allowed(fatalAtStart, notStarted),
  "wsgi-env-behavior": names.allowed(fatalAtStart, notStarted),
  profiler: names.allowed(misread, () => t`nothing is profiled`),
  "carbon-idle-avg": names.allowed(misread, keepsDefault),
  "add-cache-item": parts.cacheItem,
  "alarm-fd": parts.alarmFd,
  "allowed-modifiers": parts.modifiers,
  "brutal-reload-on-fd": parts.reloadFd,
  "cgroup-opt": parts.cgroupOption,
  "php-constant": ignoredWithoutEquals,
  "reload-on-fd": parts.reloadFd,
  "remap-modifier": parts.remapped,
  resolve: lists.needsEquals(() => t`name=host`),
  "touch-exec": parts.touchCommand,
};

const BY_CALLBACK: Readonly<Record<string, Check>> = {
  uwsgi_opt_true: numbers.bool,
  uwsgi_opt_false: numbers.bool,
  uwsgi_opt_set_int: numbers.int,
  uwsgi_opt_set_rawint: numbers.signedInt,
  uwsgi_opt_set_64bit: numbers.uint64,
  uwsgi_opt_set_16bit: numbers.uint16,
  uwsgi_opt_set_megabytes: numbers.megabytes,
  uwsgi_opt_max_vars: numbers.signedInt,
  uwsgi_opt_add_mules: numbers.signedInt,
  uwsgi_opt_safe_fd: numbers.int,
  uwsgi_opt_setup_asyncio: numbers.int,
  uwsgi_opt_setup_coroae: numbers.int,
  uwsgi_opt_setup_gevent: numbers.int,
  uwsgi_opt_setup_goroutines: numbers.int,
  uwsgi_opt_setup_tornado: numbers.int,
  uwsgi_opt_corerouter_use_socket: numbers.signedInt,
  uwsgi_opt_chmod_socket: numbers.socketMode,
  uwsgi_opt_logfile_chmod: numbers.fileMode,
  uwsgi_opt_set_umask: numbers.umask,
  uwsgi_opt_add_socket: sockets.bind,
  uwsgi_opt_add_socket_no_defer: sockets.bind,
  // Of the plugin mongrel2 alone: ends of ZeroMQ, two in one value.
  uwsgi_opt_add_lazy_socket: plainText,
  uwsgi_opt_add_shared_socket: sockets.bind,
  uwsgi_opt_corerouter: sockets.laterBind,
  uwsgi_opt_undeferred_corerouter: sockets.laterBind,
  uwsgi_opt_forkpty_urouter: sockets.laterBind,
  uwsgi_opt_corerouter_ss: sockets.laterBind,
  uwsgi_opt_http_to_https: sockets.addressFirst,
  uwsgi_opt_add_ssl_socket: sockets.tlsBind,
  uwsgi_opt_https: sockets.tlsBind,
  uwsgi_opt_sslrouter: sockets.tlsBind,
  uwsgi_opt_corerouter_zerg: sockets.connect,
  uwsgi_opt_add_route: route,
  uwsgi_opt_add_cron: cron,
  uwsgi_opt_add_unique_cron: cron,
  uwsgi_opt_add_cron_curl: cron,
  uwsgi_opt_add_legion_cron: legionCron,
  uwsgi_opt_add_unique_legion_cron: legionCron,
  uwsgi_opt_add_legion_cron_curl: legionCron,
  uwsgi_opt_add_daemon: smart,
  uwsgi_opt_add_daemon2: lists.keyLists,
  uwsgi_opt_https2: lists.keyLists,
  uwsgi_opt_sslrouter2: lists.keyLists,
  uwsgi_opt_static_map: lists.needsEquals(() => t`mountpoint=folder`),
  uwsgi_opt_add_dyn_dict: lists.needsEquals(() => t`name=value`),
  uwsgi_opt_add_cgi_maphelper: lists.needsEquals(() => t`extension=program`),
  uwsgi_opt_add_regexp_dyn_dict: lists.regexpThen,
  uwsgi_opt_add_regexp_custom_list: lists.thenRegexp,
  uwsgi_opt_add_regexp_list: lists.regexp,
  uwsgi_opt_set_env: lists.environmentVariable,
  uwsgi_opt_set_logger: names.logger,
  uwsgi_opt_set_req_logger: names.logger,
  uwsgi_opt_set_unshare: names.namespaces,
  uwsgi_opt_set_cap: names.capabilities,
  uwsgi_opt_set_emperor_cap: names.capabilities,
  uwsgi_opt_set_uid: names.user,
  uwsgi_opt_set_gid: names.user,
  uwsgi_opt_uid: names.user,
  uwsgi_opt_gid: names.user,
  uwsgi_opt_add_farm: names.farm,
  uwsgi_opt_add_addr_list: names.address,
  uwsgi_opt_ssa: names.allowed(misread, () => t`uWSGI takes \`wrr\``),
  uwsgi_opt_fileserve_mode: names.allowed(misread, () => t`files are served by uWSGI itself`, true),
  uwsgi_opt_corerouter_cs: twoColons,
  uwsgi_opt_scd: digest,
  uwsgi_opt_sni: lists.needsBlank(
    () => t`<name> <certificate>,<key>`,
    (rest) => (rest.includes(",") ? undefined : fatal(t`This is \`name certificate,key\`: uWSGI refuses to start.`)),
  ),
  uwsgi_opt_legion: legion,
  uwsgi_opt_legion_mcast: legion,
  uwsgi_opt_legion_hook: legionAction,
  uwsgi_opt_legion_node: lists.needsBlank(() => t`<legion> <address>`),
  uwsgi_opt_legion_quorum: lists.needsBlank(() => t`<legion> <number>`),
  uwsgi_opt_legion_scroll: lists.needsBlank(() => t`<legion> <text>`),
  uwsgi_opt_check_static: path,
  uwsgi_opt_add_spooler: path,
  uwsgi_opt_pythonpath: path,
  uwsgi_opt_envdir: path,
  uwsgi_opt_set_immediate_uid: names.user,
  uwsgi_opt_set_immediate_gid: names.user,
  uwsgi_opt_load_ini: path,
  uwsgi_opt_load_yml: path,
  uwsgi_opt_load_json: path,
  uwsgi_opt_load_xml: path,
  uwsgi_opt_load: path,
  uwsgi_opt_pyrun: path,
  uwsgi_opt_php_ini: path,
  uwsgi_opt_zabbix_template: path,
  uwsgi_opt_flock: path,
  uwsgi_opt_flock_wait: path,
  uwsgi_opt_corerouter_use_base: path,
  uwsgi_opt_add_cgi: mounted,
  uwsgi_opt_pidfile_signal: path,
  uwsgi_opt_unset_env: plainText,
  uwsgi_opt_corerouter_use_pattern: plainText,
  uwsgi_opt_load_dl: path,
  uwsgi_opt_exit: numbers.signedInt,
  uwsgi_tuntap_opt_firewall: parts.firewall,
  uwsgi_tuntap_opt_route: words(3, () => t`<source/mask> <destination/mask> <gateway>`),
};

/** What a plain string means, and strings of which no more is known. */
const BY_SUBTYPE: Readonly<Record<string, Check>> = {
  file: path,
  dir: path,
  "config-file": path,
  "log-destination": firstOf(unquoted, uncommented),
  "socket-bind": sockets.laterBind,
  "socket-connect": sockets.connect,
  "udp-address": sockets.connect,
  "python-module": plainText,
  "python-module-list": plainText,
  "cache-name": plainText,
  "file-extension": plainText,
  interface: plainText,
  user: names.user,
  group: names.user,
  owner: firstOf(plainText, names.owner),
  keyval: lists.keyLists,
  "mountpoint=target": lists.keyLists,
  hook: names.hook,
  "alarm-definition": names.alarm,
  "alarm-name-regexp": alarmName,
  "log-encoder": names.nameFirst(
    "log_encoder",
    (name, offered) => t`There is no encoder \`${name}\`: uWSGI refuses to start. There are ${offered}.`,
  ),
  "stats-pusher": names.nameFirst(
    "stats_pusher",
    (name, offered) => t`There is no pusher \`${name}\`: uWSGI refuses to start. There are ${offered}.`,
  ),
  "exception-handler": names.nameFirst(
    "exception_handler",
    (name, offered) => t`There is no handler \`${name}\`: uWSGI refuses to start. There are ${offered}.`,
  ),
  "emperor-source": firstOf(plainText, names.emperorSource),
  "signal-seconds": signalTimer,
  "file-hook": lists.needsBlank(() => t`<file> <hook>`, undefined, "depends"),
  "header-var": lists.needsBlank(() => t`<header> <variable>`, undefined, "start"),
  "two-dirs": lists.needsBlank(() => t`<new root> <folder for the old one>`, undefined, "depends"),
  "hook-args": (value, option, version) => (option.name.startsWith("mount-") ? mountHook(value, option, version) : undefined),
  "socket-worker-map": (value) =>
    value.includes(":") ? undefined : fatalAtStart(t`This is \`socket:worker,worker\`: without a colon every worker dies as it starts.`),
  "alarm-name": plainText,
  "header-name": plainText,
  enum: names.allowed(misread, keepsDefault),
  string: unquoted,
  "string-list": unquoted,
  header: unquoted,
  symbol: plainText,
  "file-signal": plainText,
  "ip-address": plainText,
  "option-name-list": parts.optionNames,
  // Conditions and loops ask for a file of exactly this name.
  for_glob: path,
  for_readline: path,
  for_times: parts.turns,
  if_dir: path,
  if_not_dir: path,
  if_exists: path,
  if_not_exists: path,
  if_file: path,
  if_not_file: path,
  if_hostname: plainText,
  if_not_hostname: plainText,
  if_plugin: plainText,
  if_not_plugin: plainText,
};

const find = (table: Readonly<Record<string, Check>>, key: string): Check | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** The check of an option, for a version in which it may have another callback. */
function checkOf(option: Option, version: string): Check | undefined {
  const isNew = version.startsWith("2.1") && option.differsIn?.["2.1-dev"]?.callback !== undefined;
  const kept = isNew ? checksOfNew : checks;
  if (kept.has(option)) return kept.get(option);
  const callback = (isNew ? option.differsIn?.["2.1-dev"]?.callback : undefined) ?? option.callback;
  const check = find(BY_NAME, option.name) ?? find(BY_CALLBACK, callback) ?? find(BY_SUBTYPE, option.subtype ?? option.type);
  kept.set(option, check);
  return check;
}

const checks = new Map<Option, Check | undefined>();
const checksOfNew = new Map<Option, Check | undefined>();

/** Says what is wrong with a value whose text is completely known. */
export function checkValue(name: string, value: string, version: string): ValueProblem | undefined {
  const option = optionOf(name);
  return option && checkOf(option, version)?.(value, option, version);
}

/** Whether anything is known about the values of an option. */
export const isChecked = (option: Option, version: string): boolean => checkOf(option, version) !== undefined;

/** How many kinds of values are told apart. */
export const kindsOfValues = (): number =>
  new Set([...Object.values(BY_NAME), ...Object.values(BY_CALLBACK), ...Object.values(BY_SUBTYPE)]).size;
