/** Changes of the deployment at the cursor that are no mending: from TCP to a UNIX socket and back, letting nginx in, under an emperor and back. */

import type { Document } from "../model/document";
import { inFile, insertLine, lineSpan, replace } from "../rules/edits";
import { mayMeet, movedTo } from "../rules/meeting-place";
import { setOption } from "../rules/option-edits";
import type { FileEdit } from "../rules/rule";
import { isRoot } from "../stack/access";
import { isTyrant, startIdentity, workerOf } from "../stack/access-setup";
import { isLoopback } from "../stack/address";
import { type Endpoint, isAppSocket } from "../stack/endpoint";
import { type Stack, stackOf } from "../stack/stack";
import { t } from "../text/l10n";
import { type Edit, overlaps, type Span } from "../text/span";
import { baseName, folderOf, withPath } from "../text/uri";
import type { Setting } from "../workspace/effective";
import { machinePath } from "../workspace/paths";
import type { Workspace } from "../workspace/workspace";
import type { Action } from "./actions";
import { freePort } from "./create";
import { underEmperor } from "./refactor-emperor";
import { ownService } from "./refactor-service";
import { runsAs } from "./topology-words";

const SOCKETS = "/run/uwsgi";

export function refactorings(workspace: Workspace, document: Document, at: Span): readonly Action[] {
  const stack = stackOf(workspace);
  const all = endpointsAt(stack, document, at).flatMap((endpoint) => [
    toUnix(stack, endpoint),
    toTcp(stack, endpoint),
    letIn(stack, endpoint),
  ]);
  return [...all, underEmperor(stack, document, at), ownService(stack, document, at)].filter((action) => action !== undefined);
}

/** Listeners written here, or reached from here, that stand for one process on this machine and nothing else. */
function endpointsAt(stack: Stack, document: Document, at: Span): readonly Endpoint[] {
  const own = stack
    .instancesOf(document.uri)
    .flatMap((instance) =>
      instance.endpoints.filter(({ setting }) => setting.origin?.uri === document.uri && overlaps(setting.origin.span, at)),
    );
  const reached = stack
    .linksOf(document.uri)
    .flatMap(({ connection, reached }) =>
      connection.document === document && overlaps(connection.span, at) ? reached.map((one) => one.endpoint) : [],
    );
  return [...new Set([...own, ...reached])].filter(
    (endpoint) =>
      isAppSocket(endpoint.option) &&
      endpoint.protocol === "uwsgi" &&
      isPlain(endpoint.setting) &&
      stack.instancesOf(endpoint.setting.origin?.uri ?? "").length === 1 &&
      stack.hosts.ofInstance(endpoint.instance).length === 0 &&
      stack.linksTo(endpoint).length > 0 &&
      stack.linksTo(endpoint).every((link) => link.connection.pass.protocol === "uwsgi"),
  );
}

const isPlain = (setting: Setting): boolean =>
  setting.holes.length === 0 && setting.from.length === 0 && setting.certain && setting.raw === setting.value;

function toUnix(stack: Stack, endpoint: Endpoint): Action | undefined {
  const { address } = endpoint;
  if (address.kind !== "tcp" || !(isLoopback(address.host) || address.host === "")) return undefined;
  const path = `${SOCKETS}/${nameOf(endpoint)}.sock`;
  return refactor(t`Move to a unix socket`, [...movedTo(stack, endpoint, path), ...rights(stack, endpoint), ...folder(stack, endpoint)]);
}

function toTcp(stack: Stack, endpoint: Endpoint): Action | undefined {
  const { instance, address, setting, option } = endpoint;
  const document = stack.workspace.get(setting.origin?.uri ?? "");
  if (address.kind !== "unix" || !document) return undefined;
  const target = `127.0.0.1:${freePort(stack)}`;
  const passes = new Map(
    stack.linksTo(endpoint).map(({ connection }) => [`${connection.document.uri}:${connection.span.start}`, connection]),
  );
  // Mode and owner mean nothing for TCP.
  const meaningless = ["chmod-socket", "chown-socket"]
    .flatMap((key) => instance.all(key))
    .flatMap(({ origin }) => (origin?.uri === document.uri ? [replace(lineSpan(document, origin.span), "")] : []));
  const hasOthers = instance.endpoints.some((other) => other !== endpoint && other.address.kind === "unix");
  return refactor(t`Move to TCP on this machine`, [
    setOption(stack.workspace, setting, setting, option, target),
    ...(hasOthers || meaningless.length === 0 ? [] : [inFile(document.uri, ...meaningless)]),
    ...[...passes.values()].map((connection) => inFile(connection.document.uri, replace(connection.span, target))),
  ]);
}

