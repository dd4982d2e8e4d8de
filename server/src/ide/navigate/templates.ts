/** Values put together from placeholders: where a change of what they come to can be written, if there is one exact place. */

import { optionOf } from "../../facts/uwsgi";
import { inFile, replace } from "../../rules/edits";
import type { FileEdit } from "../../rules/rule";
import type { Instance } from "../../stack/instance";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import type { Setting } from "../../workspace/effective";
import { type Expansion, expansions } from "../uwsgi/expansions";
import { placeholderUses } from "./placeholders";

/** A setting whose written form is not its value, in a process that reads it. */
export type Made = { readonly instance: Instance; readonly setting: Setting };
type Spot = { readonly uri: string; readonly span: Span };
type Part = { readonly written: Span; readonly value: Span; readonly expansion?: Expansion };

const MOST_PARTS = 4;

/** `isShared`: the line comes to something else in another process. `follows`: what a process reads at a place changes along, and is meant to. */
export type Along = { readonly isShared: boolean; follows(reader: Instance, spot: Spot): boolean };

/** The edit after which the value comes to `next`, or why there is none. */
export function remade(stack: Stack, { instance, setting }: Made, next: string, along: Along): FileEdit | string | undefined {
  const { value, valueOrigin } = setting;
  if (next === value || !valueOrigin) return undefined;
  const written = textAt(stack, valueOrigin);
  const parts = aligned(written, value);
  if (!parts) return t`The address is put together in a way that leaves more than one place to change.`;
  const changed = difference(value, next);
  const text = next.slice(changed.start, next.length - (value.length - changed.end));
  const part =
    parts.find((one) => !one.expansion && within(changed, one.value)) ?? parts.find((one) => one.expansion && within(changed, one.value));
  if (!part) return t`The change reaches over a placeholder and the text beside it: change them one by one.`;
  const offset = valueOrigin.span.start;
  if (!part.expansion) {
    if (along.isShared) return t`The line stands for several addresses: processes that read it fill it in differently.`;
    const start = offset + part.written.start + changed.start - part.value.start;
    return inFile(valueOrigin.uri, replace({ start, end: start + changed.end - changed.start }, text));
  }
  const inside = { start: changed.start - part.value.start, end: changed.end - part.value.start };
  return atOrigin(stack, instance, written.slice(part.written.start, part.written.end), part.expansion, inside, text, along);
}

/** The change in the one line that defines a placeholder, where nothing but these addresses uses it. */
function atOrigin(
  stack: Stack,
  instance: Instance,
  written: string,
  { kind, name }: Expansion,
  changed: Span,
  text: string,
  along: Along,
): FileEdit | string {
  const definitions = instance.effective.settings.filter(({ key }) => key === name);
  const [definition] = definitions;
  const origin = definition?.valueOrigin;
  if (kind !== "placeholder" || !definition || !origin || optionOf(name))
    return t`This part of the address is what ${written} comes to, which is no text that could be changed.`;
  const said = textAt(stack, origin);
  if (definitions.length > 1 || !definition.certain || !(said === definition.value || said.endsWith(`=${definition.value}`)))
    return t`This part of the address comes from ${written}, which has no single text that could be changed.`;
  const isExact = stack
    .instancesOf(origin.uri)
    .every((reader) =>
      [...reader.inputs.values()].every((input) => !input || [...placeholderUses(input, name)].every((use) => along.follows(reader, use))),
    );
  if (!isExact) return t`This part of the address comes from ${written}, which other lines use too: change it there.`;
  const start = origin.span.end - definition.value.length + changed.start;
  return inFile(origin.uri, replace({ start, end: start + changed.end - changed.start }, text));
}

const textAt = (stack: Stack, { uri, span }: Spot): string => stack.workspace.get(uri)?.text.slice(span.start, span.end) ?? "";
const within = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

/** Which part of the value comes from which part of the written text; undefined where that is not certain. */
function aligned(written: string, value: string): readonly Part[] | undefined {
  const all = expansions(written, 0, written.length);
  if (all.length === 0 || all.length > MOST_PARTS) return undefined;
  const literals = [...all, undefined].map((one, index) => ({
    start: all[index - 1]?.span.end ?? 0,
    end: one?.span.start ?? written.length,
  }));
  if (literals.some(({ start, end }) => end < start)) return undefined;
  const texts = literals.map(({ start, end }) => written.slice(start, end));
  const places = leftmost(texts, value);
  const mirrored = leftmost(texts.map(reversed).reverse(), reversed(value))?.reverse();
  if (!places?.every((place, index) => value.length - (mirrored?.[index] ?? -1) - (texts[index]?.length ?? 0) === place)) return undefined;
  const parts: Part[] = [];
  for (const [index, literal] of literals.entries()) {
    const start = places[index] ?? 0;
    const end = start + literal.end - literal.start;
    parts.push({ written: literal, value: { start, end } });
    const expansion = all[index];
    if (expansion) parts.push({ written: expansion.span, value: { start: end, end: places[index + 1] ?? end }, expansion });
  }
  return parts;
}

/** Where the literals lie in the value when each stands as far to the left as it can; the first at the start, the last at the end. */
function leftmost(literals: readonly string[], value: string): number[] | undefined {
  const places: number[] = [];
  let from = 0;
  for (const [index, literal] of literals.entries()) {
    const isLast = index === literals.length - 1;
    const place = isLast ? value.length - literal.length : index === 0 ? 0 : value.indexOf(literal, from);
    if (place < from || !value.startsWith(literal, place)) return undefined;
    places.push(place);
    from = place + literal.length;
  }
  return places;
}

const reversed = (text: string): string => [...text].reverse().join("");

/** What of the old text is replaced in the new one. */
function difference(before: string, after: string): Span {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < least - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail };
}
