/** Things with a name that several places share: sockets, placeholders, sections, upstreams, variables … Go to, find, mark and rename them. */

import type { FileEdit } from "../../rules/rule";
import type { Edit } from "../../text/span";
import type { At } from "../place";
import { nginxNameAt } from "./nginx-names";
import type { Named } from "./occurrence";
import { placeholderAt } from "./placeholders";
import { sectionNameAt } from "./sections";
import { socketAt } from "./sockets";

export function namedAt(at: At): Named | undefined {
  return at.document.language === "nginx" ? (nginxNameAt(at) ?? socketAt(at)) : (placeholderAt(at) ?? sectionNameAt(at) ?? socketAt(at));
}

export function renamed({ occurrences, also }: Named, name: string): readonly FileEdit[] {
  const files = new Map<string, Map<string, Edit>>();
  const add = (uri: string, edit: Edit): void => {
    const edits = files.get(uri) ?? new Map<string, Edit>();
    // Two lines may lead to one definition, which changes once.
    files.set(uri, edits.set(`${edit.span.start} ${edit.span.end} ${edit.text}`, edit));
  };
  for (const { uri, span, respell } of occurrences) if (respell !== null) add(uri, { span, text: respell ? respell(name) : name });
  for (const { uri, edits } of also?.(name) ?? []) for (const edit of edits) add(uri, edit);
  return Array.from(files, ([uri, edits]) => ({ uri, edits: [...edits.values()] }));
}
