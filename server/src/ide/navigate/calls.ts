/** Who starts or asks whom: location → upstream → application, emperor → vassal. */

import type { Document } from "../../model/document";
import { show } from "../../stack/address";
import { blockOf } from "../../stack/connection";
import type { Instance } from "../../stack/instance";
import type { Link } from "../../stack/links";
import { type Stack, stackOf } from "../../stack/stack";
import type { Nested } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { contains, type Span } from "../../text/span";
import { baseName } from "../../text/uri";
import type { Workspace } from "../../workspace/workspace";
import type { At } from "../place";

export type Callable = {
  readonly kind: "location" | "upstream" | "process";
  readonly name: string;
  readonly detail: string;
  readonly uri: string;
  readonly span: Span;
  readonly nameSpan: Span;
};
/** `at`: the places in the caller's file that make the call. */
export type Call = { readonly to: Callable; readonly at: readonly Span[] };

export function callablesAt({ workspace, document, offset }: At): readonly Callable[] {
  const stack = stackOf(workspace);
  if (document.language === "nginx") {
    const nodes = [
      ...document.named("upstream").map((nested) => upstream(document, nested)),
      ...stack.passesOf(document).map((pass) => location(document, pass.nested)),
    ];
    const here = nodes.filter((node) => contains(node.span, offset));
    const least = Math.min(...here.map((node) => node.span.end - node.span.start));
    return unique(here.filter((node) => node.span.end - node.span.start === least));
  }
  return unique(stack.startedFrom(document.uri).map(process));
}

export function outgoing(workspace: Workspace, node: Callable): readonly Call[] {
  const stack = stackOf(workspace);
  if (node.kind === "process") return vassals(stack, node);
  const links = stack.links.filter((link) =>
    node.kind === "location" ? isIn(location(link.connection.pass.document, link.connection.pass.nested), node) : isUpstream(link, node),
  );
  if (node.kind === "upstream") return reached(links, ({ connection }) => connection.span);
  const direct = links.filter((link) => !link.connection.upstream);
  const through = links.flatMap(({ connection }) =>
    connection.upstream
      ? [{ to: upstream(connection.upstream.document, connection.upstream.nested), at: [connection.pass.word.span] }]
      : [],
  );
  return merged([...through, ...reached(direct, ({ connection }) => connection.span)]);
}

export function incoming(workspace: Workspace, node: Callable): readonly Call[] {
  const stack = stackOf(workspace);
  const passing = (links: readonly Link[]): readonly Call[] =>
    links.map(({ connection: { pass } }) => ({ to: location(pass.document, pass.nested), at: [pass.word.span] }));
  if (node.kind === "location") return [];
  if (node.kind === "upstream") return merged(passing(stack.links.filter((link) => isUpstream(link, node))));
  const own = stack.startedFrom(node.uri).filter((instance) => processName(instance) === node.name);
  const links = stack.links.filter((link) => link.reached.some(({ endpoint }) => own.includes(endpoint.instance)));
  const through = links.flatMap(({ connection }) =>
    connection.upstream ? [{ to: upstream(connection.upstream.document, connection.upstream.nested), at: [connection.span] }] : [],
  );
  const emperors = own.flatMap(({ start }) => (start.emperor ? [{ to: process(start.emperor), at: places(start.emperor) }] : []));
  return merged([...emperors, ...through, ...passing(links.filter((link) => !link.connection.upstream))]);
}

function vassals(stack: Stack, node: Callable): readonly Call[] {
  const all = stack.instances.filter(
    ({ start }) => start.emperor !== undefined && start.emperor.uri === node.uri && processName(start.emperor) === node.name,
  );
  return merged(all.map((instance) => ({ to: process(instance), at: instance.start.emperor ? places(instance.start.emperor) : [] })));
}

const places = (emperor: Instance): readonly Span[] =>
  emperor.all("emperor").flatMap((setting) => (setting.origin?.uri === emperor.uri ? [setting.origin.span] : []));

const reached = (links: readonly Link[], spanOf: (link: Link) => Span): readonly Call[] =>
  merged(links.flatMap((link) => link.reached.map(({ endpoint }) => ({ to: process(endpoint.instance), at: [spanOf(link)] }))));

const isIn = (a: Callable, b: Callable): boolean => a.uri === b.uri && a.span.start === b.span.start && a.kind === b.kind;
const isUpstream = ({ connection }: Link, node: Callable): boolean =>
  connection.upstream !== undefined && isIn(upstream(connection.upstream.document, connection.upstream.nested), node);

function location(document: Document, nested: Nested): Callable {
  const { directive } = blockOf(nested) ?? nested;
  const words = [directive.name, ...directive.args].map((word) => word.text).join(" ");
  return {
    kind: "location",
    name: words,
    detail: baseName(document.path),
    uri: document.uri,
    span: directive.span,
    nameSpan: directive.name.span,
  };
}

function upstream(document: Document, { directive }: Nested): Callable {
  return {
    kind: "upstream",
    name: `upstream ${directive.args[0]?.text ?? ""}`,
    detail: baseName(document.path),
    uri: document.uri,
    span: directive.span,
    nameSpan: directive.args[0]?.span ?? directive.name.span,
  };
}

const processName = (instance: Instance): string =>
  `${baseName(instance.document.path)}${instance.start.section === undefined ? "" : `:${instance.start.section}`}`;

function process(instance: Instance): Callable {
  const { document, endpoints } = instance;
  const section = document.tree.directives.find(
    (directive) => directive.body && directive.name.text === (instance.start.section ?? "uwsgi"),
  );
  const detail = instance.isEmperor ? t`emperor` : endpoints.map((endpoint) => show(endpoint.address)).join(", ");
  const span = section?.span ?? { start: 0, end: document.text.length };
  return {
    kind: "process",
    name: processName(instance),
    detail,
    uri: instance.uri,
    span,
    nameSpan: section?.name.span ?? { start: span.start, end: span.start },
  };
}

const keyOf = (node: Callable): string => `${node.kind} ${node.uri} ${node.span.start} ${node.name}`;

function unique(nodes: readonly Callable[]): readonly Callable[] {
  return [...new Map(nodes.map((node) => [keyOf(node), node])).values()];
}

function merged(calls: readonly Call[]): readonly Call[] {
  const all = new Map<string, { to: Callable; at: Map<number, Span> }>();
  for (const { to, at } of calls) {
    const known = all.get(keyOf(to)) ?? { to, at: new Map<number, Span>() };
    for (const span of at) known.at.set(span.start, span);
    all.set(keyOf(to), known);
  }
  return Array.from(all.values(), ({ to, at }) => ({ to, at: [...at.values()] }));
}
