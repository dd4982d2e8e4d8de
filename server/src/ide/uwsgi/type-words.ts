/** What an option takes, in words for a person. */
import type { Option } from "../../facts/uwsgi";

/** Of an option whose program alone knows it. */
export const OWN = "option of the uWSGI that is installed";

const TYPES: Readonly<Record<string, string>> = {
  bool: "on or off",
  "bool-inverted": "on or off",
  none: "no value",
  action: "no value: prints something and ends",
  deprecated: "anything: only a warning is logged",
  int: "number",
  "int-signed": "number, negative ones too",
  uint16: "number up to 65535",
  uint64: "number",
  megabytes: "number of MiB",
  fd: "number of a file descriptor",
  "socket-bind-list": "address to listen on",
  "ssl-socket-bind-list": "address to listen on, certificate and key",
  "udp-or-socket-bind-list": "address to listen on",
  "socket-connect": "address to connect to",
  "udp-address": "UDP address",
  path: "path",
  "path-list": "path",
  "path-prefix": "beginning of a path",
  "octal-mode": "octal digits of a mode",
  "octal-mode-3": "three octal digits of a mode",
  user: "user, by name or number",
  group: "group, by name or number",
  command: "command",
  cron: "minute hour day month weekday, then a command",
  "legion-cron": "legion, then minute hour day month weekday and a command",
  cron2: "key=value settings, then a command",
  keyval: "key=value settings with commas between them",
  "key=value": "name=value",
  "key=value-list": "name=value",
  "key=hostname": "name=host",
  "config-file": "configuration file, with `:section` if wanted",
  logger: "`[id] logger[:arguments]`",
  route: "rule of internal routing",
  "regexp-list": "regular expression",
  "regexp-value-list": "regular expression, then a value",
  "name-regexp-list": "name of a logger, then a regular expression",
  "plugin-list": "plugins with commas between them",
  "module-list": "modules with commas between them",
  "namespace-list": "namespaces with commas between them",
  "capability-list": "capabilities with commas between them",
  "ip-address-list": "IP address",
  strftime: "`true`, or a format of `strftime`",
  "mountpoint=path-list": "`/mountpoint=path`",
  "cgi-map": "`[/mountpoint=]path`",
  "cgi-helper": "`.extension=program`",
  "option-definition": "`name=option=value;option=value`",
  "logic-open": "opens a block",
  "logic-close": "closes a block",
  legion: "name, address, valor and secret",
  "legion-item": "legion, then an action",
  sni: "host name, then certificate,key",
  mule: "nothing, or a script or function",
  farm: "`name:mule,mule`",
  url: "file or URL",
  symbol: "name of a function",
  pattern: "pattern of a path",
  "code-string": "`modifier:file:function`",
  "digest-dir": "`digest:directory`",
  enum: "one of a few words",
  name: "name",
};

const SUBTYPES: Readonly<Record<string, string>> = {
  file: "path of a file",
  dir: "path of a directory",
  "socket-bind": "address to listen on",
  "socket-connect": "address to connect to",
  hook: "`action:arguments`",
  "hook-args": "arguments of the action",
  "file-hook": "file, then `action:arguments`",
  command: "command",
  symbol: "name of a function",
  "key=value": "name=value",
  enum: "one of a few words",
  "python-module": "Python module, with `:callable` if wanted",
  "python-module-list": "Python module",
  "file-extension": "file extension",
  "cache-name": "name of a cache",
  keyval: "key=value settings with commas between them",
  code: "program text",
  "alarm-name": "name of an alarm",
  "alarm-definition": "name, then `alarm:arguments`",
  "alarm-name-regexp": "name of an alarm, then a regular expression",
  "mountpoint=target": "`/mountpoint=target`",
  "config-file": "configuration file",
  "udp-address": "UDP address",
  "log-destination": "path of a log file, or address of a log server",
  "log-encoder": "encoder, then its format",
  "log-format": "text with `%(variables)`",
  "signal-seconds": "signal and seconds",
  interface: "network interface",
  fd: "number of a file descriptor",
  "header-var": "header, then the name of a variable",
  "header-name": "name of a header",
  header: "header",
  "number-list": "numbers with commas between them",
  "option-name-list": "names of options",
  "option-name": "name of an option",
  "file-signal": "file, then a signal",
  "file-command": "file, then a command",
  "ip-address": "IP address",
  user: "user, by name or number",
  group: "group, by name or number",
  owner: "`user[:group]`",
  "octal-mode": "octal digits of a mode",
  "two-dirs": "two directories",
  "emperor-source": "directory, pattern or URL of vassals",
  "exception-handler": "`handler[:arguments]`",
  "stats-pusher": "`pusher:arguments`",
  "socket-worker-map": "`socket:workers`",
};

const TIMES: readonly string[] = ["seconds", "milliseconds", "bytes", "requests", "pages", "KiB", "MiB"];

/** `number of seconds`, `path of a file` … */
export function typeWords(option: Option): string {
  const plain = (option.type.startsWith("string") ? SUBTYPES[option.subtype ?? ""] : TYPES[option.type]) ?? "text";
  const unit = option.unit;
  return plain.startsWith("number") && unit && TIMES.includes(unit) ? plain.replace(/^number(?: of MiB)?/, `number of ${unit}`) : plain;
}

/** How repeated lines act together. */
export function combineWords({ combine, type }: Option): string | undefined {
  if (type === "bool" || combine === "last") return "the last one counts";
  return combine === "list" ? "may be repeated" : undefined;
}

/** Every name of a setting but this one. Rules of other phases of a request share readers, not lists. */
export function otherNames(option: Option, all: readonly Option[]): readonly string[] {
  if (option.type === "route") return [];
  const main = option.aliasOf ?? option.name;
  return all.filter((one) => one.name !== option.name && (one.name === main || one.aliasOf === main)).map((one) => one.name);
}

export const isSwitch = (option: Option | undefined): boolean => option?.type === "bool" || option?.type === "bool-inverted";

export const isPath = (option: Option | undefined): boolean =>
  option !== undefined &&
  (["path", "path-list", "config-file"].includes(option.type) || ["file", "dir", "config-file"].includes(option.subtype ?? ""));
