/** The three passes over all stored values, and what they leave behind. */

import { optionOf, registry } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { expand, type Resolve } from "./expand";
import { calculate } from "./expression";
import { BOUNDS, bound, type Entry, environment, type Run, report } from "./run";
import { readText } from "./source";
import { known, type Text } from "./text";

type Pass = { readonly symbol: "$" | "@" | "%"; resolve(run: Run, entry: Entry): Resolve };

const PASSES: readonly Pass[] = [
  { symbol: "$", resolve: fromEnvironment },
  { symbol: "@", resolve: fromFile },
  { symbol: "%", resolve: fromOption },
];

export function expandAll(run: Run): void {
  for (const { symbol, resolve } of PASSES)
    for (const entry of run.entries) {
      if (run.over || entry.configured || !entry.value?.text.includes(symbol)) continue;
      run.certain = entry.certain;
      const value = expand(symbol, entry.value, resolve(run, entry));
      if (value) {
        if (value !== entry.value) run.bytes += value.text.length;
        entry.value = value;
      } else if (symbol === "%" && isEndless(run, entry.value.text)) endless(run, entry);
      else unbounded(run, entry);
      if (run.bytes > BOUNDS.bytes)
        bound(run, t`The values of this configuration grow beyond what is looked at here.`, entry.places.option);
    }
  run.certain = true;
  for (const entry of run.entries) if (!run.over && entry.value) reportLeft(run, entry, entry.value);
}

/** Neither known nor looked at further. */
function unbounded(run: Run, entry: Entry): void {
  run.complete = false;
  report(run, "evaluation-limit", t`The value of \`${entry.key}\` grows beyond what is looked at here.`, entry.places.option);
  if (entry.value) entry.value = { text: entry.value.text, holes: [{ start: 0, end: entry.value.text.length }] };
}

/** Whether the placeholders of a text lead, through their values, to one of them again. */
function isEndless(run: Run, text: string): boolean {
  const done = new Set<string>();
  const open: { readonly name: string; readonly left: string[] }[] = [{ name: "", left: namesIn(text) }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const name = top.left.pop();
    if (name === undefined) done.add(open.pop()?.name ?? "");
    else if (open.some((one) => one.name === name)) return true;
    else if (!done.has(name)) open.push({ name, left: namesIn(run.first.get(name)?.value?.text ?? "") });
  }
  return false;
}

const namesIn = (text: string): string[] =>
  Array.from(text.matchAll(REFERENCE), (found) => (found[1] === "%" ? (found[2] ?? "").split(" ") : [])).flat();

function endless(run: Run, entry: Entry): void {
  report(
    run,
    "self-reference",
    t`The value of \`${entry.key}\` grows with every replacement: uWSGI goes on until its memory is used up.`,
    entry.places.option,
    { fatal: true },
  );
}

function fromEnvironment(run: Run): Resolve {
  return (name) => {
    const value = run.version.startsWith("2.1") ? withDefault(run, name) : environment(run, name);
    return typeof value === "string" ? known(value) : value;
  };
}

/** Version 2.1: `NAME:-other` and `NAME-other`, cut at every one of these signs. */
function withDefault(run: Run, name: string): string | null | undefined {
  const signs = name.includes(":-") ? /[:-]+/ : /-+/;
  if (!name.includes("-")) return environment(run, name);
  const [variable = "", other] = name.split(signs).filter(Boolean);
  const value = environment(run, variable);
  if (value === undefined) return undefined;
  return value === null || (value === "" && name.includes(":-")) ? (other ?? undefined) : value;
}

function fromFile(run: Run, entry: Entry): Resolve {
  return (name) => {
    const file = readText(run, name, entry.places.option);
    if (file === null) {
      report(run, "include-missing", t`The file \`${name}\` is not there: uWSGI refuses to start.`, entry.places.option, {
        fatal: true,
        data: { path: name },
      });
      return undefined;
    }
    if (!file || file.template || run.machine.kind(name) === "directory") return undefined;
    return known(file.text.replace(/[\n\r]$/, "").replace(/\0.*$/s, ""));
  };
}

