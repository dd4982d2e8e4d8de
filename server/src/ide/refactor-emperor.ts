/**
 * "Put under the emperor": an application that a systemd unit starts, or nothing known, becomes a vassal. Its file moves into the emperor's
 * folder, what the unit gave it is written into the file, the unit goes. Offered only where uWSGI then makes the very same of the file.
 */

import { optionOf } from "../facts/uwsgi";
import type { Document } from "../model/document";
import { inFile, insertLine } from "../rules/edits";
import type { FileEdit } from "../rules/rule";
import { isRoot } from "../stack/access";
import { show } from "../stack/address";
import type { Starter } from "../stack/deploy";
import { readUnit } from "../stack/deploy/unit-lines";
import type { Endpoint } from "../stack/endpoint";
import { FILE_OPTIONS, type Instance } from "../stack/instance";
import { type Stack, stackOf } from "../stack/stack";
import { t } from "../text/l10n";
import { applyEdits, overlaps, type Span } from "../text/span";
import { baseName, folderOf, pathOf, withPath } from "../text/uri";
import { machinePath } from "../workspace/paths";
import { Workspace } from "../workspace/workspace";
import type { Action } from "./actions";
import { runsAs } from "./topology-words";
import { isPath } from "./uwsgi/type-words";

export function underEmperor(stack: Stack, document: Document, at: Span): Action | undefined {
  const instance = applicationAt(stack, document, at);
  const emperor = onlyEmperor(stack);
  const folder = emperor && folderUri(stack, emperor);
  if (!instance || !emperor || folder === undefined || !isMovable(stack, instance)) return undefined;
  const { starter } = instance.start;
  const added = linesFor(stack, instance, emperor);
  const from = instance.uri;
  const to = withPath(folder, `${pathOf(folder)}/${vassalName(instance)}`);
  if (!added || stack.workspace.exists(to)) return undefined;
  const header = instance.document.tree.directives.find((one) => one.body && one.name.text === "uwsgi");
  if (!header) return undefined;
  const edit = added.length > 0 ? [inFile(from, insertLine(instance.document, header.name.span, added.join("\n")))] : [];
  const beside = [...emperor.inputs.values()].filter((input) => input !== undefined);
  const text = applyEdits(instance.document.text, edit[0]?.edits ?? []);
  const vassal = makesTheSame(stack, instance, { to, text, beside }, { added });
  if (vassal?.start.emperor?.uri !== emperor.uri) return undefined;
  const folders = starter ? foldersLeft(stack, starter, folder, emperor) : [];
  return (
    folders && {
      title: t`Put under the emperor of ${baseName(emperor.document.path)}`,
      kind: "refactor",
      edits: [...edit, ...folders],
      moves: [{ from, to }],
      deletes: starter ? [starter.uri] : [],
    }
  );
}

