/** Lines above the text that tell what is on the other side: above `socket` who asks for it, above `uwsgi_pass` who answers. */

import type { Document } from "../../model/document";
import type { Place } from "../../rules/rule";
import { lineName } from "../../rules/words";
import { type Endpoint, isAppSocket } from "../../stack/endpoint";
import { type Stack, stackOf } from "../../stack/stack";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import type { Workspace } from "../../workspace/workspace";
import type { Diagnosis } from "../diagnose";
import { clientsOf, passWords } from "../join-words";

/** `places`: where the words lead. */
export type Lens = { readonly span: Span; readonly title: string; readonly places: readonly Place[] };

const SHOWN = 4;

export function lenses(workspace: Workspace, document: Document, findings: readonly Diagnosis[]): readonly Lens[] {
  const stack = stackOf(workspace);
  return document.language === "nginx"
    ? [...passLenses(stack, document, findings)]
    : document.language === "uwsgi"
      ? [...socketLenses(stack, document)]
      : [];
}

function* passLenses(stack: Stack, document: Document, findings: readonly Diagnosis[]): Iterable<Lens> {
  for (const pass of stack.passesOf(document)) {
    if (pass.protocol !== "uwsgi" && pass.protocol !== "suwsgi") continue;
    const links = stack.linksOf(document.uri).filter((link) => link.connection.pass.nested === pass.nested);
    const words = [...new Set(links.flatMap((link) => passWords(stack, link, findings)))];
    if (words.length === 0) continue;
    const places = links
      .flatMap((link) => [...link.reached.map((one) => one.endpoint), ...(link.near ? [link.near.endpoint] : [])])
      .flatMap(({ setting }) => setting.origin ?? []);
    yield { span: pass.nested.directive.span, title: listed(words, " · "), places };
  }
}

function* socketLenses(stack: Stack, document: Document): Iterable<Lens> {
  const byLine = new Map<number, { readonly span: Span; readonly endpoints: ReturnType<typeof endpointsIn> }>();
  for (const endpoint of endpointsIn(stack, document)) {
    const span = endpoint.setting.origin?.span;
    if (!span) continue;
    const known = byLine.get(span.start);
    byLine.set(span.start, { span, endpoints: [...(known?.endpoints ?? []), endpoint] });
  }
  for (const { span, endpoints } of byLine.values()) {
    const links = endpoints.flatMap((endpoint) => clientsOf(stack, endpoint));
    const places = links.map(({ connection }) => ({ uri: connection.document.uri, span: connection.span }));
    const names = [...new Set(links.map(({ connection: { pass } }) => lineName(stack.workspace, pass.document.uri, pass.word.span.start)))];
    if (names.length > 0) yield { span, title: t`served by ${listed(names, ", ")}`, places };
    else if (isLonely(stack, endpoints)) yield { span, title: t`no nginx location reaches this`, places: [] };
  }
}

function endpointsIn(stack: Stack, document: Document) {
  return stack
    .instancesOf(document.uri)
    .flatMap((instance) => instance.endpoints)
    .filter((endpoint) => endpoint.setting.origin?.uri === document.uri && isAppSocket(endpoint.option));
}

/** Known for sure: the address is, and there is an nginx configuration whose every target is. */
function isLonely(stack: Stack, endpoints: readonly Endpoint[]): boolean {
  if (stack.workspace.of("nginx").every((document) => stack.passesOf(document).length === 0)) return false;
  // Browsers and load balancers may ask a socket that speaks HTTP themselves.
  const isForNginx = ({ address, protocol }: Endpoint): boolean =>
    (address.kind === "unix" || address.kind === "tcp") && (protocol === "uwsgi" || protocol === "suwsgi");
  return endpoints.every(isForNginx) && stack.links.every((link) => link.settled);
}

const listed = (words: readonly string[], separator: string): string =>
  `${words.slice(0, SHOWN).join(separator)}${words.length > SHOWN ? separator + t`${words.length - SHOWN} more` : ""}`;
