/** What an option takes, in words for a person. */
import type { Option } from "../../facts/uwsgi";
import { t } from "../../text/l10n";

/** Of an option whose program alone knows it. */
export const ownWords = (): string => t`option of the uWSGI that is installed`;

const TYPES: Readonly<Record<string, () => string>> = {
  bool: () => t`on or off`,
  "bool-inverted": () => t`on or off`,
  none: () => t`no value`,
  action: () => t`no value: prints something and ends`,
  deprecated: () => t`anything: only a warning is logged`,
  int: () => t`number`,
  "int-signed": () => t`number, negative ones too`,
  uint16: () => t`number up to 65535`,
  uint64: () => t`number`,
  megabytes: () => t`number of MiB`,
  fd: () => t`number of a file descriptor`,
  "socket-bind-list": () => t`address to listen on`,
  "ssl-socket-bind-list": () => t`address to listen on, certificate and key`,
  "udp-or-socket-bind-list": () => t`address to listen on`,
  "socket-connect": () => t`address to connect to`,
  "udp-address": () => t`UDP address`,
  path: () => t`path`,
  "path-list": () => t`path`,
  "path-prefix": () => t`beginning of a path`,
  "octal-mode": () => t`octal digits of a mode`,
  "octal-mode-3": () => t`three octal digits of a mode`,
  user: () => t`user, by name or number`,
  group: () => t`group, by name or number`,
  command: () => t`command`,
  cron: () => t`minute hour day month weekday, then a command`,
  "legion-cron": () => t`legion, then minute hour day month weekday and a command`,
  cron2: () => t`key=value settings, then a command`,
  keyval: () => t`key=value settings with commas between them`,
  "key=value": () => t`name=value`,
  "key=value-list": () => t`name=value`,
  "key=hostname": () => t`name=host`,
  "config-file": () => t`configuration file, with \`:section\` if wanted`,
  logger: () => "`[id] logger[:arguments]`",
  route: () => t`rule of internal routing`,
  "regexp-list": () => t`regular expression`,
  "regexp-value-list": () => t`regular expression, then a value`,
  "name-regexp-list": () => t`name of a logger, then a regular expression`,
  "plugin-list": () => t`plugins with commas between them`,
  "module-list": () => t`modules with commas between them`,
  "namespace-list": () => t`namespaces with commas between them`,
  "capability-list": () => t`capabilities with commas between them`,
  "ip-address-list": () => t`IP address`,
  strftime: () => t`\`true\`, or a format of \`strftime\``,
  "mountpoint=path-list": () => "`/mountpoint=path`",
  "cgi-map": () => "`[/mountpoint=]path`",
  "cgi-helper": () => "`.extension=program`",
  "option-definition": () => "`name=option=value;option=value`",
  "logic-open": () => t`opens a block`,
  "logic-close": () => t`closes a block`,
  legion: () => t`name, address, valor and secret`,
  "legion-item": () => t`legion, then an action`,
  sni: () => t`host name, then certificate,key`,
  mule: () => t`nothing, or a script or function`,
  farm: () => "`name:mule,mule`",
  url: () => t`file or URL`,
  symbol: () => t`name of a function`,
  pattern: () => t`pattern of a path`,
  "code-string": () => "`modifier:file:function`",
  "digest-dir": () => "`digest:directory`",
  enum: () => t`one of a few words`,
  name: () => t`name`,
};

const SUBTYPES: Readonly<Record<string, () => string>> = {
  file: () => t`path of a file`,
  dir: () => t`path of a directory`,
  "socket-bind": () => t`address to listen on`,
  "socket-connect": () => t`address to connect to`,
  hook: () => "`action:arguments`",
  "hook-args": () => t`arguments of the action`,
  "file-hook": () => t`file, then \`action:arguments\``,
  command: () => t`command`,
  symbol: () => t`name of a function`,
  "key=value": () => t`name=value`,
  enum: () => t`one of a few words`,
  "python-module": () => t`Python module, with \`:callable\` if wanted`,
  "python-module-list": () => t`Python module`,
  "file-extension": () => t`file extension`,
  "cache-name": () => t`name of a cache`,
  keyval: () => t`key=value settings with commas between them`,
  code: () => t`program text`,
  "alarm-name": () => t`name of an alarm`,
  "alarm-definition": () => t`name, then \`alarm:arguments\``,
  "alarm-name-regexp": () => t`name of an alarm, then a regular expression`,
  "mountpoint=target": () => "`/mountpoint=target`",
  "config-file": () => t`configuration file`,
  "udp-address": () => t`UDP address`,
  "log-destination": () => t`path of a log file, or address of a log server`,
  "log-encoder": () => t`encoder, then its format`,
  "log-format": () => t`text with \`%(variables)\``,
  "signal-seconds": () => t`signal and seconds`,
  interface: () => t`network interface`,
  fd: () => t`number of a file descriptor`,
  "header-var": () => t`header, then the name of a variable`,
  "header-name": () => t`name of a header`,
  header: () => t`header`,
  "number-list": () => t`numbers with commas between them`,
  "option-name-list": () => t`names of options`,
  "option-name": () => t`name of an option`,
  "file-signal": () => t`file, then a signal`,
  "file-command": () => t`file, then a command`,
  "ip-address": () => t`IP address`,
  user: () => t`user, by name or number`,
  group: () => t`group, by name or number`,
  owner: () => "`user[:group]`",
  "octal-mode": () => t`octal digits of a mode`,
  "two-dirs": () => t`two directories`,
  "emperor-source": () => t`directory, pattern or URL of vassals`,
  "exception-handler": () => "`handler[:arguments]`",
  "stats-pusher": () => "`pusher:arguments`",
  "socket-worker-map": () => "`socket:workers`",
};

const UNITS: Readonly<Record<string, () => string>> = {
  seconds: () => t`seconds`,
  milliseconds: () => t`milliseconds`,
  bytes: () => t`bytes`,
  requests: () => t`requests`,
  pages: () => t`pages`,
  KiB: () => "KiB",
  MiB: () => "MiB",
};

/** Numbers may count something. */
const COUNTS: Readonly<Record<string, (unit: string) => string>> = {
  int: (unit) => t`number of ${unit}`,
  uint64: (unit) => t`number of ${unit}`,
  megabytes: (unit) => t`number of ${unit}`,
  "int-signed": (unit) => t`number of ${unit}, negative ones too`,
  uint16: (unit) => t`number of ${unit} up to 65535`,
};

/** `number of seconds`, `path of a file` … */
export function typeWords({ type, subtype, unit }: Option): string {
  const counted = unit === undefined ? undefined : UNITS[unit];
  const number = COUNTS[type];
  if (counted && number) return number(counted());
  const words = type.startsWith("string") ? SUBTYPES[subtype ?? ""] : TYPES[type];
  return words?.() ?? t`text`;
}

/** How repeated lines act together. */
export function combineWords({ combine, type }: Option): string | undefined {
  if (type === "bool" || combine === "last") return t`the last one counts`;
  return combine === "list" ? t`may be repeated` : undefined;
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
