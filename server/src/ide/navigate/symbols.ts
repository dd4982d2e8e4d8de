/** The outline of a file, and the things of all files one may want to go to. */

import type { Document } from "../../model/document";
import { show } from "../../stack/address";
import { stackOf } from "../../stack/stack";
import type { Directive } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { type Span, span } from "../../text/span";
import { baseName, pathOf } from "../../text/uri";
import type { Workspace } from "../../workspace/workspace";

export type SymbolKind =
  | "section"
  | "option"
  | "server"
  | "location"
  | "upstream"
  | "block"
  | "directive"
  | "socket"
  | "process"
  | "variable";

export type DocumentSymbol = {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly DocumentSymbol[];
};

export type WorkspaceSymbol = {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly uri: string;
  readonly span: Span;
  readonly container: string;
};

/** An editor draws no deeper tree, and the text may nest without end. */
const MAX_DEPTH = 30;

export function documentSymbols(document: Document): readonly DocumentSymbol[] {
  return document.tree.directives.map((directive) => symbol(document, directive, 0));
}

function symbol(document: Document, directive: Directive, depth: number): DocumentSymbol {
  const children = depth < MAX_DEPTH ? (directive.body ?? []) : [];
  const text = directive.args.map((word) => word.text).join(" ");
  const { name, kind, detail } = document.language === "uwsgi" ? uwsgiWords(directive, text) : nginxWords(directive, text);
  return {
    name: name || t`(nameless)`,
    kind,
    span: directive.span,
    nameSpan: within(directive.name.span, directive.span),
    children: children.map((child) => symbol(document, child, depth + 1)),
    ...(detail ? { detail: detail.slice(0, 120) } : {}),
  };
}

const within = (inner: Span, outer: Span): Span => span(Math.max(inner.start, outer.start), Math.min(inner.end, outer.end));

type Words = { readonly name: string; readonly kind: SymbolKind; readonly detail?: string };

function uwsgiWords(directive: Directive, text: string): Words {
  const name = directive.name.text;
  return directive.body ? { name: `[${name}]`, kind: "section" } : { name, kind: "option", detail: text };
}

function nginxWords(directive: Directive, text: string): Words {
  const name = directive.name.text;
  if (name === "server" && directive.body) return { name: "server", kind: "server", detail: serverNames(directive) };
  if (name === "location") return { name: `location ${text}`, kind: "location", detail: passOf(directive) };
  if (name === "upstream") return { name: `upstream ${text}`, kind: "upstream" };
  return directive.bodySpan ? { name: text === "" ? name : `${name} ${text}`, kind: "block" } : { name, kind: "directive", detail: text };
}

const serverNames = (server: Directive): string =>
  (server.body ?? [])
    .filter((one) => one.name.text === "server_name" || one.name.text === "listen")
    .map((one) => one.args.map((word) => word.text).join(" "))
    .join(", ");

const passOf = (location: Directive): string => (location.body ?? []).find((one) => one.name.text.endsWith("_pass"))?.args[0]?.text ?? "";

/** Letters of the query in this order, as editors match them. */
function matches(name: string, query: string): boolean {
  let at = 0;
  for (const letter of query.toLowerCase()) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const MOST = 500;

export function workspaceSymbols(workspace: Workspace, query: string): readonly WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  for (const one of [...processes(workspace), ...configured(workspace)]) {
    if (found.length >= MOST) break;
    if (matches(one.name.toLowerCase(), query)) found.push(one);
  }
  return found;
}

function* processes(workspace: Workspace): Iterable<WorkspaceSymbol> {
  const seen = new Set<string>();
  for (const instance of stackOf(workspace).instances) {
    const container = baseName(pathOf(instance.uri));
    const section = instance.start.section;
    const key = `${instance.uri} ${section}`;
    if (!seen.has(key))
      yield {
        name: section === undefined ? container : `${container}:${section}`,
        kind: "process",
        uri: instance.uri,
        span: { start: 0, end: 0 },
        container: instance.isEmperor ? t`emperor` : instance.isVassal ? t`vassal` : "uWSGI",
      };
    seen.add(key);
    for (const endpoint of instance.endpoints) {
      const at = endpoint.setting.origin;
      if (at) yield { name: `${endpoint.option} ${show(endpoint.address)}`, kind: "socket", uri: at.uri, span: at.span, container };
    }
  }
}

function* configured(workspace: Workspace): Iterable<WorkspaceSymbol> {
  for (const document of workspace.of("nginx")) {
    const container = baseName(document.path);
    for (const { directive } of [...document.named("server"), ...document.named("location"), ...document.named("upstream")]) {
      if (!directive.body) continue;
      const { name, kind, detail } = nginxWords(directive, directive.args.map((word) => word.text).join(" "));
      yield {
        name: kind === "server" && detail ? `server ${detail}` : name,
        kind,
        uri: document.uri,
        span: directive.name.span,
        container,
      };
    }
  }
  for (const document of workspace.of("uwsgi"))
    for (const directive of document.tree.directives)
      if (directive.body && directive.name.text !== "uwsgi")
        yield {
          name: `[${directive.name.text}]`,
          kind: "section",
          uri: document.uri,
          span: directive.name.span,
          container: baseName(document.path),
        };
}
