/** `%(name)` and what defines it, in every file of the processes that read this one. */

import { optionOf } from "../../facts/uwsgi";
import type { Document } from "../../model/document";
import { stackOf } from "../../stack/stack";
import { t } from "../../text/l10n";
import { contains } from "../../text/span";
import { type At, placeAt } from "../place";
import { expansionAt, expansions } from "../uwsgi/expansions";
import { type Named, type Occurrence, unique } from "./occurrence";

const SETTERS: ReadonlySet<string> = new Set(["set", "set-placeholder", "set-ph"]);

export function placeholderAt(at: At): Named | undefined {
  if (at.document.language !== "uwsgi") return undefined;
  const name = nameUnder(at);
  if (name === undefined || name === "") return undefined;
  const occurrences = unique(documentsOf(at).flatMap((document) => [...occurrencesIn(document, name)]));
  const here = occurrences.find((one) => one.uri === at.document.uri && contains(one.span, at.offset));
  if (!here) return undefined;
  const refuses = (next: string): string | undefined => {
    if (optionOf(name)) return t`${name} is an option of uWSGI.`;
    if (optionOf(next)) return t`${next} is an option of uWSGI.`;
    return /^[\w.-]+$/.test(next) ? undefined : t`A placeholder is one word.`;
  };
  return { span: here.span, text: name, occurrences, refuses };
}

function nameUnder({ document, offset }: At): string | undefined {
  const line = document.lines.span(document.lines.line(offset));
  const expansion = expansionAt(expansions(document.text, line.start, line.end), offset);
  if (expansion) return expansion.kind === "placeholder" ? wordAt(expansion.name, offset - expansion.nameSpan.start) : undefined;
  const place = placeAt(document, offset);
  if (!place || place.directive.body) return undefined;
  if (place.argument === undefined) return place.word?.text;
  const key = SETTERS.has(place.directive.name.text) ? setterKey(place.word?.text ?? "") : undefined;
  return key !== undefined && offset <= (place.word?.span.start ?? 0) + key.length ? key : undefined;
}

/** `%(a + b)` holds two names. */
function wordAt(text: string, at: number): string | undefined {
  for (const match of text.matchAll(/[^\s+*/]+/g)) if (match.index <= at && at <= match.index + match[0].length) return match[0];
  return undefined;
}

const setterKey = (value: string): string | undefined => /^[^=\s]+(?=\s*=)/.exec(value)?.[0];

function documentsOf({ workspace, document }: At): readonly Document[] {
  const all = new Set([document]);
  for (const instance of stackOf(workspace).instancesOf(document.uri))
    for (const input of instance.inputs.values()) if (input) all.add(input);
  return [...all];
}

function* occurrencesIn(document: Document, name: string): Iterable<Occurrence> {
  const { uri } = document;
  for (const { directive } of document.named(name)) if (!directive.body) yield { uri, span: directive.name.span, role: "defines" };
  for (const setter of SETTERS)
    for (const { directive } of document.named(setter)) {
      const [word] = directive.args;
      if (word && setterKey(word.text) === name)
        yield { uri, span: { start: word.span.start, end: word.span.start + name.length }, role: "defines" };
    }
  yield* placeholderUses(document, name);
}

export function* placeholderUses(document: Document, name: string): Iterable<Occurrence> {
  const { uri } = document;
  for (const { kind, name: inner, nameSpan } of expansions(document.text, 0, document.text.length)) {
    if (kind !== "placeholder" || !inner.includes(name)) continue;
    for (const match of inner.matchAll(/[^\s+*/]+/g)) {
      const start = nameSpan.start + match.index;
      if (match[0] === name) yield { uri, span: { start, end: start + name.length }, role: "uses" };
    }
  }
}
