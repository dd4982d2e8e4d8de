/** Places below /run where uWSGI may bind a socket and nginx may reach it, as far as is known. */

import type { Answer } from "../stack/access";
import { directoriesOf, socketSetup, workerOf } from "../stack/access-setup";
import type { Endpoint } from "../stack/endpoint";
import { bind, permission } from "../stack/permission";
import type { Stack } from "../stack/stack";
import { t } from "../text/l10n";
import { machinePath } from "../workspace/paths";
import { inFile, insertLine, replace, suggest } from "./edits";
import { setOption } from "./option-edits";
import type { FileEdit, Fix } from "./rule";

const at = (stack: Stack, endpoint: Endpoint, path: string) => ({
  ...socketSetup(stack, endpoint),
  directories: directoriesOf(stack, { kind: "unix", path: machinePath(path), relative: false }, endpoint.instance),
});

/** Whether the process of this listener may bind a path. */
export const mayBind = (stack: Stack, endpoint: Endpoint, path: string): Answer => bind(at(stack, endpoint, path)).binds;

/** Whether nginx and uWSGI would meet there. */
export const mayMeet = (stack: Stack, endpoint: Endpoint, path: string): Answer =>
  permission(at(stack, endpoint, path), workerOf(stack).who).connects;

/** The edits that move a socket: uWSGI's option and every address nginx connects to. */
export function movedTo(
  stack: Stack,
  endpoint: Endpoint,
  path: string,
  links = stack.linksTo(endpoint),
): readonly (FileEdit | undefined)[] {
  const passes = new Map(
    links
      .filter(({ connection }) => connection.document.text.slice(connection.span.start, connection.span.end) !== `unix:${path}`)
      .map(({ connection }) => [`${connection.document.uri}:${connection.span.start}`, connection]),
  );
  return [
    setOption(stack.workspace, endpoint.setting, endpoint.setting, endpoint.option, path),
    ...[...passes.values()].map((connection) => inFile(connection.document.uri, replace(connection.span, `unix:${path}`))),
  ];
}

/** Moves a socket to a folder that both may use; if none is known, to one that the unit makes. */
export function moveBelowRun(stack: Stack, endpoint: Endpoint, file: string, links = stack.linksTo(endpoint)): Fix | undefined {
  const { starter } = endpoint.instance.start;
  const made = [
    ...(starter?.makes ?? []).map((one) => one.value),
    ...stack.folders.map((one) => one.path),
    ...(stack.workspace.target.paths ?? []).filter((one) => one.type === "dir").map((one) => one.path),
  ];
  const folders = [...new Set([...made.map(machinePath).filter((path) => /^\/run\/(?!lock)[\w.-]+$/.test(path)), "/run/uwsgi"])];
  const own = endpoint.address.kind === "unix" ? endpoint.address.path : "";
  const paths = folders.map((folder) => `${folder}/${file}`).filter((path) => path !== own);
  const sure = paths.find((path) => mayMeet(stack, endpoint, path) === "yes");
  if (sure !== undefined) return suggest(t`Move the socket to ${sure}`, ...movedTo(stack, endpoint, sure, links));
  const unit = runtimeFolder(stack, endpoint, file, links);
  if (unit) return unit;
  const likely = paths.find((path) => mayMeet(stack, endpoint, path) === "unknown");
  return likely === undefined ? undefined : suggest(t`Move the socket to ${likely}`, ...movedTo(stack, endpoint, likely, links));
}

/** A folder below /run that systemd makes for the unit, and the socket in it. */
export function runtimeFolder(stack: Stack, endpoint: Endpoint, file: string, links = stack.linksTo(endpoint)): Fix | undefined {
  const { instance } = endpoint;
  const { starter, command } = instance.start;
  const unit = starter?.kind === "systemd" ? stack.workspace.get(starter.uri) : undefined;
  const name = file.replace(/\.[^.]*$/, "");
  if (!starter || !unit || starter.makes.some((one) => machinePath(one.value) === `/run/${name}`)) return undefined;
  const who = starter.user === undefined ? instance.text("uid") : undefined;
  const lines = `RuntimeDirectory=${name}${who ? `\nExecStartPre=/bin/chown ${who}:${instance.text("gid") ?? who} /run/${name}` : ""}`;
  const path = `/run/${name}/${file}`;
  const place = (command?.at ?? starter.at).span;
  return suggest(
    t`RuntimeDirectory=${name} in the unit, socket in ${path}`,
    inFile(unit.uri, insertLine(unit, place, lines)),
    ...movedTo(stack, endpoint, path, links),
  );
}
