/** Options that a configuration defines for itself: `declare-option = name=option=value;other=$1`. */

import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { refuseUnknown, runOption } from "./add";
import { type Callback, type Entry, isBuiltIn, isKnown, isUnknown, type Run, report } from "./run";
import { known, replaceAll, slice, type Text } from "./text";

const DEEPEST = 50;

export const declareOption: Callback = (run, entry) => {
  const value = entry.value?.text ?? "";
  const equals = value.indexOf("=");
  if (isUnknown(entry.value)) return;
  if (equals < 0) {
    report(
      run,
      "declare-without-value",
      t`\`${entry.key}\` needs \`name=option=value;…\`: without "=" uWSGI refuses to start.`,
      entry.places.option,
      { fatal: true },
    );
    return;
  }
  const name = value.slice(0, equals);
  // The first declaration of a name stays.
  if (!run.declared.has(name)) run.declared.set(name, { template: value.slice(equals + 1), origin: entry.places.option });
};

export const runDeclared: Callback = (run, entry) => {
  const template = run.declared.get(entry.key)?.template ?? "";
  if (++run.nesting > DEEPEST) {
    report(run, "self-reference", t`\`${entry.key}\` comes back to itself: uWSGI follows it until it crashes.`, entry.places.option, {
      fatal: true,
    });
    run.over = true;
  }
  const values = argumentsOf(entry.value ?? known(""));
  for (const item of template.split(";").filter(Boolean)) {
    const equals = item.indexOf("=");
    // What stands behind a part without "=" is not looked at.
    if (equals < 0 || run.over) break;
    const key = fill(known(item.slice(0, equals)), values);
    if (!key.holes.length) runInner(run, entry, key.text, fill(known(item.slice(equals + 1)), values));
  }
  run.nesting--;
};

/** As many as there are blanks, and one: those that several blanks in a row leave over are not replaced. */
function argumentsOf(value: Text): readonly (Text | null)[] {
  if (value.text === "") return [known("")];
  const words = Array.from(value.text.matchAll(/[^ ]+/g), (word) => slice(value, word.index, word.index + word[0].length));
  const count = value.text.split(" ").length;
  return Array.from({ length: count }, (_, index) => words[index] ?? null);
}

const fill = (template: Text, values: readonly (Text | null)[]): Text =>
  values.reduce<Text>((text, value, index) => (value ? replaceAll(text, `$${index + 1}`, value) : text), template);

/** The option runs at once, whatever kind it is, and is stored nowhere. */
function runInner(run: Run, outer: Entry, key: string, value: Text): void {
  refuseUnknown(run, key, outer.places);
  if (!optionOf(key) && !run.declared.has(key)) return;
  if (isKnown(run, key) === false) return;
  const entry: Entry = {
    ...outer,
    key,
    value,
    raw: value.text,
    immediate: true,
    configured: true,
    from: [{ name: outer.key, origin: outer.places.option }],
    direct: { after: run.running },
  };
  if (!run.declared.has(key) || isBuiltIn(run, key)) run.direct.push(entry);
  runOption(run, entry);
}
