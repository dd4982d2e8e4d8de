/** Completion in uWSGI files: names, sections, values and the words inside values. */

import type { Notes } from "../../facts/notes";
import { summaryOf } from "../../facts/notes";
import { optionOf } from "../../facts/uwsgi";
import { isOffered } from "../../facts/uwsgi-build";
import { FILE_OPTIONS, splitSection } from "../../stack/instance";
import { stackOf } from "../../stack/stack";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import { uwsgiVersionOf } from "../../workspace/target";
import type { Completion, Completions } from "../completion";
import type { At } from "../place";
import { completeExpansion } from "./complete-expansion";
import { completeNames } from "./complete-names";
import { completeValue } from "./complete-values";
import { type Line, lineAt, sectionAt } from "./line";
import { slotAt } from "./slots";

export function completeUwsgi(at: At, notes: Notes): Completions | undefined {
  const line = lineAt(at.document, at.offset);
  const expansion = completeExpansion(at, line, notes);
  if (expansion) return expansion;
  switch (line.part) {
    case "comment":
      return undefined;
    case "header":
      return { span: line.span, items: sections(at) };
    case "name":
      return names(at, line, notes);
    case "value":
      return value(at, line, notes);
  }
}

function names(at: At, line: Extract<Line, { part: "name" }>, notes: Notes): Completions {
  const isOutside = at.document.format === "ini" && sectionAt(at.document, at.offset) === undefined;
  const header: Completion = { label: "[uwsgi]", kind: "section", detail: t`section that uWSGI reads`, rank: 0 };
  return { span: line.span, items: isOutside ? [header] : completeNames(at, line, notes) };
}

/** Sections that something asks for, and the one uWSGI reads by itself. */
function sections({ workspace, document }: At): readonly Completion[] {
  const written = new Set(document.tree.directives.filter((directive) => directive.body).map((directive) => directive.name.text));
  const asked = new Set(["uwsgi"]);
  for (const instance of stackOf(workspace).instancesOf(document.uri))
    if (instance.start.section !== undefined) asked.add(instance.start.section);
  for (const { directive } of document.all) {
    const section = FILE_OPTIONS.has(directive.name.text) ? splitSection(directive.args[0]?.text ?? "").section : undefined;
    if (section !== undefined) asked.add(section);
  }
  return [...asked]
    .filter((name) => !written.has(name) || name === "uwsgi")
    .map((label) => ({ label, kind: "section", rank: label === "uwsgi" ? 1 : 0 }));
}

function value(at: At, line: Extract<Line, { part: "value" }>, notes: Notes): Completions | undefined {
  const option = optionOf(line.name);
  const { target } = at.workspace;
  if (!option || !isOffered(option, uwsgiVersionOf(target), target.uwsgiOptions)) return undefined;
  const slot = slotAt(option, line.text, at.offset - line.span.start, notes.language);
  const own = completeValue(at, option, line, notes);
  if (!slot) return own;
  const span: Span = { start: line.span.start + slot.start, end: line.span.start + slot.end };
  const items = Object.entries(slot.words).map(([label, note]): Completion => {
    const plugin = typeof note === "string" ? undefined : note.plugin;
    return {
      label,
      kind: "keyword",
      detail: plugin === undefined || plugin === "core" ? slot.what : t`${slot.what}, plugin ${plugin}`,
      ...(slot.suffix === "" ? {} : { insert: label + slot.suffix }),
      rank: plugin === undefined || plugin === "core" ? 0 : 1,
      about: `says ${summaryOf(note)}`,
    };
  });
  return { span, items };
}
