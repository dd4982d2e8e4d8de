/** Things with a name that several places share: sockets, placeholders, sections, upstreams, variables … Go to, find, mark and rename them. */

import type { FileEdit } from "../../rules/rule";
import type { Span } from "../../text/span";
import type { At } from "../place";
import { nginxNameAt } from "./nginx-names";
import type { Named } from "./occurrence";
import { placeholderAt } from "./placeholders";
import { sectionNameAt } from "./sections";
import { socketAt } from "./sockets";

export function namedAt(at: At): Named | undefined {
  return at.document.language === "nginx" ? (nginxNameAt(at) ?? socketAt(at)) : (placeholderAt(at) ?? sectionNameAt(at) ?? socketAt(at));
}

export function renamed(named: Named, name: string): readonly FileEdit[] {
  const files = new Map<string, { span: Span; text: string }[]>();
  for (const { uri, span, respell } of named.occurrences)
    files.set(uri, [...(files.get(uri) ?? []), { span, text: respell ? respell(name) : name }]);
  return Array.from(files, ([uri, edits]) => ({ uri, edits }));
}
