/** Gathers what is known of one socket for the permission rule: who starts, what is set, which directories lead there, who nginx is. */

import type { Document } from "../model/document";
import type { Nested } from "../syntax/tree";
import { givenFacts, isMissing, pathFacts, targetOf } from "../workspace/known";
import { machinePath } from "../workspace/paths";
import { Register } from "../workspace/register";
import type { Target } from "../workspace/target";
import { type Groups, type Identity, NO_GROUPS, NOBODY_KNOWN, UNKNOWN_GROUPS } from "./access";
import type { Address } from "./address";
import type { MadeFolder } from "./deploy";
import type { Endpoint } from "./endpoint";
import type { Instance } from "./instance";
import { parseOctal } from "./mode";
import { type Directory, dropped, type Maybe, type SocketSetup } from "./permission";
import type { Stack } from "./stack";

const ROOT: Identity = { user: "root", group: "root", groups: NO_GROUPS };

/** Groups of a user: those the facts name. Without facts a user is presumed to have the group of its name, and maybe others. */
export function groupsOf({ users }: Target, user: string | undefined): Groups {
  const known = user !== undefined && users && Object.hasOwn(users, user) ? users[user] : undefined;
  if (known) return { known: known.groups, complete: true };
  return { known: user === undefined ? [] : [user], complete: false };
}

export function identityOf(target: Target, user: string, group?: string): Identity {
  const groups = groupsOf(target, user);
  return user === "root" || user === "0" ? ROOT : { user, group: group ?? groups.known[0], groups };
}

/** Who starts the process. `sure` is false when it is only the usual case. */
export function startIdentity(stack: Stack, instance: Instance): { readonly who: Identity; readonly sure: boolean } {
  const { start } = instance;
  if (start.emperor) {
    const above = startIdentity(stack, start.emperor);
    return { who: dropped(above.who, dropSetup(stack, start.emperor)), sure: above.sure };
  }
  if (start.debian) return { who: ROOT, sure: true };
  const starter = start.starter;
  if (starter?.user?.value !== undefined) {
    const { value } = starter.user;
    if (/[%${}]/.test(value)) return { who: NOBODY_KNOWN, sure: false };
    const [user = "", group] = value.split(":");
    return { who: identityOf(targetOf(stack.workspace, instance.uri), user, starter.group?.value ?? group), sure: true };
  }
  if (starter?.kind === "systemd") return { who: starter.group ? { ...ROOT, group: starter.group.value } : ROOT, sure: true };
  // uid and gid by name mean something only to root: whoever writes them starts as root.
  if (instance.all("uid").length > 0 || instance.all("gid").length > 0 || instance.all("chown-socket").length > 0)
    return { who: ROOT, sure: false };
  return { who: NOBODY_KNOWN, sure: false };
}

function maybe(instance: Instance, key: string): Maybe {
  const setting = instance.last(key);
  if (!setting) return instance.effective.complete ? null : undefined;
  return setting.holes.length > 0 || !setting.certain ? undefined : setting.value;
}

export function dropSetup(stack: Stack, instance: Instance): Pick<SocketSetup, "uid" | "gid" | "uidGroups" | "addGid"> {
  const uid = maybe(instance, "uid");
  return {
    uid,
    gid: maybe(instance, "gid"),
    uidGroups: instance.flag("no-initgroups") ? NO_GROUPS : groupsOf(targetOf(stack.workspace, instance.uri), uid ?? undefined),
    addGid: instance.all("add-gid").map((setting) => setting.value),
  };
}

/** Who the process is once it gave up root; what it binds before that is another matter. */
export function runIdentity(stack: Stack, instance: Instance): Identity {
  return isTyrant(instance) ? NOBODY_KNOWN : dropped(startIdentity(stack, instance).who, dropSetup(stack, instance));
}

/** A vassal's file decides who runs it under a tyrant. */
export function isTyrant(instance: Instance): boolean {
  const { emperor } = instance.start;
  return emperor !== undefined && emperor.flag("emperor-tyrant") === true;
}

