/** What a uWSGI process has in its hands while it reads its configuration. */
import { optionOf } from "../../facts/uwsgi";
import { isOffered, isOwn } from "../../facts/uwsgi-build";
import type { Argument, EvaluationProblem, Machine, Origin } from "../effective";
import type { Letters } from "./letters";
import { hasHole, known, type Text, withHole } from "./text";

/** One stored option while it is being worked on. `value` is null for a command-line option without one. */
export type Entry = {
  readonly key: string;
  value: Text | null;
  readonly raw: string;
  readonly certain: boolean;
  readonly places: Places;
  readonly frame: Frame | undefined;
  readonly inherited: boolean;
  /** Its callback has run, or there is none to run: expansion leaves it alone. */
  configured: boolean;
  immediate: boolean;
  from: readonly { readonly name: string; readonly origin: Origin | undefined }[];
  /** Run by a declared option; `after` is the stored option at which it ran, undefined when that was while reading. */
  readonly direct?: { readonly after: Entry | undefined };
};

export type Places = { readonly option?: Origin | undefined; readonly key?: Origin | undefined; readonly value?: Origin | undefined };

/** A file being read, and the option that asked for it. */
export type Frame = {
  readonly path: string;
  readonly section: string;
  readonly at: Origin | undefined;
  readonly parent: Frame | undefined;
  readonly depth: number;
};

/** An option before it is stored. */
export type Written = { readonly key: string; readonly value: Text | null; readonly places: Places };

/** How often a line of a block is stored: with what in the place of `%(_)`. Not known: perhaps once. */
export type Turns = Iterable<{ readonly by: string | null | undefined }> | undefined;
export type Block = {
  readonly option: string;
  readonly argument: Text | null;
  readonly origin: Origin | undefined;
  turns(run: Run, block: Block): Turns;
};

/** What an option does the moment it is run. */
export type Callback = (run: Run, entry: Entry) => void;

export type Run = {
  readonly machine: Machine;
  readonly version: string;
  /** By the name of the option or of uWSGI's function behind it. */
  readonly callbacks: ReadonlyMap<string, Callback>;
  readonly entries: Entry[];
  readonly direct: Entry[];
  /** The first option of each name: the one that placeholders see. */
  readonly first: Map<string, Entry>;
  readonly problems: Map<string, EvaluationProblem>;
  readonly reads: Set<string>;
  readonly declared: Map<string, { readonly template: string; readonly origin: Origin | undefined }>;
  /** What `plugin` lines asked for; `found` is undefined when it is not known. */
  readonly plugins: { readonly name: string; readonly origin: Origin | undefined; readonly found: boolean | undefined }[];
  /** What options did to the environment. */
  readonly environment: Map<string, string | null | undefined>;
  /** False when options changed the environment in a way that is not known. */
  environmentKnown: boolean;
  /** False when a plugin was loaded whose name is not known. */
  embeddedKnown: boolean;
  readonly letters: Letters;
  readonly inject: { readonly before: string[]; readonly after: string[] };
  lastIni: string | undefined;
  frame: Frame | undefined;
  block: Block | undefined;
  /** A line of a block is being stored: nothing inside can open or close one. */
  inBody: boolean;
  /** False while the condition of the block is not known. */
  certain: boolean;
  inherited: boolean;
  /** The stored option whose callback runs, once reading is over. */
  running: Entry | undefined;
  strict: boolean;
  autoload: boolean;
  blacklist: string | undefined;
  whitelist: string | undefined;
  /** What `else` of version 2.1 goes by: the last line of an `if` was not taken. */
  failed: boolean | undefined;
  complete: boolean;
  stopped: boolean;
  /** Nothing more is read: uWSGI left, or a bound was reached. */
  over: boolean;
  sharedSockets: number;
  /** Options of the core that were asked for: no plugin changes that they are there. */
  readonly core: Set<string>;
  readonly legions: Set<string>;
  /** Texts that an option has cut short. */
  readonly cut: Set<Text>;
  files: number;
  bytes: number;
  /** How deep declared options run one another. */
  nesting: number;
};

