/** Values that name something uWSGI or a plugin offers, or a user of the machine. */
import { t } from "../text/l10n";
import { isIn, type RegistryKind, registry } from "./uwsgi";
import { type Check, fatal, fatalAtStart, fatalIfUsed, misread, odd, type ValueProblem } from "./uwsgi-value";
import { pairProblem, pairsOf } from "./uwsgi-values-lists";

function isOffered(kind: RegistryKind, name: string, version: string): boolean {
  return registry(kind).some((one) => one.name === name && isIn(one, version));
}

const names = (kind: RegistryKind, version: string): string =>
  registry(kind)
    .filter((one) => isIn(one, version))
    .map((one) => one.name)
    .join(", ");

/** A value that is nothing but a name. */
export const oneOf =
  (kind: RegistryKind, otherwise: (message: string) => ValueProblem, consequence: () => string): Check =>
  (value, _option, version) =>
    isOffered(kind, value, version)
      ? undefined
      : otherwise(t`There is no \`${value}\`: ${consequence()}. There are ${names(kind, version)}.`);

export const allowed =
  (otherwise: (message: string) => ValueProblem, consequence: () => string, anyCase = false): Check =>
  (value, option) => {
    const list = option.allowed ?? [];
    const found = list.some((name) => name === value || (anyCase && name.toLowerCase() === value.toLowerCase()));
    return found || !list.length ? undefined : otherwise(t`There is no \`${value}\`: ${consequence()}. There are ${list.join(", ")}.`);
  };

export const namespaces: Check = (value, option) => {
  const unknown = value.split(",").find((name) => name !== "" && !option.allowed?.includes(name));
  return unknown === undefined
    ? undefined
    : fatal(
        t`There is no namespace \`${unknown}\`: uWSGI refuses to start. There are ${(option.allowed ?? []).join(", ")}; blanks are not cut off.`,
      );
};

const CAPABILITIES: ReadonlySet<string> = new Set(
  (
    "chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner " +
    "sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap " +
    "mac_override mac_admin syslog wake_alarm"
  ).split(" "),
);

export const capabilities: Check = (value) => {
  const list = value.split(",").filter((name) => name !== "");
  const unknown = list.filter((name) => !/^\d+$/.test(name) && !CAPABILITIES.has(name));
  if (unknown.length === list.length)
    return fatal(t`None of these is a capability: uWSGI refuses to start. Names are like \`net_bind_service\`, without \`CAP_\`.`);
  return unknown.length ? misread(t`There is no capability \`${unknown[0] ?? ""}\`: it is only logged and left out.`) : undefined;
};

/** `[id ]name[:arguments]` */
export function loggerOf(value: string): { readonly id: string | undefined; readonly name: string; readonly args: string } {
  const [, id] = /^([A-Za-z0-9]*) /.exec(value) ?? [];
  const rest = id === undefined ? value : value.slice(id.length + 1);
  const colon = rest.indexOf(":");
  return { id, name: colon < 0 ? rest : rest.slice(0, colon), args: colon < 0 ? "" : rest.slice(colon + 1) };
}

export const logger: Check = (value, option, version) => {
  if (option.name !== "logger" && option.name !== "req-logger" && option.name !== "logger-req") return undefined;
  const { name, args } = loggerOf(value);
  if (!isOffered("logger", name, version))
    return fatalAtStart(t`There is no logger \`${name}\`: uWSGI refuses to start. There are ${names("logger", version)}.`);
  return name === "file" && args.includes("=") && args.includes(",") ? pairProblem(pairsOf(args), "uwsgi_file_logger") : undefined;
};

/** Hooks whose moment comes whenever uWSGI starts; where that is in a worker, each new worker dies of it. */
const ALWAYS_RUN = /^hook-(?:asap|(?:pre|post)-jail|as-root|as-user|(?:pre|post)-app|post-fork|accepting.*)$/;

export const hook: Check = (value, option, version) => {
  const refused = ALWAYS_RUN.test(option.name) ? fatalAtStart : fatalIfUsed;
  const colon = value.indexOf(":");
  if (colon < 0) return refused(t`A hook is \`action:arguments\`: without a colon uWSGI leaves when it comes to it.`);
  const name = value.slice(0, colon).replace(/^!/, "");
  return isOffered("hook", name, version) ? undefined : refused(t`There is no hook \`${name}\`: uWSGI leaves when it comes to it.`);
};

export const alarm: Check = (value, _option, version) => {
  const [, name] = /^[^ ]* ([^:]*):/.exec(value) ?? [];
  if (name === undefined) return fatalAtStart(t`An alarm is \`name kind:arguments\`: otherwise uWSGI refuses to start.`);
  return isOffered("alarm", name, version)
    ? undefined
    : fatalAtStart(t`There is no kind of alarm \`${name}\`: uWSGI refuses to start. There are ${names("alarm", version)}.`);
};

/** `name[:arguments]` or `name[ arguments]`, looked up when uWSGI starts. */
export const nameFirst =
  (kind: RegistryKind, missing: (name: string, offered: string) => string): Check =>
  (value, _option, version) => {
    const name = /^[^: ]*/.exec(value)?.[0] ?? "";
    return isOffered(kind, name, version) ? undefined : fatalAtStart(missing(name, names(kind, version)));
  };

/** Looked up where privileges are dropped: a uWSGI that does not start as root never asks. Routers look at once. */
export const user: Check = (value, option) => {
  const refused = /^uwsgi_opt_[ug]id$/.test(option.callback) ? fatal : fatalIfUsed;
  const isGroup = option.type === "group" || option.subtype === "group";
  if (/^0+$/.test(value))
    return refused(
      isGroup
        ? t`0 is looked up as a group of that name: uWSGI refuses to start. Write \`root\`.`
        : t`0 is looked up as a user of that name: uWSGI refuses to start. Write \`root\`.`,
      { value: "root", sure: true },
    );
  if (/^[\w.-]+:[\w.-]*$/.test(value))
    return refused(t`Only one name or number stands here: uWSGI looks for it as a whole, does not find it, and refuses to start.`, {
      value: value.slice(0, value.indexOf(":")),
      sure: false,
    });
  if (value !== "") return undefined;
  return refused(
    isGroup
      ? t`There is no group with an empty name: uWSGI refuses to start.`
      : t`There is no user with an empty name: uWSGI refuses to start.`,
  );
};

export const owner: Check = (value) =>
  /^[\w-]+\.[\w-]+$/.test(value)
    ? odd(t`This is one user with a dot in the name: user and group are separated by a colon.`, {
        value: value.replace(".", ":"),
        sure: false,
      })
    : undefined;

const SCHEME = /^([a-z0-9]+):\/\//;

export const emperorSource: Check = (value, _option, version) => {
  const scheme = SCHEME.exec(value)?.[1];
  if (!scheme || isOffered("imperial_monitor", scheme, version)) return undefined;
  return misread(
    t`There is no monitor \`${scheme}\`: uWSGI takes the text for a pattern of file names, which nothing matches. There are ${names("imperial_monitor", version)}.`,
  );
};

export const farm: Check = (value) =>
  value.includes(":") ? undefined : fatalAtStart(t`A farm is \`name:mule,mule\`: without a colon uWSGI refuses to start.`);

export const address: Check = (value) => {
  const isIp = /^(?:(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/.test(value) || /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(value);
  return isIp ? undefined : fatal(t`This is an IP address and nothing else: uWSGI refuses to start.`);
};