type Setup = SocketSetup & { readonly sure: boolean };

const SETUPS = {};

/** Asked for by several rules, and by each link to the socket. */
export function socketSetup(stack: Stack, endpoint: Endpoint): Setup {
  const kept = stack.workspace.derive(SETUPS, () => new WeakMap<Endpoint, Setup>(), stack.deployments);
  const known = kept.get(endpoint) ?? findSetup(stack, endpoint);
  kept.set(endpoint, known);
  return known;
}

function findSetup(stack: Stack, endpoint: Endpoint): Setup {
  const { instance } = endpoint;
  const { who, sure } = startIdentity(stack, instance);
  const file = stack.workspace.paths.deployed(instance.uri);
  const facts = file === undefined ? undefined : pathFacts(targetOf(stack.workspace, instance.uri), file);
  const flag = (key: string): boolean => instance.flag(key) === true;
  return {
    sure,
    start: who,
    ...(isTyrant(instance) ? { tyrant: { owner: facts?.owner, group: facts?.group } } : {}),
    ...dropSetup(stack, instance),
    chown: maybe(instance, "chown-socket"),
    chmod: maybe(instance, "chmod-socket"),
    umask: maybe(instance, "umask"),
    inheritedUmask: parseOctal(instance.start.starter?.umask?.value ?? "022"),
    daemonize: instance.all("daemonize").length > 0 || (instance.start.emperor?.all("daemonize").length ?? 0) > 0,
    bindsAsRoot: flag("master-as-root") || flag("drop-after-init") || flag("drop-after-apps"),
    ...(endpoint.router || endpoint.protocol === "stats" ? { chownReaches: false } : {}),
    directories: directoriesOf(stack, endpoint.address, instance),
  };
}

const USUAL: Readonly<Record<string, readonly [string, string, number]>> = {
  "/": ["root", "root", 0o755],
  "/run": ["root", "root", 0o755],
  "/var": ["root", "root", 0o755],
  "/var/lib": ["root", "root", 0o755],
  "/var/www": ["root", "root", 0o755],
  "/srv": ["root", "root", 0o755],
  "/etc": ["root", "root", 0o755],
  "/opt": ["root", "root", 0o755],
  "/usr": ["root", "root", 0o755],
  "/home": ["root", "root", 0o755],
  "/root": ["root", "root", 0o700],
  "/tmp": ["root", "root", 0o1777],
  "/var/tmp": ["root", "root", 0o1777],
  "/dev": ["root", "root", 0o755],
  "/dev/shm": ["root", "root", 0o1777],
};

/** The directories from the root to the one a socket lies in, as far as facts, units and custom tell. */
export function directoriesOf(stack: Stack, address: Address, instance: Instance): readonly Directory[] {
  if (address.kind !== "unix" || address.relative) return [];
  if (ownFolders(instance).length > 0) return directoriesTo(stack, address.path, instance);
  // Sockets lie in few folders.
  const target = targetOf(stack.workspace, instance.uri);
  const byTarget = stack.workspace.derive(DIRECTORIES, () => new WeakMap<Target, Map<string, readonly Directory[]>>(), stack.deployments);
  const kept = byTarget.get(target) ?? new Map<string, readonly Directory[]>();
  byTarget.set(target, kept);
  const folder = address.path.slice(0, address.path.lastIndexOf("/"));
  const known = kept.get(folder) ?? directoriesTo(stack, address.path, instance);
  kept.set(folder, known);
  return known;
}

const DIRECTORIES = {};

