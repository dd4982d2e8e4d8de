/** What uWSGI makes of a command line and the files it names: the same phases in the same order. */

import { optionOf, optionOfLetter, options } from "../facts/uwsgi";
import { t } from "../text/l10n";
import type { Argument, Effective, Machine, Setting } from "./effective";
import { add, refuseUnknown, runOption } from "./evaluation/add";
import { CALLBACKS } from "./evaluation/immediate";
import { startLetters } from "./evaluation/letters";
import { loadByExtension } from "./evaluation/load";
import { expandAll } from "./evaluation/passes";
import { commandLine, type Entry, type Frame, isBuiltIn, isKnown, type Run, report } from "./evaluation/run";
import { known } from "./evaluation/text";

export { vassalArguments } from "./evaluation/vassal";

export const DEFAULT_VERSION = "2.0.30";

export function evaluate(args: readonly Argument[], machine: Machine): Effective {
  const run = start(machine);
  readEnvironment(run);
  readCommandLine(run, args);
  reportOpenBlock(run);
  expandAll(run);
  runStored(run);
  return effective(run);
}

function start(machine: Machine): Run {
  const version = machine.version ?? DEFAULT_VERSION;
  return {
    machine,
    version,
    callbacks: CALLBACKS,
    entries: [],
    direct: [],
    first: new Map(),
    problems: new Map(),
    reads: new Set(),
    declared: new Map(),
    plugins: [],
    environment: new Map(),
    environmentKnown: true,
    embeddedKnown: true,
    letters: startLetters(machine, version),
    inject: { before: [], after: [] },
    lastIni: undefined,
    frame: undefined,
    block: undefined,
    inBody: false,
    certain: true,
    inherited: false,
    running: undefined,
    strict: false,
    autoload: false,
    blacklist: undefined,
    whitelist: undefined,
    failed: false,
    complete: true,
    stopped: false,
    over: false,
    sharedSockets: 0,
    core: new Set(),
    legions: new Set(),
    cut: new Set(),
    files: 0,
    bytes: 0,
    nesting: 0,
  };
}

const NOT_OPTIONS: ReadonlySet<string> = new Set(
  ["RELOADS", "VASSALS_DIR", "EMPEROR_FD", "BROODLORD_NUM", "EMPEROR_FD_CONFIG", "EMPEROR_PROXY", "JAIL_PID", "ORIGINAL_PROC_NAME"].map(
    (name) => `UWSGI_${name}`,
  ),
);

/** `UWSGI_SOME_THING=x` is the option `some-thing`. */
function readEnvironment(run: Run): void {
  for (const [name, value] of run.machine.environment ?? []) {
    if (!name.startsWith("UWSGI_") || NOT_OPTIONS.has(name)) continue;
    const key = name
      .slice("UWSGI_".length)
      .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
      .replaceAll("_", "-");
    add(run, { key, value: known(value), places: {} });
  }
}

/** All options from left to right, then the files that are named without one. */
function readCommandLine(run: Run, args: readonly Argument[]): void {
  for (const argument of args) if (argument.name !== "") readArgument(run, argument);
  for (const { name, value, origin } of args)
    if (name === "" && !value.startsWith("[") && !run.over)
      loadByExtension(run, { name: known(value), at: origin, from: undefined }, value);
}

function readArgument(run: Run, argument: Argument): void {
  const key = fullName(run, argument.name);
  if (key === undefined) {
    const begins = namesWith(run, argument.name).some((name) => isBuiltIn(run, name));
    const message = begins
      ? t`\`--${argument.name}\` is how several options begin: uWSGI refuses to start.`
      : t`\`--${argument.name}\` is no option: uWSGI refuses to start.`;
    report(run, "unknown-argument", message, argument.origin, {
      fatal: true,
      data: { option: argument.name },
    });
    return;
  }
  const takes = optionOf(key)?.arg ?? "required";
  const value = takes === "none" || (takes === "optional" && argument.value === "") ? null : known(argument.value);
  add(run, { key, value, places: commandLine(argument) });
}

/** On the command line a letter or the beginning of a name will do. */
function fullName(run: Run, name: string): string | undefined {
  if (isKnown(run, name) === true) return name;
  if (name.length === 1) return optionOfLetter(name)?.name;
  if (isKnown(run, name) === undefined) return name;
  const begun = namesWith(run, name).filter((one) => isBuiltIn(run, one) !== false);
  const certain = begun.filter((one) => isBuiltIn(run, one));
  // Of plugins that may be there or not, none may be meant.
  if (certain.length > 1 || begun.length === 0) return undefined;
  return begun.length === 1 ? begun[0] : (certain[0] ?? name);
}

const namesWith = ({ machine }: Run, beginning: string): readonly string[] =>
  [...new Set([...options().map(({ name }) => name), ...Object.keys(machine.build?.own ?? {})])].filter((name) =>
    name.startsWith(beginning),
  );

function reportOpenBlock(run: Run): void {
  const { block } = run;
  if (block)
    report(
      run,
      "unclosed-block",
      t`The block of \`${block.option}\` is never closed: it takes in everything after it, also what comes from other files. Close it with \`${block.option.startsWith("for") ? "endfor" : "endif"}\`.`,
      block.origin,
    );
}

/** The callbacks of what was stored, in its order, and again from the top when one of them adds options. */
function runStored(run: Run): void {
  for (let index = 0; index < run.entries.length && !run.over; index++) {
    const entry = run.entries[index];
    if (!entry || entry.configured) continue;
    const count = run.entries.length;
    run.certain = entry.certain;
    refuseUnknown(run, entry.key, entry.places);
    if (isKnown(run, entry.key) === false) continue;
    entry.configured = true;
    run.running = entry;
    run.inherited = true;
    run.frame = entry.frame;
    runOption(run, entry);
    if (run.entries.length > count) index = -1;
  }
}

function effective(run: Run): Effective {
  const settings: Setting[] = run.direct.filter((entry) => !entry.direct?.after).map((entry) => setting(run, entry));
  const later = new Map<Entry | undefined, Entry[]>();
  for (const entry of run.direct) if (entry.direct?.after) later.set(entry.direct.after, [...(later.get(entry.direct.after) ?? []), entry]);
  for (const entry of run.entries) {
    settings.push(setting(run, entry));
    for (const inner of later.get(entry) ?? []) settings.push(setting(run, inner));
  }
  return {
    settings,
    problems: [...run.problems.values()],
    complete: run.complete,
    stopped: run.stopped,
    reads: run.reads,
    plugins: run.plugins,
    declared: Array.from(run.declared, ([name, { template, origin }]) => ({ name, template, origin })),
  };
}

const setting = (run: Run, entry: Entry): Setting => ({
  key: entry.key,
  known: isKnown(run, entry.key),
  value: entry.value?.text ?? "true",
  holes: entry.value?.holes ?? [],
  certain: entry.certain,
  origin: entry.places.option,
  valueOrigin: entry.places.value,
  keyOrigin: entry.places.key,
  via: via(entry.frame),
  from: entry.from.length > 0 ? entry.from : NOTHING,
  raw: entry.raw,
  immediate: entry.immediate,
  inherited: entry.inherited,
  direct: entry.direct !== undefined,
});

const NOWHERE: Setting["via"] = [];
const NOTHING: Setting["from"] = [];

function via(frame: Frame | undefined): Setting["via"] {
  if (!frame || (!frame.parent && !frame.at)) return NOWHERE;
  const places: Setting["via"][number][] = [];
  for (let up: Frame | undefined = frame; up; up = up.parent) if (up.at) places.unshift(up.at);
  return places;
}