export const BOUNDS = { options: 30_000, bytes: 32 << 20, files: 2_000, depth: 200 } as const;

export function report(
  run: Run,
  code: string,
  message: string,
  origin: Origin | undefined,
  more: { fatal?: boolean; data?: Readonly<Record<string, string>> } = {},
): void {
  const fatal = more.fatal === true && run.certain;
  if (fatal) run.stopped = true;
  const key = `${code} ${origin?.uri} ${origin?.span.start} ${message}`;
  if (!run.problems.has(key))
    run.problems.set(key, more.data ? { code, message, origin, fatal, data: more.data } : { code, message, origin, fatal });
}

export function bound(run: Run, message: string, origin: Origin | undefined): void {
  run.complete = false;
  run.over = true;
  report(run, "evaluation-limit", message, origin);
}

/** The value of an environment variable as the process sees it now: null when unset, undefined when not known. */
export function environment(run: Run, name: string): string | null | undefined {
  if (run.environment.has(name)) return run.environment.get(name);
  return run.environmentKnown ? run.machine.env(name) : undefined;
}

/** What a path means to the process. */
export function absolute(run: Run, path: string): string {
  const { cwd, fullPath } = run.machine;
  const whole = path.startsWith("/") || !cwd || !path ? path : `${cwd === "/" ? "" : cwd}/${path}`;
  return fullPath ? whole : plainPath(whole);
}

function plainPath(path: string): string {
  if (!path.startsWith(".") && !path.includes("/.") && !path.includes("//")) return path;
  const isAbsolute = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/"))
    if (part === ".." && parts.length && parts.at(-1) !== "..") parts.pop();
    else if (part && part !== "." && !(part === ".." && isAbsolute)) parts.push(part);
  return (isAbsolute ? "/" : "") + parts.join("/");
}

/** Whether the binary has an option of this name now: with the plugins loaded so far. undefined when the build is not known. */
export const isKnown = (run: Run, name: string): boolean | undefined => run.declared.has(name) || isBuiltIn(run, name);

/** The same without the options that the configuration declares itself. */
export function isBuiltIn(run: Run, name: string): boolean | undefined {
  if (run.core.has(name)) return true;
  const option = optionOf(name);
  const { build } = run.machine;
  if (isOwn(name, build)) return true;
  if (!option) return !run.embeddedKnown || run.plugins.some((plugin) => isForeign(plugin.name)) ? undefined : false;
  if (!isOffered(option, run.version, build)) return false;
  if (option.plugin === "core") {
    run.core.add(name);
    return true;
  }
  if (run.machine.embedded?.includes(option.plugin) || build?.builtIn?.includes(option.plugin)) return true;
  const loaded = run.plugins.find((plugin) => pluginOf(plugin.name) === option.plugin);
  if (loaded && loaded.found !== false) return true;
  return run.machine.embedded && run.embeddedKnown && !run.autoload ? false : undefined;
}

/** `python311` and `gevent_python3` are builds of `python` and `gevent`. */
export const pluginOf = (name: string): string =>
  name
    .replace(/^python\d*$/, "python")
    .replace(/_(?:python|openjdk|ruby)\d+$/, "")
    .replace(/^(lua|php)[\d.]+$/, "$1");

const isForeign = (name: string): boolean => name.includes("/") || name.includes("|");

export const commandLine = (argument: Argument): Places => ({ option: argument.origin, key: argument.origin, value: argument.origin });

/** The mark that stands for a percent whose letter is not known on this machine. No text of a file holds it. */
export const UNKNOWN_LETTER = "\uE001";

/** Brings the marks back to percents, as holes. */
export function written(text: string): Text {
  let value = known(text);
  for (let at = value.text.indexOf(UNKNOWN_LETTER); at >= 0; at = value.text.indexOf(UNKNOWN_LETTER))
    value = withHole({ text: `${value.text.slice(0, at)}%${value.text.slice(at + 1)}`, holes: value.holes }, at, at + 2);
  return value;
}

export const isUnknown = (value: Text | null): boolean => value !== null && hasHole(value, 0, value.text.length);