function directoriesTo(stack: Stack, socket: string, instance: Instance): readonly Directory[] {
  const parts = socket.split("/").slice(1, -1);
  const paths = ["/", ...parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`)];
  return paths.map((path) => directory(stack, path, instance));
}

function directory(stack: Stack, path: string, instance: Instance): Directory {
  const target = targetOf(stack.workspace, instance.uri);
  // What a unit makes is made anew when it starts, whatever lies there now.
  const facts = givenFacts(target, path) ?? madeFor(stack, instance, path) ?? pathFacts(target, path);
  if (facts) {
    const { owner, group, mode } = facts;
    return { path, exists: true, owner, group, mode: mode === undefined ? undefined : parseOctal(mode) };
  }
  if (isMissing(target, path)) return { path, exists: false, owner: undefined, group: undefined, mode: undefined };
  const usual = Object.hasOwn(USUAL, path) ? USUAL[path] : undefined;
  if (usual) return { path, exists: true, owner: usual[0], group: usual[1], mode: usual[2] };
  return { path, exists: undefined, owner: undefined, group: undefined, mode: undefined };
}

type Made = Pick<MadeFolder, "path" | "owner" | "group" | "mode">;

/** A folder that is made before the process binds, by whatever. */
export const madeFor = (stack: Stack, instance: Instance, path: string): Made | undefined =>
  ownFolders(instance).find((one) => machinePath(one.path) === path) ?? foldersAt(stack).get(path)?.[0];

/** Folders that the unit of a process, or that of its emperor, makes before it binds. */
function ownFolders({ start }: Instance): readonly Made[] {
  const starters = [start.starter, start.emperor?.start.starter];
  return starters.flatMap((starter) => (starter?.makes ?? []).map((one) => ({ ...one, path: one.value })));
}

const FOLDERS = {};

/** Folders that tmpfiles.d or something at boot makes, by their path. */
function foldersAt({ workspace, folders }: Stack): ReadonlyMap<string, readonly MadeFolder[]> {
  return workspace.derive(FOLDERS, () => Map.groupBy(folders, (one) => machinePath(one.path)), folders);
}

/** The user of nginx's workers for a connection, with the place that says so. */
export function workerOf(stack: Stack): Worker {
  return stack.workspace.derive(WORKER, () => findWorker(stack), stack.workspace.of("nginx"));
}

const WORKER = {};
const USERS = {};
/** Where files say who the workers are. */
const usersSaid = () =>
  new Register<Document, "user", { readonly document: Document; readonly nested: Nested }>(function* (document) {
    for (const nested of document.named("user")) if (nested.parent === undefined) yield ["user", { document, nested }];
  });
type Worker = { readonly who: Identity; readonly at?: { readonly uri: string; readonly span: { start: number; end: number } } };

function findWorker(stack: Stack): Worker {
  const { target } = stack.workspace;
  const said = stack.workspace.derive(USERS, usersSaid, stack.workspace.roots).update(stack.workspace.of("nginx")).get("user");
  const names = new Set(said.map(({ nested }) => nested.directive.args[0]?.text));
  const [first] = said;
  const user = first?.nested.directive.args[0]?.text;
  if (first && user !== undefined && names.size === 1 && !/[${}%<]/.test(user)) {
    const group = first.nested.directive.args[1]?.text ?? user;
    return {
      who: identityOf(targetOf(stack.workspace, first.document.uri), user, group),
      at: { uri: first.document.uri, span: first.nested.directive.span },
    };
  }
  // Debian builds nginx for nobody, whose group is nogroup; its own nginx.conf says www-data.
  const bare = said.length === 0 && /^(?:debian|ubuntu)/.test(target.distro ?? "") && target.nginxUser === undefined;
  const main = bare
    ? stack.workspace.of("nginx").find((document) => document.named("http").length > 0 && document.named("events").length > 0)
    : undefined;
  if (main) return { who: identityOf(target, "nobody", "nogroup") };
  if (target.nginxUser !== undefined && names.size <= 1) return { who: identityOf(target, target.nginxUser) };
  return { who: { user: undefined, group: undefined, groups: UNKNOWN_GROUPS } };
}

/** Users as which distributions and images run nginx. */
export const USUAL_WORKERS: readonly string[] = ["www-data", "nginx", "nobody", "http", "www", "apache"];