function fromOption(run: Run, entry: Entry): Resolve {
  return (name, at, current) => {
    const from: Entry["from"][number][] = [];
    const lookUp = (key: string): Text | null | undefined => {
      const found = run.first.get(key);
      if (!found) return run.complete ? null : undefined;
      if (!found.certain && found !== entry) return undefined;
      from.push({ name: key, origin: found.places.option });
      return found === entry ? current : found.value;
    };
    const value = name.includes(" ") ? calculated(name, lookUp) : lookUp(name);
    const ofItself = value === current || (from.some((one) => one.name === entry.key) && value?.text.includes(current.text) === true);
    if (value && ofItself && at > 0) {
      endless(run, entry);
      return undefined;
    }
    if (value) entry.from = [...entry.from, ...from];
    return value;
  };
}

function calculated(expression: string, lookUp: (name: string) => Text | null | undefined): Text | null | undefined {
  const result = calculate(expression, (name) => {
    const value = lookUp(name);
    return value && (value.holes.length ? undefined : value.text);
  });
  return typeof result === "string" ? known(result) : result;
}

const REFERENCE = /([$@%])\(([^()\n]{1,200})\)/g;
/** Options whose text is expanded elsewhere, or later, or never meant to be. */
const KEEPS_REFERENCES: ReadonlySet<string> = new Set(["set", "set-placeholder", "set-ph", "declare-option", "declare-option2"]);

/** Says which references of a value uWSGI leaves as they are written. */
function reportLeft(run: Run, entry: Entry, { text, holes }: Text): void {
  if (!text.includes("(") || KEEPS_REFERENCES.has(entry.key)) return;
  const logFormat = optionOf(entry.key)?.subtype === "log-format";
  for (const { 0: whole, 1: symbol, 2: name = "", index } of text.matchAll(REFERENCE)) {
    if (holes.some((hole) => hole.start < index + whole.length && hole.end > index)) continue;
    if (entry.immediate) reportImmediate(run, entry, whole);
    else if (entry.configured) continue;
    else if (symbol === "$") reportVariable(run, entry, whole, name);
    else if (symbol === "%" && logFormat) reportLogVariable(run, entry, name);
    else if (symbol === "%") reportPlaceholder(run, entry, whole, name);
  }
}

function reportImmediate(run: Run, entry: Entry, whole: string): void {
  report(
    run,
    "immediate-placeholder",
    t`\`${entry.key}\` runs while the file is read, before anything is expanded: it gets \`${whole}\` as it is written.`,
    entry.places.value,
    {
      data: { option: entry.key, reference: whole },
    },
  );
}

function reportVariable(run: Run, entry: Entry, whole: string, name: string): void {
  if (environment(run, name) !== null) return;
  report(
    run,
    "undefined-environment-variable",
    t`The variable \`${name}\` is not set, so \`${whole}\` stays as it is written.`,
    entry.places.value,
    { data: { name } },
  );
}

function reportLogVariable(run: Run, entry: Entry, name: string): void {
  if (run.first.has(name) || /^(?:var|metric)\./.test(name) || registry("logchunk").some((chunk) => chunk.name === name)) return;
  report(run, "unknown-log-variable", t`There is no log variable \`${name}\`: uWSGI writes a dash for it.`, entry.places.value, {
    data: { name },
  });
}

function reportPlaceholder(run: Run, entry: Entry, whole: string, name: string): void {
  const data = { name };
  const defined = run.first.get(name);
  if (defined === entry)
    report(run, "self-reference", t`\`${whole}\` stands in the option it names, so it stays as it is written.`, entry.places.value, {
      data,
    });
  else if (defined?.value)
    report(
      run,
      "placeholder-order",
      t`\`${whole}\` stays as it is written: it came from another placeholder and stands at the very beginning of the value, where uWSGI does not look again. Define \`${name}\` before the placeholder that uses it.`,
      entry.places.value,
      { data },
    );
  else if (run.complete)
    report(
      run,
      "undefined-placeholder",
      t`Nothing defines \`${name}\`, so \`${whole}\` stays as it is written. Placeholders are names of options; what \`env\` sets is \`$(${name})\` only when it comes from outside.`,
      entry.places.value,
      { data },
    );
}
