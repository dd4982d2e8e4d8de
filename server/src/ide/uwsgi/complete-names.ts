/** Names of options, the ones that matter here first: what people use most, what the kind of file is for, what is not set yet. */

import type { Notes } from "../../facts/notes";
import { type Option, optionOf, options } from "../../facts/uwsgi";
import { isOffered } from "../../facts/uwsgi-build";
import { uwsgiVersionOf } from "../../workspace/target";
import type { Completion } from "../completion";
import { code } from "../markdown";
import type { At } from "../place";
import type { Line } from "./line";
import { isSwitch, ownWords, typeWords } from "./type-words";

/** By how often they stand in 204 public configurations. */
const COMMON: ReadonlyMap<string, number> = new Map(
  "master socket processes chdir module chmod-socket vacuum uid env gid threads enable-threads home buffer-size pidfile wsgi-file die-on-term ini max-requests harakiri http static-map virtualenv logto logger callable attach-daemon single-interpreter disable-logging workers daemonize need-app plugin thunder-lock http-socket lazy-apps plugins chown-socket touch-reload stats memory-report reload-on-rss strict pythonpath cheaper mount post-buffering"
    .split(" ")
    .map((name, index) => [name, index]),
);
const EMPEROR = /^(?:emperor|vassal)/;
const GROUP = { common: 0, place: 100, core: 200, plugin: 300, set: 400 } as const;

export function completeNames(at: At, line: Extract<Line, { part: "name" }>, notes: Notes): readonly Completion[] {
  const { workspace, document } = at;
  const version = uwsgiVersionOf(workspace.target);
  const build = workspace.target.uwsgiOptions;
  // The process itself is not asked: after each key it would have to be evaluated first.
  const isEmperor = (document.text.includes("emperor") && document.named("emperor").length > 0) || /emperor/.test(document.path);
  const written = namesWritten(at, line);
  const rank = (option: Option): number => {
    const main = option.aliasOf ?? option.name;
    if (written.has(main) && option.combine === "last") return GROUP.set;
    if (EMPEROR.test(option.name) === isEmperor && isEmperor) return GROUP.common;
    const common = COMMON.get(option.name);
    if (common !== undefined && !EMPEROR.test(option.name)) return (isEmperor ? GROUP.place : GROUP.common) + common;
    return option.plugin === "core" ? GROUP.core : GROUP.plugin;
  };
  const end = line.hasValue ? undefined : ENDINGS[document.format];
  const items: Completion[] = [];
  for (const option of options()) {
    if (!isOffered(option, version, build)) continue;
    const { name } = option;
    const insert = end?.(name, isSwitch(option));
    items.push({
      label: name,
      kind: "option",
      detail: typeWords(option),
      ...(insert === undefined ? {} : { insert }),
      rank: rank(option),
      about: `option ${name}`,
    });
  }
  for (const [label, words] of Object.entries(build?.own ?? {}))
    if (!optionOf(label)) items.push({ label, kind: "option", rank: GROUP.core, detail: ownWords(), about: `says ${code(words)}` });
  for (const [label, meaning] of Object.entries(notes.language.logic))
    if (!options().some((option) => option.name === label) && label !== "else")
      items.push({ label, kind: "keyword", rank: GROUP.core, about: `says ${meaning}` });
  return items;
}

/** A switch is turned on: that is why one writes it. */
const ENDINGS: Readonly<Partial<Record<"ini" | "yaml" | "json" | "xml", (name: string, isSwitch: boolean) => string>>> = {
  ini: (name, isSwitch) => (isSwitch ? `${name} = true` : `${name} = `),
  yaml: (name, isSwitch) => (isSwitch ? `${name}: true` : `${name}: `),
};

/** Main names of what the section holds already, but for the line being typed. */
function namesWritten({ document, offset }: At, line: Extract<Line, { part: "name" }>): ReadonlySet<string> {
  const section = document.tree.directives.findLast((directive) => directive.body && directive.span.start <= offset);
  const aliases = aliasMap();
  return new Set(
    (section?.body ?? [])
      .filter((one) => one.name.span.start !== line.span.start)
      .map((one) => aliases.get(one.name.text) ?? one.name.text),
  );
}

let aliases: ReadonlyMap<string, string> | undefined;
function aliasMap(): ReadonlyMap<string, string> {
  aliases ??= new Map(options().flatMap((option) => (option.aliasOf ? [[option.name, option.aliasOf] as const] : [])));
  return aliases;
}
