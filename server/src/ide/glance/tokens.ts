/** Meaning for colours that a grammar cannot see: which key is an option, which a variable; what in a value is filled in. */
import { type Option, optionOf } from "../../facts/uwsgi";
import { isOwn } from "../../facts/uwsgi-build";
import type { Document } from "../../model/document";
import type { Span } from "../../text/span";
import type { Workspace } from "../../workspace/workspace";
import { readingsFor } from "../nginx/statements";
import { expansions } from "../uwsgi/expansions";

export const TOKEN_TYPES = ["property", "variable", "macro", "namespace", "keyword", "class", "parameter"] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];
export type Token = Span & { readonly type: TokenType };

/** In the order of the text, none within another. */
export function tokens(workspace: Workspace, document: Document): readonly Token[] {
  const all =
    document.language === "uwsgi"
      ? [...uwsgiTokens(workspace, document)]
      : document.language === "nginx"
        ? [...nginxTokens(workspace, document)]
        : [];
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  let last = 0;
  return all.filter((token) => {
    const fits = token.start >= last && token.end > token.start && !document.text.slice(token.start, token.end).includes("\n");
    if (fits) last = token.end;
    return fits;
  });
}

function* uwsgiTokens({ target }: Workspace, document: Document): Iterable<Token> {
  for (const { directive } of document.all) {
    const { name } = directive;
    if (directive.body) {
      yield { ...name.span, type: "namespace" };
      continue;
    }
    const option = optionOf(name.text);
    if (!/[%$@]/.test(name.text)) yield { ...name.span, type: typeOfKey(option, isOwn(name.text, target.uwsgiOptions)) };
    for (const { span, kind } of expansions(document.text, directive.span.start, directive.span.end))
      yield { ...span, type: kind === "letter" ? "macro" : "variable" };
  }
}

function typeOfKey(option: Option | undefined, isOwn: boolean): TokenType {
  if (option?.type.startsWith("logic-")) return "keyword";
  return option || isOwn ? "property" : "variable";
}

const NAMES = {
  variable: "variable",
  upstream: "class",
  zone: "class",
  "log format": "class",
  "named location": "namespace",
  "thread pool": "class",
} as const;

function* nginxTokens(workspace: Workspace, document: Document): Iterable<Token> {
  for (const reading of readingsFor(workspace, document)) {
    const defined = new Set(reading.names.filter((name) => name.role === "defines").map((name) => `${name.kind} ${name.name}`));
    for (const name of reading.names) {
      if (name.statement.source.uri !== document.uri) continue;
      // An address is no name of an upstream unless one is called so.
      if (name.kind !== "variable" && !defined.has(`${name.kind} ${name.name}`)) continue;
      yield { ...name.span, type: NAMES[name.kind] };
    }
  }
}
