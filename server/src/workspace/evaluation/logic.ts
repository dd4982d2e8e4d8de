/** The blocks: when a line of `if-…` counts, and how often one of `for…` does. The question is asked anew for each line. */

import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { toInt } from "../../text/numbers";
import { glob } from "./glob";
import { absolute, type Block, type Callback, environment, isUnknown, pluginOf, type Run, report, type Turns } from "./run";

type Asked = (run: Run, argument: string) => Turns;
/** An answer and what `%(_)` is then: null leaves it as it is written. */
type Condition = (run: Run, argument: string) => { readonly met: boolean | undefined; readonly by: string | null };

const BLOCKS: Readonly<Record<string, Asked>> = {
  for: (_, argument) =>
    argument
      .split(" ")
      .filter(Boolean)
      .map((by) => ({ by })),
  for_times: (_, argument) => times(toInt(argument)),
  for_glob: (run, argument) => glob(run, argument)?.map((by) => ({ by })),
  for_readline: lines,
  else: (run) => (run.failed === undefined ? undefined : run.failed ? [{ by: null }] : []),
  ...both("exists", (run, path) => ({ met: exists(run, path), by: path })),
  ...both("file", (run, path) => ({ met: isKind(run, path, "file"), by: path })),
  ...both("dir", (run, path) => ({ met: isKind(run, path, "directory"), by: path })),
  ...both("hostname", ({ machine }, name) => ({ met: machine.hostname === undefined ? undefined : machine.hostname === name, by: name })),
  ...both("hostname_match", (run, pattern) => ({ met: hostnameMatches(run, pattern), by: pattern })),
  ...both("plugin", (run, name) => ({ met: hasPlugin(run, name), by: name })),
  // A process that reloads itself says so in its environment.
  ...both("reload", ({ machine }) => ({ met: typeof machine.env("UWSGI_RELOADS") === "string", by: null })),
  ...both("env", (run, argument) => named(argument, (name) => environment(run, name))),
  ...both("opt", (run, argument) => named(argument, (name) => optionValue(run, name))),
};

function both(name: string, condition: Condition): Record<string, Asked> {
  const ask =
    (wanted: boolean): Asked =>
    (run, argument) => {
      const { met, by } = condition(run, argument);
      run.failed = met === undefined ? undefined : met !== wanted;
      if (met === undefined) return undefined;
      return met === wanted ? [{ by }] : [];
    };
  return { [`if_${name}`]: ask(true), [`if_not_${name}`]: ask(false) };
}

function* times(count: number): Iterable<{ by: string }> {
  for (let i = 1; i <= count; i++) yield { by: String(i) };
}

/** `NAME` is there, or `NAME=value` is so. */
function named(argument: string, lookUp: (name: string) => string | null | undefined): ReturnType<Condition> {
  const equals = argument.indexOf("=");
  const value = lookUp(equals < 0 ? argument : argument.slice(0, equals));
  if (value === undefined) return { met: undefined, by: null };
  return { met: value !== null && (equals < 0 || value === argument.slice(equals + 1)), by: value };
}

function optionValue(run: Run, name: string): string | null | undefined {
  const entry = run.first.get(name);
  if (!entry) return run.complete ? null : undefined;
  if (!entry.certain || isUnknown(entry.value)) return undefined;
  return entry.value?.text ?? null;
}

function kindOf(run: Run, path: string): ReturnType<Run["machine"]["kind"]> {
  if (path === "") return null;
  const whole = absolute(run, path);
  run.reads.add(whole);
  return run.machine.kind(whole);
}

function isKind(run: Run, path: string, kind: "file" | "directory"): boolean | undefined {
  const found = kindOf(run, path);
  return found === undefined ? undefined : found === kind;
}

function exists(run: Run, path: string): boolean | undefined {
  const found = kindOf(run, path);
  if (!found) return found === null ? false : undefined;
  return run.machine.readable ? run.machine.readable(absolute(run, path)) : true;
}

function hasPlugin(run: Run, name: string): boolean | undefined {
  if (run.machine.embedded?.includes(name)) return true;
  const loaded = run.plugins.find((plugin) => pluginOf(plugin.name) === name);
  return loaded ? loaded.found : run.machine.embedded ? false : undefined;
}

/** Builds with PCRE2, possible since 2.0.22, never find a match. */
function hostnameMatches(run: Run, pattern: string): boolean | undefined {
  const { hostname } = run.machine;
  if (hostname === undefined) return undefined;
  const matches = matchesPlainly(pattern, hostname);
  return matches && !/^2\.0\.(?:\d|1\d|2[01])(?!\d)/.test(run.version) ? undefined : matches;
}

/** Only patterns that every regular expression library reads alike, and that cannot be slow, are tried. */
function matchesPlainly(pattern: string, text: string): boolean | undefined {
  if (!/^\^?[\w.-]*(?:\.\*)?[\w.-]*\$?$/.test(pattern) || text.length > 255) return undefined;
  return new RegExp(pattern).test(text);
}

function lines(run: Run, path: string): Turns {
  const whole = absolute(run, path);
  run.reads.add(whole);
  const file = path === "" ? null : run.machine.read(whole);
  if (!file) return file === null ? [] : undefined;
  if (file.template) return undefined;
  // fgets() takes at most 1023 bytes of a line at a time, and a zero byte ends the text of one.
  const pieces = file.text.match(/[^\n]{0,1022}\n|[^\n]{1,1023}/g) ?? [];
  return pieces.map((piece) => ({ by: piece.replace(/\0.*$/s, "").replace(/[\r\n]+$/, "") }));
}

/** Opens a block. uWSGI knows one block at a time. */
export const openBlock: Callback = (run, entry) => {
  if (run.block) {
    report(
      run,
      "nested-block",
      t`\`${entry.key}\` stands inside the block of \`${run.block.option}\`: uWSGI knows no blocks within blocks and refuses to start.`,
      entry.places.option,
      {
        fatal: true,
        data: { outer: run.block.option },
      },
    );
    return;
  }
  run.block = { option: entry.key, argument: entry.value, origin: entry.places.option, turns: turnsOf };
};

function turnsOf(run: Run, block: Block): Turns {
  const ask = BLOCKS[optionOf(block.option)?.subtype ?? ""];
  if (!ask || !block.argument || isUnknown(block.argument)) {
    run.failed = undefined;
    return undefined;
  }
  return ask(run, block.argument.text);
}
