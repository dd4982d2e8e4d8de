/** Names inside nginx configurations: variables, upstreams, zones, log formats, named locations. */

import type { Name, NameKind } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { variableFact } from "../nginx/directive-text";
import { kindWords } from "../nginx/kind-words";
import { namesAt, sameNames } from "../nginx/statements";
import type { At } from "../place";
import { type Named, type Occurrence, unique } from "./occurrence";

/** What a name may be made of. */
const SHAPES: Readonly<Record<NameKind, RegExp>> = {
  variable: /^\w+$/,
  upstream: /^[^\s;{}"'$:/]+$/,
  zone: /^[^\s;{}"'$:]+$/,
  "log format": /^[^\s;{}"'$]+$/,
  "named location": /^@?[^\s;{}"'$@]+$/,
  "thread pool": /^[^\s;{}"'$]+$/,
};

export function nginxNameAt(at: At): Named | undefined {
  const { workspace, document, offset } = at;
  const found = namesAt(workspace, document, offset);
  const [first] = found;
  if (!first) return undefined;
  const { name } = first;
  const all = found.flatMap(({ reading, name: one }) => sameNames(reading, one));
  // An address that no upstream is called by is no name.
  if (name.kind === "upstream" && !all.some((one) => one.role === "defines")) return undefined;
  const occurrences = unique(all.flatMap((one) => occurrence(at, one) ?? []));
  const here =
    occurrences.find((one) => one.uri === document.uri && one.span.start <= offset && offset <= one.span.end) ??
    occurrences.find((one) => one.uri === document.uri && one.span.start >= name.span.start && one.span.end <= name.span.end);
  if (!here) return undefined;
  const isOwn = all.some((one) => one.role === "defines");
  const refuses = (next: string): string | undefined => {
    if (!isOwn)
      return name.kind === "variable" && variableFact(name.name, name.family)
        ? t`$${name.name} is a variable of nginx itself.`
        : t`${name.name} is defined somewhere that is not known here.`;
    return SHAPES[name.kind].test(next.replace(/^\$/, "")) ? undefined : t`This cannot be the name of a ${kindWords(name.kind)}.`;
  };
  return { span: here.span, text: document.text.slice(here.span.start, here.span.end), occurrences, refuses };
}

/** The name alone, without a dollar sign, brackets or what stands before it. */
function occurrence({ workspace }: At, { statement, span, name, role, kind }: Name): Occurrence | undefined {
  const { uri } = statement.source;
  const written = workspace.get(uri)?.text.slice(span.start, span.end) ?? "";
  const at = written.toLowerCase().indexOf(name.toLowerCase());
  if (at < 0) return undefined;
  const place = { start: span.start + at, end: span.start + at + name.length };
  const respell =
    kind === "variable"
      ? (next: string) => next.replace(/^\$/, "")
      : kind === "named location"
        ? (next: string) => (next.startsWith("@") ? next : `@${next}`)
        : undefined;
  return respell ? { uri, span: place, role, respell } : { uri, span: place, role };
}