/** The process whose file's header, whose socket or whose command in a unit is touched. */
export function applicationAt(stack: Stack, document: Document, at: Span): Instance | undefined {
  if (document.language === "systemd")
    return only(stack.startedBy(document.uri).filter(({ start }) => start.command && overlaps(start.command.at.span, at)));
  const instance = only(stack.instancesOf(document.uri));
  if (instance?.uri !== document.uri) return undefined;
  const touched = [
    ...document.tree.directives.filter((one) => one.body).map((one) => one.name.span),
    ...instance.endpoints.flatMap(({ setting: { origin } }) => (origin?.uri === document.uri ? [origin.span] : [])),
  ];
  return touched.some((span) => overlaps(span, at)) ? instance : undefined;
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

function onlyEmperor(stack: Stack): Instance | undefined {
  const emperor = only(stack.emperors);
  // Under a tyrant the owner of the file decides, and no edit can give it away.
  const isPlain = emperor?.start.certain && !emperor.start.emperor && emperor.all("emperor-tyrant").length === 0;
  return emperor && isPlain && emperor.all("emperor").length === 1 && stack.hosts.ofInstance(emperor).length === 0 ? emperor : undefined;
}

/** Where the emperor looks, as a folder of the workspace. */
function folderUri(stack: Stack, emperor: Instance): string | undefined {
  const folder = machinePath((emperor.text("emperor") ?? "").replace(/\/[^/]*[*?[][^/]*$/, ""));
  const deployed = stack.workspace.paths.deployed(emperor.uri);
  if (!/^\/[\w./-]+$/.test(folder)) return undefined;
  if (deployed !== undefined && emperor.document.path.endsWith(deployed))
    return withPath(emperor.uri, emperor.document.path.slice(0, -deployed.length) + folder);
  const [vassal] = stack.vassalsOf(emperor);
  return vassal && withPath(vassal.uri, folderOf(vassal.document.path));
}

function vassalName({ document }: Instance): string {
  const name = baseName(document.path);
  return name === "uwsgi.ini" ? `${baseName(folderOf(document.path)) || "app"}.ini` : name;
}

/** What a unit may say without the application losing something by its going. */
const REPLACED =
  /^(?:Type|NotifyAccess|ExecStart|ExecReload|User|Group|WorkingDirectory|RuntimeDirectory(?:Mode)?|Kill(?:Signal|Mode)|Restart(?:Sec)?|Timeout(?:Start|Stop)?Sec|Standard(?:Output|Error)|SyslogIdentifier)$/;
/** Options whose relative paths are looked for after `chdir`. */
const AFTER_CHDIR: ReadonlySet<string> = new Set(["wsgi-file", "file", "module", "pythonpath", "python-path", "pp"]);

export function dependsOnFolder(key: string, value: string): boolean {
  const option = optionOf(key);
  const isPlace = isPath(option) || (option?.subtype === "log-destination" && !/^(?:\w+:|:)/.test(value));
  return isPlace && !value.startsWith("/") && !AFTER_CHDIR.has(key) && !FILE_OPTIONS.has(key);
}

function isMovable(stack: Stack, instance: Instance): boolean {
  const { document, start, effective } = instance;
  const { starter, command } = start;
  if (document.format !== "ini" || instance.isEmperor || instance.isVassal || start.debian || (start.section ?? "uwsgi") !== "uwsgi")
    return false;
  if (!start.certain || !effective.complete || effective.stopped || stack.instancesOf(instance.uri).length !== 1) return false;
  if (stack.hosts.ofInstance(instance).length > 0 || instance.all("daemonize").length > 0) return false;
  if (effective.settings.some(({ key, value }) => dependsOnFolder(key, value))) return false;
  if (!starter) return startsAsRoot(stack, instance);
  return command !== undefined && command.args.length === 1 && isUnitForThisOnly(stack, starter);
}

/** Who starts it is not known, but the file fits root, as whom the emperor will start it, and nothing else. */
function startsAsRoot(stack: Stack, instance: Instance): boolean {
  const made = new Set(stack.folders.map(({ path }) => machinePath(path)));
  const isMade = ({ address }: Endpoint): boolean => address.kind !== "unix" || made.has(folderOf(address.path));
  const owned = instance.endpoints.every(({ address }) => address.kind !== "unix") || instance.all("chown-socket").length > 0;
  return instance.all("uid").length > 0 && instance.all("gid").length > 0 && owned && instance.endpoints.every(isMade);
}

function isUnitForThisOnly(stack: Stack, starter: Starter): boolean {
  const unit = stack.workspace.get(starter.uri);
  if (!unit || starter.kind !== "systemd" || !/^[^@]+\.service$/.test(starter.name) || baseName(unit.path) !== starter.name) return false;
  if (starter.commands.length !== 1 || starter.scripts.length > 0 || stack.starters.some((other) => other.activates === starter.name))
    return false;
  // A drop-in, or a second file of the name, would say more.
  if (stack.starters.filter((other) => other.name === starter.name).length !== 1) return false;
  return readUnit(unit.text).entries.every(({ section, key }) => section !== "Service" || REPLACED.test(key));
}

/** Lines that give the vassal what the unit gave it; undefined where the emperor cannot. */
function linesFor(stack: Stack, instance: Instance, emperor: Instance): readonly string[] | undefined {
  const { starter } = instance.start;
  const lines: string[] = [];
  const user = starter?.user?.value;
  const above = runsAs(stack, emperor);
  if (!starter && isRoot(above) === "no") return undefined;
  if (user !== undefined) {
    if (!/^[a-z_][\w-]*$/.test(user) || !/^(?:[a-z_][\w-]*)?$/.test(starter?.group?.value ?? "")) return undefined;
    const group = starter?.group?.value ?? user;
    if (isRoot(above) === "no") {
      if (above.user !== user) return undefined;
    } else if (user !== "root") {
      if (["uid", "gid", "chown-socket"].some((key) => instance.all(key).length > 0)) return undefined;
      lines.push(`uid = ${user}`, `gid = ${group}`);
      // The socket is made by root now, and was the user's before.
      if (instance.endpoints.some(({ address }) => address.kind === "unix")) lines.push(`chown-socket = ${user}:${group}`);
    }
  } else if (starter?.group) return undefined;
  const [chdir] = instance.all("chdir");
  if (chdir) return chdir.value.startsWith("/") ? lines : undefined;
  return instance.cwd === undefined ? undefined : [...lines, `chdir = ${instance.cwd}`];
}

type Moved = {
  readonly to: string;
  readonly text: string;
  /** Files that start it, or stand around what does. */
  readonly beside: readonly Pick<Document, "uri" | "text" | "language">[];
};
type Difference = { readonly added?: readonly string[]; readonly removed?: readonly string[] };

/** The process that the moved file makes, if uWSGI reads the same there but for some lines. */
export function makesTheSame(
  stack: Stack,
  before: Instance,
  { to, text, beside }: Moved,
  { added = [], removed = [] }: Difference,
): Instance | undefined {
  const workspace = new Workspace(stack.workspace.roots);
  workspace.target = stack.workspace.target;
  const inputs = [...before.inputs.values()].filter((input) => input !== undefined);
  for (const { uri, text, language } of [...beside, ...inputs]) if (uri !== before.uri) workspace.set(uri, text, { language });
  workspace.set(to, text, { language: "uwsgi" });
  const after = only(stackOf(workspace).startedFrom(to));
  const listed = (instance: Instance, without: readonly string[]): string =>
    instance.effective.settings
      .filter(({ key }) => !FILE_OPTIONS.has(key))
      .map(({ key, value }) => `${key} = ${value}`)
      .filter((line) => !without.includes(line))
      .join("\n");
  const sockets = (instance: Instance): string => instance.endpoints.map(({ address }) => show(address)).join(" ");
  return after && listed(after, added) === listed(before, removed) && sockets(after) === sockets(before) ? after : undefined;
}

/** Folders that the unit made: tmpfiles.d makes them from now on. */
function foldersLeft(stack: Stack, starter: Starter, vassals: string, emperor: Instance): readonly FileEdit[] | undefined {
  const left = starter.makes.filter(({ value }) => !stack.folders.some((made) => machinePath(made.path) === machinePath(value)));
  if (left.length === 0) return [];
  const deployed = stack.workspace.paths.deployed(emperor.uri);
  const path = emperor.document.path;
  const name = starter.name.replace(/\.service$/, ".conf");
  const uri =
    deployed !== undefined && path.endsWith(deployed)
      ? withPath(vassals, `${path.slice(0, -deployed.length)}/etc/tmpfiles.d/${name}`)
      : withPath(vassals, `${folderOf(folderOf(pathOf(vassals)))}/tmpfiles-${name}`);
  const lines = left.map(
    ({ value, mode, owner, group }) => `d ${value} ${mode ?? "0755"} ${owner ?? "root"} ${group ?? owner ?? "root"} -\n`,
  );
  if (stack.workspace.exists(uri)) return undefined;
  return [inFile(uri, { span: { start: 0, end: 0 }, text: `# /run is empty after every boot.\n${lines.join("")}` })];
}
