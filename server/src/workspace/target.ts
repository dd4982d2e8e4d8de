/** What is known of the machine the configuration is for. Every part may be absent: absent is "not known", never "no". */
import type { UwsgiBuild } from "../facts/uwsgi-build";

export type TargetPath = {
  readonly path: string;
  readonly type: "file" | "dir" | "socket" | "link";
  readonly owner?: string;
  readonly group?: string /** Octal digits, e.g. "0755". */;
  readonly mode?: string;
};

export type Target = {
  readonly distro?: string;
  readonly nginxUser?: string;
  readonly users?: Readonly<Record<string, { readonly groups: readonly string[]; readonly uid?: number }>>;
  /** True when no other user or group exists. */
  readonly usersComplete?: boolean;
  readonly paths?: readonly TargetPath[];
  readonly missing?: readonly string[];
  readonly selinux?: string;
  /** net.core.somaxconn, in connections. */
  readonly somaxconn?: number;
  readonly plugins?: readonly string[];
  /** Kind of uWSGI build: "pip" has Python built in; "debian", "fedora", "alpine" use plugins. */
  readonly uwsgiInstall?: string;
  readonly uwsgiVersion?: string;
  /** What its uWSGI has beside the options of its release, and what not. */
  readonly uwsgiOptions?: UwsgiBuild;
  readonly nginxVersion?: string;
  /** Modules nginx is built with: what `nginx -V` prints, or names. */
  readonly nginxModules?: readonly string[];
  /** Directives of modules nobody else knows: see learnDirectives. */
  readonly nginxDirectives?: readonly unknown[];
  /** Path of a workspace file relative to the root → its path on the machine. */
  readonly deployedAs?: Readonly<Record<string, string>>;
  /** Prefixes of the machine → folders of the workspace (relative or URI). */
  readonly pathMapping?: Readonly<Record<string, string>>;
  /** Every group there is; the names that `users` have are some of them. */
  readonly groups?: readonly string[];
  /** The machine itself, where the files of the workspace lie on it. No file can say this: the host does, when a person wants it. */
  readonly local?: Local;
};

export type Local = Pick<Target, "users" | "usersComplete" | "groups" | "somaxconn" | "selinux"> & {
  /** What lies at an absolute path, links followed. null: nothing does. undefined: not known. */
  look(path: string): TargetPath | null | undefined;
};

/** Reads the facts file of the command line: `{system: {…}, files: [{path, deployedAs}]}`. Unknown parts are ignored. */
export function targetFrom(json: unknown): Target {
  if (!isRecord(json)) return {};
  const system = isRecord(json.system) ? json.system : {};
  const deployedAs: Record<string, string> = {};
  for (const file of Array.isArray(json.files) ? json.files : []) {
    if (isRecord(file) && typeof file.path === "string" && typeof file.deployedAs === "string") deployedAs[file.path] = file.deployedAs;
  }
  const own = isRecord(json.deployedAs) ? onlyText(json.deployedAs) : {};
  const target: Record<string, unknown> = { deployedAs: { ...deployedAs, ...own } };
  for (const key of ["distro", "nginxUser", "selinux", "uwsgiInstall", "uwsgiVersion", "nginxVersion"])
    if (typeof system[key] === "string") target[key] = system[key];
  if (isRecord(system.uwsgiOptions)) target.uwsgiOptions = uwsgiOptions(system.uwsgiOptions);
  if (typeof system.somaxconn === "number") target.somaxconn = system.somaxconn;
  if (system.usersComplete === true) target.usersComplete = true;
  for (const key of ["plugins", "missing"])
    if (Array.isArray(system[key])) target[key] = (system[key] as unknown[]).filter((item) => typeof item === "string");
  const nginx = isRecord(system.nginx) ? system.nginx : isRecord(json.nginx) ? json.nginx : {};
  if (typeof nginx.version === "string") target.nginxVersion ??= nginx.version;
  if (typeof nginx.modules === "string") target.nginxModules = [nginx.modules];
  else if (Array.isArray(nginx.modules)) target.nginxModules = nginx.modules.filter((item) => typeof item === "string");
  if (Array.isArray(nginx.directives)) target.nginxDirectives = nginx.directives;
  if (Array.isArray(system.paths)) target.paths = system.paths.filter((path) => isRecord(path) && typeof path.path === "string");
  if (isRecord(system.users)) target.users = users(system.users);
  if (isRecord(json.pathMapping)) target.pathMapping = onlyText(json.pathMapping);
  return target as Target;
}

function users(record: Record<string, unknown>): Target["users"] {
  const result: Record<string, { groups: string[]; uid?: number }> = Object.create(null);
  for (const [name, user] of Object.entries(record)) {
    const groups =
      isRecord(user) && Array.isArray(user.groups) ? user.groups.filter((group): group is string => typeof group === "string") : [];
    result[name] = isRecord(user) && typeof user.uid === "number" ? { groups, uid: user.uid } : { groups };
  }
  return result;
}

function uwsgiOptions({ absent, own, builtIn, ownYaml }: Record<string, unknown>): UwsgiBuild {
  const names = (list: unknown): string[] => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);
  return {
    absent: names(absent),
    own: isRecord(own) ? onlyText(own) : {},
    ...(Array.isArray(builtIn) && { builtIn: names(builtIn) }),
    ...(typeof ownYaml === "boolean" && { ownYaml }),
  };
}

function onlyText(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Newest release of the 2.0 line, taken when nothing is said. */
const NEWEST = "2.0.30";
/** What distributions ship, as far as it was looked at. */
const SHIPPED: Readonly<Record<string, string>> = { "debian-12": "2.0.21" };

/** The version of uWSGI the target runs: as said, as its distribution ships it, else the newest. */
export function uwsgiVersionOf(target: Target): string {
  const shipped =
    target.uwsgiInstall === "debian" && Object.hasOwn(SHIPPED, target.distro ?? "") ? SHIPPED[target.distro ?? ""] : undefined;
  return target.uwsgiVersion ?? shipped ?? NEWEST;
}

/** Whether the target's uWSGI reads YAML by itself: what pip compiles does, unless it is told otherwise; distributions take libyaml. */
export const hasOwnYaml = ({ uwsgiOptions, uwsgiInstall }: Target): boolean => uwsgiOptions?.ownYaml ?? uwsgiInstall === "pip";
