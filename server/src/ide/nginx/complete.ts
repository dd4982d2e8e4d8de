/** Completion in nginx files: directives that may stand here, their arguments, variables, and names other places define. */

import { allDirectives, isInRelease, type NginxDirective, nginxVariables } from "../../facts/nginx";
import type { NginxDocs } from "../../facts/nginx-docs";
import { type Block, familyOf, type NameKind } from "../../model/nginx/reading";
import { lineName } from "../../rules/words";
import { t } from "../../text/l10n";
import { readingsWith } from "../../workspace/nginx";
import type { Completion, Completions } from "../completion";
import { completePath } from "../paths";
import type { At } from "../place";
import { passTargets, usersKnown } from "../stack-words";
import { moduleWords } from "./directive-text";
import { kindWords } from "./kind-words";
import { type Typing, typingAt } from "./typing";

export function completeNginx(at: At, docs: NginxDocs): Completions | undefined {
  const typing = typingAt(at);
  if (!typing) return undefined;
  const variable = /\$\{?(\w*)$/.exec(typing.typed);
  if (variable && typing.words.length > 0) return completeVariables(at, typing, variable[1] ?? "");
  if (typing.words.length === 0) return { span: typing.span, items: directives(at, typing) };
  return argumentsOf(at, typing, docs);
}

/** By how often they stand in public configurations. */
const COMMON: ReadonlyMap<string, number> = new Map(
  "proxy_set_header location server_name listen server proxy_pass root include index try_files ssl_certificate ssl_certificate_key return access_log error_log add_header upstream uwsgi_pass uwsgi_param alias client_max_body_size proxy_redirect rewrite expires if deny allow proxy_http_version gzip worker_processes events http worker_connections sendfile keepalive_timeout user pid"
    .split(" ")
    .map((name, index) => [name, index]),
);

function factsIn(at: At, blocks: readonly Block[]): readonly NginxDirective[] {
  const release = at.workspace.target.nginxVersion;
  const contexts = new Set<string | undefined>(blocks.map((block) => block.context));
  return [...allDirectives()].filter(
    (fact) =>
      (release === undefined ? !fact.removed : isInRelease(fact, release)) &&
      fact.contexts.some((context) => context === "any" || contexts.has(context)),
  );
}

function directives(at: At, { blocks }: Typing): readonly Completion[] {
  const known = blocks.filter((block) => block.context !== undefined);
  if (known.length === 0) return [];
  if (known.every((block) => block.context === "pairs")) return dataWords(known);
  const set = new Set(known.flatMap((block) => block.statements.map((statement) => statement.directive.name.text)));
  const items = new Map<string, Completion>();
  for (const fact of factsIn(at, known)) {
    if (items.has(fact.name)) continue;
    const rank =
      set.has(fact.name) && (fact.once || fact.kind === "flag")
        ? 400
        : (COMMON.get(fact.name) ?? (fact.module.startsWith("ngx_") ? 200 : 300));
    items.set(fact.name, {
      label: fact.name,
      kind: "directive",
      detail: moduleWords(fact.module),
      rank,
      about: `directive ${fact.name} ${fact.module}`,
    });
  }
  return [...items.values()];
}

/** What may begin a line of `map` or `geo` beside data. */
function dataWords(blocks: readonly Block[]): readonly Completion[] {
  const owners = new Set(blocks.map((block) => block.owner?.directive.name.text));
  const words = owners.has("map")
    ? ["default", "include", "hostnames", "volatile"]
    : owners.has("geo")
      ? ["default", "include", "ranges", "proxy"]
      : [];
  return words.map((label, rank) => ({ label, kind: "keyword", rank }));
}

function completeVariables({ workspace, document, offset }: At, { blocks }: Typing, begun: string): Completions {
  const family = familyOf(blocks[0]);
  const items = new Map<string, Completion>();
  for (const reading of readingsWith(workspace, document))
    for (const name of reading.names)
      if (name.kind === "variable" && name.role === "defines" && name.family === family)
        items.set(name.name, {
          label: name.name,
          kind: "variable",
          detail: t`${name.statement.directive.name.text} in ${lineName(workspace, name.statement.source.uri, name.span.start)}`,
          rank: 0,
        });
  const release = workspace.target.nginxVersion;
  if (family !== "mail")
    for (const fact of nginxVariables(family))
      if (!items.has(fact.name) && isInRelease(fact, release))
        items.set(fact.name, {
          label: fact.name,
          kind: "variable",
          detail: fact.prefix ? t`${fact.module}: with any name behind it` : fact.module,
          rank: 1,
          about: `variable ${fact.name} ${family}`,
        });
  const rest = /^\w*/.exec(document.text.slice(offset))?.[0].length ?? 0;
  return { span: { start: offset - begun.length, end: offset + rest }, items: [...items.values()] };
}

type Words = (at: At, typing: Typing) => readonly Completion[];

const valuesOf = (labels: readonly string[]): readonly Completion[] => labels.map((label, rank) => ({ label, kind: "value", rank }));
const words =
  (...labels: readonly string[]): Words =>
  () =>
    valuesOf(labels);

const named =
  (kind: NameKind, owner?: string, prefix = ""): Words =>
  ({ workspace, document }) => {
    const items = new Map<string, Completion>();
    for (const reading of readingsWith(workspace, document))
      for (const name of reading.names)
        if (name.kind === kind && name.role === "defines" && (owner === undefined || name.owner === owner))
          items.set(name.name, {
            label: `${prefix}${name.name}`,
            kind: "variable",
            detail: t`${kindWords(kind)} in ${lineName(workspace, name.statement.source.uri, name.span.start)}`,
            rank: 0,
          });
    return [...items.values()];
  };

const both =
  (...all: readonly Words[]): Words =>
  (at, typing) =>
    all.flatMap((one) => one(at, typing));
const targets = (prefix: string): Words =>
  both(named("upstream", undefined, prefix), ({ workspace }) =>
    passTargets(workspace).map((item) => ({ ...item, label: `${prefix}${item.label}` })),
  );
const cacheZone = (name: string): Words => both(named("zone", name), words("off"));

/** Arguments that are names of something else, or words of a list, by directive; `*` is any place. */
const ARGUMENTS: Readonly<Record<string, Readonly<Partial<Record<number | "*", Words>>>>> = {
  uwsgi_pass: { 0: targets("") },
  scgi_pass: { 0: targets("") },
  fastcgi_pass: { 0: targets("") },
  grpc_pass: { 0: targets("grpc://") },
  proxy_pass: { 0: targets("http://") },
  server: { 0: (at, typing) => (typing.blocks.some((block) => block.context?.endsWith("upstream")) ? passTargets(at.workspace) : []) },
  location: { 0: words("=", "~", "~*", "^~") },
  user: { "*": ({ workspace, document }) => usersKnown(workspace, document.uri) },
  try_files: { "*": both(words("$uri", "$uri/", "=404"), named("named location")) },
  error_page: { "*": both(words("404", "500", "502", "503", "504"), named("named location")) },
  return: { 0: words("301", "302", "307", "308", "403", "404", "410", "444") },
  rewrite: { 2: words("last", "break", "redirect", "permanent") },
  access_log: { 0: words("off"), 1: named("log format") },
  error_log: { 1: words("debug", "info", "notice", "warn", "error", "crit", "alert", "emerg") },
  limit_req: { "*": both(named("zone", "limit_req", "zone="), words("burst=", "nodelay", "delay=")) },
  limit_conn: { 0: named("zone", "limit_conn") },
  proxy_cache: { 0: cacheZone("proxy_cache") },
  uwsgi_cache: { 0: cacheZone("uwsgi_cache") },
  fastcgi_cache: { 0: cacheZone("fastcgi_cache") },
  scgi_cache: { 0: cacheZone("scgi_cache") },
  proxy_http_version: { 0: words("1.1", "1.0") },
  add_header: { 2: words("always") },
};

const PATHS: ReadonlySet<string> = new Set([
  "include",
  "root",
  "alias",
  "ssl_certificate",
  "ssl_certificate_key",
  "ssl_dhparam",
  "auth_basic_user_file",
  "ssl_client_certificate",
  "ssl_trusted_certificate",
]);

function argumentsOf(at: At, typing: Typing, docs: NginxDocs): Completions | undefined {
  const [name = "", ...before] = typing.words;
  if (PATHS.has(name) && before.length === 0) {
    const path = completePath(
      at,
      { span: typing.span, text: at.document.text.slice(typing.span.start, typing.span.end) },
      name === "root" || name === "alias",
    );
    if (path) return path;
  }
  const own = Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name] : undefined;
  const facts = factsIn(at, typing.blocks).filter((fact) => fact.name === name);
  const special = (own?.[before.length] ?? own?.["*"])?.(at, typing) ?? [];
  const items = new Map<string, Completion>(special.map((item) => [item.label, item]));
  for (const fact of facts) for (const item of factWords(fact, before, docs)) if (!items.has(item.label)) items.set(item.label, item);
  return items.size > 0 ? { span: typing.span, items: [...items.values()] } : undefined;
}

/** Words the sources list, and those that the documentation prints as they are. */
function factWords(fact: NginxDirective, before: readonly string[], docs: NginxDocs): readonly Completion[] {
  if (fact.kind === "flag") return before.length === 0 ? valuesOf(["on", "off"]) : [];
  const listed = fact.kind === "bitmask" || (fact.kind === "enum" && before.length === 0) ? (fact.values ?? []) : [];
  const literal = (docs.directive(fact)?.syntax ?? []).flatMap((syntax) =>
    Array.from(syntax.matchAll(/(?<!\*)`([a-z][\w-]*)`(=)?/g), (match) => `${match[1]}${match[2] ?? ""}`),
  );
  const used = new Set(before.map((word) => word.replace(/=.*$/, "=")));
  return [...new Set([...listed, ...literal])]
    .filter((label) => !used.has(label))
    .map((label, rank) => ({ label, kind: "value", rank: 10 + rank }));
}
