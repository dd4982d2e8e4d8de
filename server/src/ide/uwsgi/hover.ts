/** What is known about the word under the cursor of a uWSGI file. */

import { entry, type Notes, summaryOf } from "../../facts/notes";
import { optionOf } from "../../facts/uwsgi";
import { modeWords, socketMode } from "../../stack/mode";
import { stackOf } from "../../stack/stack";
import { t } from "../../text/l10n";
import { pathOf } from "../../text/uri";
import { code, paragraphs } from "../markdown";
import { type At, type Hover, type Place, placeAt } from "../place";
import { definitionsOf, distinct, isKnownValue, letterValue, settingsOf, shownValue } from "./evaluated";
import { type Expansion, expansionAt, expansions } from "./expansions";
import { optionText, pluginWords } from "./option-text";
import { slotAt } from "./slots";
import { ownWords } from "./type-words";

export function hoverUwsgi(at: At, notes: Notes): Hover | undefined {
  const { document, offset } = at;
  const place = placeAt(document, offset);
  if (!place) return undefined;
  const line = document.lines.span(document.lines.line(offset));
  const expansion = expansionAt(expansions(document.text, line.start, line.end), offset);
  if (expansion) {
    const markdown = aboutExpansion(at, expansion, notes, place);
    if (markdown) return { span: expansion.span, markdown };
  }
  if (place.directive.body && place.argument === undefined) return place.word ? aboutSection(place) : undefined;
  if (place.argument === undefined) return place.word ? aboutOption(at, place, notes) : undefined;
  return aboutValue(at, place, notes);
}

function aboutSection({ word, directive }: Place): Hover | undefined {
  if (!word) return undefined;
  const count = directive.body?.length ?? 0;
  const what =
    word.text === "uwsgi"
      ? t`The section that uWSGI reads when none is named.`
      : t`uWSGI reads it only when it is asked for: ${code(`ini = :${word.text}`)} in this file, or ${code(`FILE:${word.text}`)} elsewhere.`;
  const size = count === 1 ? t`1 line` : t`${count} lines`;
  return { span: word.span, markdown: paragraphs(`**${t`Section ${code(word.text)}`}** · ${size}`, what) };
}

function aboutOption(at: At, { word, directive }: Place, notes: Notes): Hover | undefined {
  if (!word || word.text === "") return undefined;
  const option = optionOf(word.text);
  if (option) {
    const isLeftOut = at.workspace.target.uwsgiOptions?.absent.includes(option.name) === true;
    const leftOut = isLeftOut ? t`The uWSGI of the target was built without ${option.name}: it is ignored.` : undefined;
    return { span: word.span, markdown: paragraphs(optionText(option, notes), leftOut, evaluatedText(at, directive)) };
  }
  const own = entry(at.workspace.target.uwsgiOptions?.own ?? {}, word.text);
  if (own !== undefined)
    return {
      span: word.span,
      markdown: paragraphs(`**${code(word.text)}** · ${ownWords()}`, own && t`The program says of it: ${code(own)}`),
    };
  const logic = entry(notes.language.logic, word.text);
  if (logic !== undefined) return { span: word.span, markdown: paragraphs(`**${word.text}**`, logic) };
  const declared = definitionsOf(at.workspace, at.document, word.text);
  if (declared.length === 0) return undefined;
  const value = distinct(declared.map(shownValue)).map(code).join(t` or `);
  return {
    span: word.span,
    markdown: paragraphs(`**${code(word.text)}** · ${t`variable`}`, t`No option of uWSGI: ${code(`%(${word.text})`)} stands for ${value}.`),
  };
}

/** What the line comes to, where that is not what is written. */
function evaluatedText(at: At, directive: Place["directive"]): string | undefined {
  const found = settingsOf(at.workspace, at.document, directive);
  const values = distinct(found.filter(({ setting }) => isKnownValue(setting)).map(({ setting }) => setting.value));
  if (values.length === 0 || (values.length === 1 && values[0] === (directive.args[0]?.text ?? "true"))) return undefined;
  return t`Here: ${values.slice(0, 5).map(code).join(", ")}` + (values.length > 5 ? " …" : "");
}

