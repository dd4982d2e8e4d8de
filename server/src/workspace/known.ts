/** What is known of the machine a file is for: the facts that were given and, where the file lies on that very machine, the machine itself. */
import { folderOf, pathOf } from "../text/uri";
import { machinePath } from "./paths";
import type { Target, TargetPath } from "./target";
import type { Workspace } from "./workspace";

/** Images and pods have users and folders of their own: what lies beside their descriptions may be for them. */
const CONTAINED = ["compose", "kubernetes", "dockerfile"] as const;

/** Whether a file of the workspace lies on the machine that it is for, at its own path. */
export function isHere(workspace: Workspace, uri: string): boolean {
  if (!workspace.target.local || !uri.startsWith("file:///")) return false;
  const folders = workspace.derive(CONTAINERS, () => containerFolders(workspace), workspace.shape);
  if (folders.size === 0) return true;
  for (let folder = folderOf(pathOf(uri)); ; folder = folderOf(folder)) {
    if (folders.has(folder)) return false;
    if (folder === "") return true;
  }
}

const CONTAINERS = {};

const containerFolders = (workspace: Workspace): ReadonlySet<string> =>
  new Set(CONTAINED.flatMap((language) => workspace.of(language).map(({ path }) => folderOf(path))));

/** What is given wins over what the machine says. The same object while nothing changes. */
export function targetOf(workspace: Workspace, uri: string): Target {
  const { target } = workspace;
  if (!target.local) return target;
  const { here, given } = workspace.derive(TARGETS, () => ({ here: withMachine(target), given: withoutMachine(target) }), target);
  return isHere(workspace, uri) ? here : given;
}

const TARGETS = {};

function withMachine(target: Target): Target {
  const { users, usersComplete, groups, somaxconn, selinux } = target.local ?? {};
  const machine = { ...(somaxconn === undefined ? {} : { somaxconn }), ...(selinux === undefined ? {} : { selinux }) };
  if (target.usersComplete || !users) return { ...machine, ...target };
  return { ...machine, ...target, users: { ...users, ...target.users }, ...(usersComplete && groups ? { usersComplete, groups } : {}) };
}

function withoutMachine({ local: _, ...given }: Target): Target {
  return given;
}

/** Every group there is, where that is known. */
export const groupsIn = ({ users, groups }: Target): readonly string[] => [
  ...new Set([...(groups ?? []), ...Object.values(users ?? {}).flatMap((user) => user.groups)]),
];

/** What is said of a path. */
export const givenFacts = (target: Target, path: string): TargetPath | undefined => givenIn(target).paths.get(machinePath(path));

/** What lies at a path of the machine, as far as that is known. */
export function pathFacts(target: Target, path: string): TargetPath | undefined {
  const known = givenFacts(target, path);
  if (known || !target.local || isGivenMissing(target, path)) return known;
  return lookedAt(target, path) ?? undefined;
}

/** Whether a path is known to be missing: it, or a folder above it. */
export function isMissing(target: Target, path: string): boolean {
  if (isGivenMissing(target, path)) return true;
  return target.local !== undefined && !givenFacts(target, path) && lookedAt(target, path) === null;
}

function isGivenMissing(target: Target, path: string): boolean {
  const { missing } = givenIn(target);
  if (missing.size === 0) return false;
  for (let at = machinePath(path); at !== ""; at = folderOf(at)) if (missing.has(at)) return true;
  return false;
}

/** What is unpacked, mounted or made while the machine runs may come at any moment: there, nothing is missing. */
const CHANGING = /^\/(?:run|tmp|dev|proc|sys|mnt|media)(?:\/|$)/;

function lookedAt({ local }: Target, path: string): TargetPath | null | undefined {
  const found = path.startsWith("/") ? local?.look(path) : undefined;
  return found === null && CHANGING.test(machinePath(path)) ? undefined : found;
}

type Given = { readonly paths: ReadonlyMap<string, TargetPath>; readonly missing: ReadonlySet<string> };
const indexes = new WeakMap<Target, Given>();

function givenIn(target: Target): Given {
  const known = indexes.get(target);
  if (known) return known;
  const paths = new Map<string, TargetPath>();
  for (const one of target.paths ?? []) if (!paths.has(machinePath(one.path))) paths.set(machinePath(one.path), one);
  const given = { paths, missing: new Set(target.missing?.map(machinePath)) };
  indexes.set(target, given);
  return given;
}
