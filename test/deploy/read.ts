import { Document } from "../../server/src/model/document";
import { languageOf } from "../../server/src/model/language";
import type { Deployment, Starter, UwsgiCommand } from "../../server/src/stack/deploy";
import { deploymentOf } from "../../server/src/stack/deployment";

/** The file at a path of an imaginary project. */
export const file = (path: string, text: string): Document =>
  new Document(`file:///project/${path}`, text, languageOf(`/project/${path}`, text));

export const read = (path: string, text: string): Deployment => deploymentOf(file(path, text));

export function starter(path: string, text: string, name?: string): Starter {
  const { starters } = read(path, text);
  const found = name === undefined ? starters.at(-1) : starters.find((one) => one.name === name);
  if (!found) throw new Error(`no starter ${name ?? ""} among ${starters.map((one) => one.name)}`);
  return found;
}

/** `--ini x.ini` → `ini=x.ini`, what the file holds at its place behind it. */
export const args = (command: UwsgiCommand | undefined): readonly string[] =>
  (command?.args ?? []).map(({ name, value }) => `${name}=${value}`);

export const written = (text: string, command: UwsgiCommand | undefined): readonly (string | undefined)[] =>
  (command?.args ?? []).map(({ origin }) => origin && text.slice(origin.span.start, origin.span.end));
