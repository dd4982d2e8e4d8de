/** What uWSGI offers: its options and what can be named in their values. Read from generated data, see scripts/facts-uwsgi.mjs. */

import registryData from "../../data/registries.json";
import optionData from "../../data/uwsgi.json";
import { once } from "./once";

export type Option = {
  readonly name: string;
  /** The letter on the command line. */
  readonly short?: string;
  readonly arg: "required" | "none" | "optional";
  /** What the callback does with the value: `bool`, `int`, `socket-bind-list`, `route` … */
  readonly type: string;
  /** What a plain string means: `file`, `dir`, `socket-connect`, `keyval` … */
  readonly subtype?: string;
  readonly callback: string;
  /** `last`: the last one wins; `list`: all are kept. Neither for actions and logic. */
  readonly combine?: "last" | "list";
  /** Run while the configuration is read, so its value is never expanded. */
  readonly immediate?: boolean;
  /** What naming the option turns on, whatever its value: `master`, `threads` … */
  readonly implies?: readonly string[];
  /** `core` or the plugin that brings it. */
  readonly plugin: string;
  /** Where upstream defines it: file and line. */
  readonly source: string;
  /** The condition of the build. */
  readonly condition?: string;
  readonly versions: readonly string[];
  /** First release of the 2.0 line that has it, or `2.1-dev`. */
  readonly since: string;
  readonly aliasOf?: string;
  readonly valueNote?: string;
  readonly fatalWhen?: string;
  readonly unit?: string;
  readonly allowed?: readonly string[];
  readonly deprecated?: string;
  /** What another version declares differently. */
  readonly differsIn?: Readonly<Record<string, { readonly arg?: string; readonly callback?: string; readonly target?: string }>>;
};

/** A name that a value may hold: a router, a logger, a protocol … */
export type Registered = { readonly name: string; readonly plugin: string; readonly source: string; readonly versions: readonly string[] };

/** The keys of a `key=value,…` list, by the function that reads it. */
export type KeyList = {
  readonly name: string;
  readonly plugin: string;
  readonly source: string;
  readonly listSep: string;
  readonly kvSep: string;
  readonly keys: Readonly<Record<string, readonly string[]>>;
};

export type RegistryKind =
  | "alarm"
  | "cheaper_algo"
  | "configurator"
  | "exception_handler"
  | "hook"
  | "imperial_monitor"
  | "log_encoder"
  | "logchunk"
  | "logger"
  | "loop"
  | "metric_collector"
  | "protocol"
  | "route_condition"
  | "route_var"
  | "router"
  | "scheme"
  | "stats_pusher";

// The shape of both files is made by the script and held by a test. They are large, and not looked into before somebody asks.
const registries = registryData as {
  readonly kinds: Readonly<Record<RegistryKind, readonly Registered[]>>;
  readonly keyval: readonly KeyList[];
};

const declaredAt = ({ source }: Option): number => Number(source.slice(source.lastIndexOf(":") + 1));
const catalogue = once(() => {
  const all = (optionData as { options: readonly Option[] }).options;
  const lettered = all.filter((option) => option.short !== undefined).sort((a, b) => declaredAt(b) - declaredAt(a));
  return {
    all,
    byName: new Map(all.map((option) => [option.name, option])),
    byLetter: new Map(lettered.map((option) => [option.short, option])),
  };
});
const lists = once(() => new Map(registries.keyval.map((list) => [list.name, list])));

/** An option by its exact name in any version; undefined for what uWSGI takes for a placeholder. */
export const optionOf = (name: string): Option | undefined => catalogue().byName.get(name);

/** The options with a letter, on the command line: the first one declared has it (`-p` is processes, not workers). */
export const optionOfLetter = (letter: string): Option | undefined => catalogue().byLetter.get(letter);

export const options = (): readonly Option[] => catalogue().all;

export const registry = (kind: RegistryKind): readonly Registered[] => registries.kinds[kind];

/** The keys that a function of uWSGI takes from a `key=value,…` list. */
export const keyList = (reader: string): KeyList | undefined => lists().get(reader);

/** Whether a version has the option. Later releases of a line are taken for the last one known. */
export function isIn(fact: { readonly versions: readonly string[]; readonly since?: string }, version: string): boolean {
  if (version.startsWith("2.1")) return fact.versions.includes("2.1-dev");
  if (!fact.versions.includes("2.0.30")) return false;
  return fact.since === undefined || (fact.since !== "2.1-dev" && compare(fact.since, version) <= 0);
}

/** There are few versions, and thousands of options are asked about each. */
const numbers = new Map<string, readonly number[]>();

function numbersOf(version: string): readonly number[] {
  const known = numbers.get(version) ?? version.split(".").map((part) => Number.parseInt(part, 10) || 0);
  numbers.set(version, known);
  return known;
}

/** Orders `2.0.9` before `2.0.17.1`. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  const left = numbersOf(a);
  const right = numbersOf(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference) return difference;
  }
  return 0;
}