function letIn(stack: Stack, endpoint: Endpoint): Action | undefined {
  if (endpoint.address.kind !== "unix" || mayMeet(stack, endpoint, endpoint.address.path) === "yes") return undefined;
  const edits = rights(stack, endpoint);
  return edits.length > 0 ? refactor(t`Give nginx access to the socket`, edits) : undefined;
}

/** Owner and mode of the socket: for nginx's group where root can give it away, else for everybody on the machine. */
function rights(stack: Stack, { instance, setting }: Endpoint): readonly (FileEdit | undefined)[] {
  const { who } = startIdentity(stack, instance);
  const nginx = workerOf(stack).who.user ?? "www-data";
  const user = runsAs(stack, instance).user;
  const gives = isRoot(who) === "yes" && !isTyrant(instance) && user !== undefined;
  const wanted: readonly (readonly [string, string])[] = gives
    ? [
        ["chown-socket", `${user}:${nginx}`],
        ["chmod-socket", "660"],
      ]
    : [["chmod-socket", "666"]];
  const edits: (FileEdit | undefined)[] = [];
  const added: string[] = [];
  for (const [key, value] of wanted) {
    const existing = instance.last(key);
    if (!existing) added.push(`${key} = ${value}`);
    else if (existing.value !== value) edits.push(setOption(stack.workspace, existing, existing, key, value));
  }
  const { origin } = setting;
  const document = stack.workspace.get(origin?.uri ?? "");
  if (added.length > 0 && origin)
    edits.push(document?.format === "ini" ? inFile(document.uri, insertLine(document, origin.span, added.join("\n"))) : undefined);
  return edits;
}

/** The folder of the sockets, where nobody is known to make it. */
function folder(stack: Stack, { instance }: Endpoint): readonly FileEdit[] {
  const made = [
    ...stack.folders.map((one) => one.path),
    ...stack.starters.flatMap((starter) => starter.makes.map((one) => one.value)),
    ...(stack.workspace.target.paths ?? []).map((one) => one.path),
  ];
  const file = "/etc/tmpfiles.d/uwsgi.conf";
  if (made.some((path) => machinePath(path) === SOCKETS)) return [];
  const deployed = stack.workspace.paths.deployed(instance.uri);
  const { path } = instance.document;
  const uri =
    deployed !== undefined && path.endsWith(deployed)
      ? withPath(instance.uri, path.slice(0, -deployed.length) + file)
      : withPath(instance.uri, `${folderOf(path)}/tmpfiles-uwsgi.conf`);
  const owner = isRoot(startIdentity(stack, instance).who) === "yes" ? "root" : (runsAs(stack, instance).user ?? "root");
  return stack.workspace.exists(uri)
    ? []
    : [
        inFile(uri, {
          span: { start: 0, end: 0 },
          text: `# The folder of the sockets: /run is empty after every boot.\nd ${SOCKETS} 0755 ${owner} ${owner} -\n`,
        }),
      ];
}

function nameOf({ instance }: Endpoint): string {
  const name = baseName(instance.document.path).replace(/\.[^.]*$/, "");
  return name === "uwsgi" ? baseName(folderOf(instance.document.path)) || name : name;
}

/** undefined when one of the edits could not be made. Edits of one file are one. */
function refactor(title: string, edits: readonly (FileEdit | undefined)[]): Action | undefined {
  const byFile = new Map<string, Edit[]>();
  for (const file of edits) {
    if (!file) return undefined;
    byFile.set(file.uri, [...(byFile.get(file.uri) ?? []), ...file.edits]);
  }
  return { title, kind: "refactor", edits: Array.from(byFile, ([uri, all]) => ({ uri, edits: all })) };
}
