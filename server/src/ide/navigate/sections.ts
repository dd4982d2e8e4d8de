/** Sections of ini files and the places that ask for them: `ini = :name`, `file.ini:name`, command lines. */

import type { Document } from "../../model/document";
import { FILE_OPTIONS, splitSection } from "../../stack/instance";
import { stackOf } from "../../stack/stack";
import { t } from "../../text/l10n";
import { contains } from "../../text/span";
import type { Workspace } from "../../workspace/workspace";
import { type At, placeAt } from "../place";
import { configurationOf } from "./files";
import { type Named, type Occurrence, unique } from "./occurrence";

export function sectionNameAt(at: At): Named | undefined {
  const { workspace, document, offset } = at;
  const asked = sectionUnder(at);
  const owner = asked && workspace.get(asked.uri);
  if (!asked || !owner) return undefined;
  const occurrences = unique([...headers(owner, asked.section), ...uses(workspace, owner, asked.section)]);
  const here = occurrences.find((one) => one.uri === document.uri && contains(one.span, offset));
  if (!here) return undefined;
  const refuses = (name: string): string | undefined => {
    if (asked.section === "uwsgi") return t`uWSGI reads the section [uwsgi] by this name.`;
    return /^[^\][:\s][^\][:\n]*$/.test(name) ? undefined : t`A section's name has no brackets, no colon and no line break.`;
  };
  return { span: here.span, text: asked.section, occurrences, refuses };
}

function sectionUnder({ workspace, document, offset }: At): { readonly uri: string; readonly section: string } | undefined {
  if (document.language !== "uwsgi") return undefined;
  const place = placeAt(document, offset);
  if (!place?.word) return undefined;
  if (place.directive.body)
    return place.argument === undefined && document.format === "ini" ? { uri: document.uri, section: place.word.text } : undefined;
  if (place.argument === undefined || !FILE_OPTIONS.has(place.directive.name.text)) return undefined;
  const colon = place.word.text.lastIndexOf(":");
  return colon >= 0 && offset > place.word.span.start + colon ? configurationOf(workspace, document, place.word.text) : undefined;
}

const headers = (document: Document, section: string): readonly Occurrence[] =>
  document.tree.directives.flatMap((directive): Occurrence[] =>
    directive.body && directive.name.text === section ? [{ uri: document.uri, span: directive.name.span, role: "defines" }] : [],
  );

function* uses(workspace: Workspace, owner: Document, section: string): Iterable<Occurrence> {
  for (const document of workspace.of("uwsgi")) {
    for (const name of FILE_OPTIONS) {
      for (const { directive } of document.named(name)) {
        const [word] = directive.args;
        const asked = word && configurationOf(workspace, document, word.text);
        if (word && asked?.uri === owner.uri && asked.section === section)
          yield { uri: document.uri, span: { start: word.span.end - section.length, end: word.span.end }, role: "uses" };
      }
    }
  }
  for (const instance of stackOf(workspace).startedFrom(owner.uri)) {
    for (const { name, value, origin } of instance.start.command?.args ?? []) {
      if (!origin || (name !== "" && !FILE_OPTIONS.has(name)) || splitSection(value).section !== section) continue;
      const text = workspace.get(origin.uri)?.text.slice(origin.span.start, origin.span.end) ?? "";
      const from = text.lastIndexOf(`:${section}`);
      if (from >= 0)
        yield {
          uri: origin.uri,
          span: { start: origin.span.start + from + 1, end: origin.span.start + from + 1 + section.length },
          role: "uses",
        };
    }
  }
}
