/**
 * "Give it a systemd service of its own": the way back from under an emperor. The vassal's file moves beside the emperor's, a unit starts it
 * as the user that the file named. Offered only where uWSGI then makes the very same of the rest, and the socket's folder is for it alone.
 */

import type { Document } from "../model/document";
import { inFile, removeLine } from "../rules/edits";
import { isRoot } from "../stack/access";
import type { Instance } from "../stack/instance";
import type { Stack } from "../stack/stack";
import { t } from "../text/l10n";
import { applyEdits, type Span } from "../text/span";
import { baseName, folderOf, withPath } from "../text/uri";
import type { Setting } from "../workspace/effective";
import type { Action } from "./actions";
import { unitText } from "./create-host";
import { applicationAt, dependsOnFolder, makesTheSame } from "./refactor-emperor";
import { runsAs } from "./topology-words";

export function ownService(stack: Stack, document: Document, at: Span): Action | undefined {
  const instance = document.language === "uwsgi" ? applicationAt(stack, document, at) : undefined;
  const emperor = instance?.start.emperor;
  if (!instance || !emperor || !isMovable(stack, instance, emperor)) return undefined;
  const deployed = stack.workspace.paths.deployed(emperor.uri) ?? "";
  const root = emperor.document.path.slice(0, -deployed.length);
  const who = userOf(instance);
  const folder = who && socketFolder(stack, instance, who);
  if (deployed === "" || !emperor.document.path.endsWith(deployed) || !who || !folder) return undefined;
  const file = baseName(document.path);
  const name = file.replace(/\.ini$/, "");
  const config = `${folderOf(deployed)}/${file}`;
  const [to, unit] = [withPath(document.uri, root + config), withPath(document.uri, `${root}/etc/systemd/system/${name}.service`)];
  if (!/^[a-z][\w-]*$/i.test(name) || stack.workspace.exists(to) || stack.workspace.exists(unit)) return undefined;
  const edits = who.lines.flatMap(({ origin }) => (origin ? [removeLine(document, origin.span)] : []));
  const runtime = folder.name === undefined ? [] : [`RuntimeDirectory=${folder.name}`];
  const text = unitText(name, config, [`User=${who.user}`, `Group=${who.group}`, ...runtime]);
  const removed = who.lines.map(({ key, value }) => `${key} = ${value}`);
  const after = { to, text: applyEdits(document.text, edits), beside: [{ uri: unit, text, language: "systemd" as const }] };
  if (makesTheSame(stack, instance, after, { removed }) === undefined) return undefined;
  return {
    title: t`Give it a systemd service of its own`,
    kind: "refactor",
    edits: [inFile(document.uri, ...edits), inFile(unit, { span: { start: 0, end: 0 }, text })],
    moves: [{ from: document.uri, to }],
    deletes: folder.madeBy === undefined ? [] : [folder.madeBy],
  };
}

function isMovable(stack: Stack, instance: Instance, emperor: Instance): boolean {
  const { document, effective } = instance;
  if (document.format !== "ini" || instance.isEmperor || (instance.start.section ?? "uwsgi") !== "uwsgi") return false;
  if (!effective.complete || effective.stopped || instance.inputs.size > 1 || stack.instancesOf(document.uri).length !== 1) return false;
  if (emperor.all("emperor-tyrant").length > 0 || isRoot(runsAs(stack, emperor)) === "no" || !emperor.start.certain) return false;
  if (stack.hosts.ofInstance(instance).length > 0 || instance.text("chdir")?.startsWith("/") !== true) return false;
  return !effective.settings.some(({ key, value }) => dependsOnFolder(key, value));
}

type Who = { readonly user: string; readonly group: string; readonly lines: readonly Setting[] };

/** Whom the file names, once and plainly, also as the owner of its sockets. */
function userOf(instance: Instance): Who | undefined {
  const lines = ["uid", "gid", "chown-socket"].flatMap((key) => instance.all(key));
  const [user, group] = [instance.text("uid"), instance.text("gid")];
  if (user === undefined || group === undefined || !/^[a-z_][\w-]*$/.test(user) || !/^[a-z_][\w-]*$/.test(group) || user === "root")
    return undefined;
  const hasFile = instance.endpoints.some(({ address }) => address.kind === "unix");
  const isOwner = hasFile ? instance.text("chown-socket") === `${user}:${group}` : instance.all("chown-socket").length === 0;
  const isPlain = lines.every(({ raw, value, origin }) => raw === value && origin?.uri === instance.uri);
  return isOwner && isPlain && lines.length === (hasFile ? 3 : 2) ? { user, group, lines } : undefined;
}

/** The folder below /run that the unit will make, and the file that makes it now; undefined where others use it. */
function socketFolder(
  stack: Stack,
  instance: Instance,
  { user, group }: Who,
): { readonly name?: string; readonly madeBy?: string } | undefined {
  const folders = [...new Set(instance.endpoints.flatMap(({ address }) => (address.kind === "unix" ? [folderOf(address.path)] : [])))];
  const [folder] = folders;
  if (folder === undefined) return {};
  const name = /^\/run\/([\w-]+)$/.exec(folder)?.[1];
  const others = stack.instances.filter((one) => one !== instance).flatMap((one) => one.endpoints);
  if (
    folders.length > 1 ||
    name === undefined ||
    others.some(({ address }) => address.kind === "unix" && folderOf(address.path) === folder)
  )
    return undefined;
  if (stack.starters.some((starter) => starter.makes.some(({ value }) => value === folder))) return undefined;
  const [made, more] = stack.folders.filter((one) => one.path === folder);
  // Made by a file that makes nothing else, for the same user.
  const lines = (stack.workspace.get(made?.at.uri ?? "")?.text ?? "").split("\n").filter((line) => /^\s*[^#\s]/.test(line));
  const isOurs = made && !more && lines.length === 1 && made.owner === user && made.group === group;
  return isOurs ? { name, madeBy: made.at.uri } : undefined;
}
