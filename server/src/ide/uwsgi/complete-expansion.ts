/** What may follow a percent, a dollar or an at sign. */

import type { Notes } from "../../facts/notes";
import { optionOf } from "../../facts/uwsgi";
import { stackOf } from "../../stack/stack";
import { t } from "../../text/l10n";
import type { Completion, Completions } from "../completion";
import type { At } from "../place";
import { isKnownValue, letterValue } from "./evaluated";
import { startersOf } from "./hover";
import type { Line } from "./line";

export function completeExpansion(at: At, line: Line, notes: Notes): Completions | undefined {
  const { document, offset } = at;
  const before = document.text.slice(document.lines.start(document.lines.line(offset)), offset);
  const open = /([%$@])\(([^()]*)$/.exec(before);
  if (open && !isDoubled(before, open.index)) {
    const [, sign, typed = ""] = open;
    const rest = /^[\w.-]*(\)?)/.exec(document.text.slice(offset));
    const span = { start: offset - typed.length, end: offset + (rest?.[0].length ?? 0) - (rest?.[1]?.length ?? 0) };
    const close = rest?.[1] ? "" : ")";
    if (sign === "%") return { span, items: placeholders(at, line, notes, close) };
    if (sign === "$") return { span, items: variables(at, close) };
    return undefined;
  }
  if (/%$/.test(before) && !isDoubled(before, before.length - 1))
    return { span: { start: offset - 1, end: offset }, items: letters(at, notes) };
  return undefined;
}

/** `%%` is a percent: whatever follows is plain text. */
function isDoubled(before: string, at: number): boolean {
  let signs = 0;
  while (before[at - 1 - signs] === "%") signs++;
  return signs % 2 === 1;
}

function letters({ workspace, document }: At, notes: Notes): readonly Completion[] {
  return Object.entries(notes.language.magic).map(([letter, meaning], rank) => {
    const value = letterValue(workspace, document, letter);
    return {
      label: `%${letter}`,
      kind: "letter",
      ...(value === undefined || value === "" ? {} : { detail: value }),
      rank,
      about: `says ${meaning}`,
    };
  });
}

function placeholders({ workspace, document }: At, line: Line, notes: Notes, close: string): readonly Completion[] {
  const items = new Map<string, Completion>();
  if (line.part === "value" && optionOf(line.name)?.subtype === "log-format") {
    for (const [label, meaning] of Object.entries(notes.language.logVariables))
      items.set(label, {
        label,
        kind: "variable",
        detail: t`variable of the log`,
        insert: label + close,
        rank: 0,
        about: `says ${typeof meaning === "string" ? meaning : meaning.summary}`,
      });
  }
  for (const instance of stackOf(workspace).instancesOf(document.uri)) {
    for (const setting of instance.effective.settings) {
      if (items.has(setting.key) || setting.direct) continue;
      const value = isKnownValue(setting) ? { detail: setting.value.slice(0, 80) } : {};
      items.set(setting.key, {
        label: setting.key,
        kind: "variable",
        ...value,
        insert: setting.key + close,
        rank: optionOf(setting.key) ? 2 : 1,
      });
    }
  }
  return [...items.values()];
}

function variables(at: At, close: string): readonly Completion[] {
  const items = new Map<string, Completion>();
  for (const starter of startersOf(at))
    for (const [label, { value }] of starter.environment)
      items.set(label, {
        label,
        kind: "variable",
        ...(value === undefined ? {} : { detail: value.slice(0, 80) }),
        insert: label + close,
        rank: 0,
      });
  return [...items.values()];
}