function aboutExpansion(at: At, expansion: Expansion, notes: Notes, place: Place): string | undefined {
  const { workspace, document } = at;
  const { kind, name } = expansion;
  if (kind === "letter") {
    const meaning = entry(notes.language.magic, name);
    const value = letterValue(workspace, document, name);
    return paragraphs(
      `**${code(`%${name}`)}** · ${t`magic letter`}`,
      meaning ?? t`No magic letter: uWSGI removes it from the text.`,
      value === undefined || name === "%" ? undefined : t`Here: ${code(value)}`,
    );
  }
  if (kind === "environment")
    return paragraphs(`**${code(`$(${name})`)}** · ${t`environment variable`}`, notes.language.expansions["$("], environmentText(at, name));
  if (kind === "contents") return paragraphs(`**${code(`@(${name})`)}** · ${t`contents of a file`}`, notes.language.expansions["@("]);
  const isLog = optionOf(place.directive.name.text)?.subtype === "log-format";
  const variable = isLog ? entry(notes.language.logVariables, name) : undefined;
  if (variable !== undefined) return paragraphs(`**${code(`%(${name})`)}** · ${t`variable of the log`}`, summaryOf(variable));
  return aboutPlaceholder(at, name, notes);
}

function aboutPlaceholder({ workspace, document }: At, name: string, notes: Notes): string {
  const found = definitionsOf(workspace, document, name);
  const values = distinct(
    found.map((setting) => (isKnownValue(setting) ? code(setting.value) : `${code(shownValue(setting))} (${t`parts are not known`})`)),
  );
  const places = distinct(
    found.flatMap((setting) =>
      setting.origin && setting.origin.uri !== document.uri ? [pathOf(setting.origin.uri).split("/").at(-1) ?? ""] : [],
    ),
  );
  const stands =
    values.length > 0
      ? t`Here: ${values.join(t` or `)}` + (places.length > 0 ? `, ${t`from ${places.map(code).join(", ")}`}` : "")
      : undefined;
  return paragraphs(`**${code(`%(${name})`)}** · ${t`placeholder`}`, stands ?? notes.language.expansions["%("]);
}

function environmentText({ workspace, document }: At, name: string): string | undefined {
  const values = distinct(startersOf({ workspace, document }).flatMap((starter) => starter.environment.get(name)?.value ?? []));
  return values.length > 0 ? t`Here: ${values.map(code).join(t` or `)}` : undefined;
}

/** The units, containers and scripts that start a process which reads this file. */
export function startersOf({ workspace, document }: Pick<At, "workspace" | "document">) {
  return stackOf(workspace)
    .instancesOf(document.uri)
    .flatMap(({ start }) => start.starter ?? start.emperor?.start.starter ?? []);
}

function aboutValue(at: At, place: Place, notes: Notes): Hover | undefined {
  const { word, directive } = place;
  const option = optionOf(directive.name.text);
  if (!word || !option) return undefined;
  const isAsWritten = word.span.end - word.span.start === word.text.length;
  const slot = isAsWritten ? slotAt(option, word.text, at.offset - word.span.start, notes.language) : undefined;
  if (slot) {
    const name = word.text.slice(slot.start, slot.end);
    const note = entry(slot.words, name);
    const span = { start: word.span.start + slot.start, end: word.span.start + slot.end };
    if (note !== undefined) return { span, markdown: aboutWord(name, slot.what, note) };
  }
  const meaning = notes.options.get(option.name)?.values?.find((one) => one.value === word.text)?.meaning;
  if (meaning !== undefined) return { span: word.span, markdown: paragraphs(`**${code(word.text)}**`, meaning) };
  if (option.type === "octal-mode-3") return aboutMode(word);
  const markdown = evaluatedText(at, directive);
  return markdown === undefined ? undefined : { span: word.span, markdown };
}

function aboutWord(name: string, what: string, note: Parameters<typeof summaryOf>[0]): string {
  const more = typeof note === "string" ? undefined : note;
  return paragraphs(
    `**${code(name)}** · ${what}`,
    summaryOf(note),
    more?.arguments === undefined ? undefined : t`Arguments: ${code(more.arguments)}`,
    more?.plugin === undefined ? undefined : pluginWords(more.plugin),
  );
}

const WHO: readonly (() => string)[] = [() => t`the owner`, () => t`the group`, () => t`everybody else`];

function aboutMode(word: NonNullable<Place["word"]>): Hover | undefined {
  const mode = socketMode(word.text);
  if (mode === undefined) return undefined;
  const writers = WHO.filter((_, column) => (mode >> (6 - 3 * column)) & 2);
  const names = writers.map((name) => name()).join(t` and `);
  const who = writers.length > 0 ? t`${names} may connect` : t`nobody but root may connect`;
  return {
    span: word.span,
    markdown: paragraphs(`**${code(word.text)}** · ${code(modeWords(mode))}`, t`Whoever may write may connect: ${who}.`),
  };
}
