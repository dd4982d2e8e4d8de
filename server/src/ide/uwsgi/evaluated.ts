/** What the text of a file becomes when uWSGI runs it, in every process that reads the file. */
import type { Document } from "../../model/document";
import type { Instance } from "../../stack/instance";
import { stackOf } from "../../stack/stack";
import type { Directive } from "../../syntax/tree";
import type { Effective, Setting } from "../../workspace/effective";
import { fileLetters, startLetters } from "../../workspace/evaluation/letters";
import { machinePathOf, UNKNOWN_FOLDER } from "../../workspace/machine";
import type { Workspace } from "../../workspace/workspace";

/** The settings an option of the text was stored as. None where no process reads it; several in a loop. */
export function settingsOf(
  workspace: Workspace,
  document: Document,
  directive: Directive,
): readonly { readonly instance: Instance; readonly setting: Setting }[] {
  const found = [];
  for (const instance of stackOf(workspace).instancesOf(document.uri))
    for (const setting of byStart(instance.effective).get(directive.span.start) ?? [])
      if (setting.origin?.uri === document.uri && setting.origin.span.end === directive.span.end) found.push({ instance, setting });
  return found;
}

const places = new WeakMap<Effective, ReadonlyMap<number | undefined, readonly Setting[]>>();

/** Settings by where they are written, whatever the file: one question after another is about the same process. */
function byStart(effective: Effective): ReadonlyMap<number | undefined, readonly Setting[]> {
  const known = places.get(effective) ?? Map.groupBy(effective.settings, ({ origin }) => origin?.span.start);
  places.set(effective, known);
  return known;
}

/** The first setting of a name: what `%(name)` stands for. One for each process. */
export function definitionsOf(workspace: Workspace, document: Document, name: string): readonly Setting[] {
  return stackOf(workspace)
    .instancesOf(document.uri)
    .flatMap((instance) => instance.effective.settings.find((setting) => setting.key === name && !setting.direct) ?? []);
}

export const isKnownValue = (setting: Setting): boolean => setting.holes.length === 0 && setting.certain;

/** A value for a person: a folder that is not known is an ellipsis. */
export const shownValue = (setting: Setting): string => setting.value.replaceAll(UNKNOWN_FOLDER, "…");

export function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** What a magic letter stands for in a file. Nothing when it is not known, or differs between processes. */
export function letterValue(workspace: Workspace, document: Document, letter: string): string | undefined {
  const firsts = distinct(
    stackOf(workspace)
      .instancesOf(document.uri)
      .map((instance) => instance.uri),
  );
  const values = (firsts.length > 0 ? firsts : [document.uri]).map((first) => valueIn(workspace, document.uri, first, letter));
  const [value] = values;
  return value !== undefined && values.every((one) => one === value) && !value.includes(UNKNOWN_FOLDER) ? value : undefined;
}

function valueIn(workspace: Workspace, uri: string, first: string, letter: string): string | undefined {
  const version = workspace.target.uwsgiVersion ?? "2.0.30";
  const letters = startLetters({ read: () => undefined, kind: () => undefined, list: () => undefined, env: () => undefined }, version);
  for (const file of first === uri ? [uri] : [first, uri]) {
    const path = machinePathOf(workspace, file);
    const isUnknown = path.startsWith(UNKNOWN_FOLDER);
    const name = { given: path, section: "", full: isUnknown ? undefined : path, inode: undefined, isUrl: false, bytes: false };
    fileLetters(
      letters,
      { read: () => undefined, kind: () => undefined, list: () => undefined, env: () => undefined },
      name,
      file === first,
    );
  }
  // The section and the argument as given depend on who starts it.
  return "xXoO".includes(letter) ? undefined : (letters.table.get(letter) ?? undefined);
}
