/** Everything about an option, as Markdown: the words people wrote and the facts the sources tell. */

import { debianPackage } from "../../facts/debian";
import { documentationUrl, type Note, type Notes } from "../../facts/notes";
import { type Option, options } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { block, code, list, paragraphs } from "../markdown";
import { combineWords, otherNames, typeWords } from "./type-words";

export function optionText(option: Option, notes: Notes): string {
  const note = notes.options.get(option.name);
  return paragraphs(
    headline(option),
    note?.summary,
    note?.text ?? mainText(option, notes),
    valuesText(option, note),
    factsText(option, note),
    note?.example === undefined ? undefined : block("ini", note.example),
    note?.related?.length ? t`See also ${list(note.related)}` : undefined,
    note?.link === undefined ? undefined : t`[uWSGI documentation](${documentationUrl(note.link)})`,
  );
}

export function headline(option: Option): string {
  return [`**${option.name}**`, typeWords(option), combineWords(option)].filter((part) => part).join(" · ");
}

/** An alias without a text of its own borrows that of the main name. */
function mainText(option: Option, notes: Notes): string | undefined {
  if (option.aliasOf === undefined || option.type === "route") return undefined;
  const main = notes.options.get(option.aliasOf);
  return main && paragraphs(notes.options.has(option.name) ? undefined : main.summary, main.text);
}

function valuesText(option: Option, note: Note | undefined): string | undefined {
  if (note?.values?.length) return note.values.map((one) => `- ${code(one.value)}: ${one.meaning}`).join("\n");
  return option.allowed?.length ? t`One of ${list(option.allowed)}.` : undefined;
}

function factsText(option: Option, note: Note | undefined): string | undefined {
  const lines: string[] = [];
  const say = (words: string | undefined): void => {
    if (words) lines.push(`- ${words}`);
  };
  say(note?.default && t`Default: ${code(note.default.value)}`);
  say(limits(note));
  const implied = [...new Set([...(option.implies ?? []), ...(note?.implies ?? [])])].filter((name) => name !== option.name);
  say(implied.length > 0 ? t`Turns on ${list(implied)}` : undefined);
  say(note?.requires?.length ? t`Needs ${note.requires.join(", ")}` : undefined);
  say(note?.conflicts?.length ? t`Not together with ${list(note.conflicts)}` : undefined);
  say(pluginWords(option.plugin));
  const names = [...(option.short ? [`-${option.short}`] : []), ...otherNames(option, options())];
  say(names.length > 0 ? t`Other names: ${list(names)}` : undefined);
  say(sinceWords(option));
  say(option.fatalWhen && t`uWSGI refuses to start: ${option.fatalWhen}`);
  return lines.length > 0 ? lines.join("\n") : undefined;
}

function limits(note: Note | undefined): string | undefined {
  if (note?.min !== undefined && note.max !== undefined) return t`From ${note.min} to ${note.max}`;
  if (note?.min !== undefined && note.min !== 0) return t`At least ${note.min}`;
  return note?.max === undefined ? undefined : t`At most ${note.max}`;
}

export function pluginWords(plugin: string): string | undefined {
  if (plugin === "core") return undefined;
  const from = debianPackage(plugin);
  return t`Plugin ${code(plugin)}` + (from ? ` (Debian: ${code(from)})` : "");
}

function sinceWords(option: Option): string | undefined {
  if (option.since === "2.1-dev" || !option.versions.includes("2.0.30")) return t`Only in the development version 2.1`;
  return option.since === "2.0" ? undefined : t`Since uWSGI ${option.since}`;
}
