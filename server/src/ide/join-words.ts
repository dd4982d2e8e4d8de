/** How both ends of a connection are told to a person: what nginx meets there, who asks for a socket. */

import type { Document } from "../model/document";
import { lineName } from "../rules/words";
import { socketSetup, workerOf } from "../stack/access-setup";
import { show } from "../stack/address";
import type { Endpoint } from "../stack/endpoint";
import type { Link } from "../stack/links";
import { octal } from "../stack/mode";
import { permission } from "../stack/permission";
import { type Stack, stackOf } from "../stack/stack";
import type { Directive } from "../syntax/tree";
import { t } from "../text/l10n";
import type { Workspace } from "../workspace/workspace";
import type { Diagnosis } from "./diagnose";
import { ABOUT_MEETING, connectState } from "./topology-state";
import { runsAs } from "./topology-words";

/** Connections that a `…_pass`, or a `server` of an upstream, opens. */
export function linksFrom(stack: Stack, document: Document, directive: Directive): readonly Link[] {
  return stack
    .linksOf(document.uri)
    .filter(({ connection }) => connection.pass.nested.directive === directive || connection.server?.directive === directive);
}

/** `shop.ini:4, runs as www-data, mode 664`: one for each listener that is reached. */
export function targetWords(workspace: Workspace, document: Document, directive: Directive): readonly string[] {
  const stack = stackOf(workspace);
  return [
    ...new Set(linksFrom(stack, document, directive).flatMap((link) => link.reached.map(({ endpoint }) => endpointWords(stack, endpoint)))),
  ];
}

export function endpointWords(stack: Stack, endpoint: Endpoint): string {
  const { instance, setting } = endpoint;
  const at = setting.origin;
  const place = at ? lineName(stack.workspace, at.uri, at.span.start) : lineName(stack.workspace, instance.uri, 0);
  const { user } = runsAs(stack, instance);
  const parts = [place, user === undefined ? undefined : t`runs as ${user}`];
  if (endpoint.address.kind === "unix") {
    const { mode } = permission(socketSetup(stack, endpoint), workerOf(stack).who).socket;
    parts.push(mode === undefined ? undefined : t`mode ${octal(mode)}`);
  }
  return parts.filter((part) => part !== undefined).join(", ");
}

/** What goes wrong between the two, in a few words. */
const failure = (rule: string | undefined): string =>
  rule === "wrong-protocol" ? t`they speak different protocols` : t`nginx cannot connect`;

/** What stands above a `…_pass`. `findings`: those of its document. */
export function passWords(stack: Stack, link: Link, findings: readonly Diagnosis[]): readonly string[] {
  const span = link.connection.span;
  const isHere = (finding: Diagnosis): boolean =>
    finding.uri === link.connection.document.uri && finding.span.start < span.end && span.start < finding.span.end;
  const own = findings.filter((finding) => ABOUT_MEETING.has(finding.code) && isHere(finding));
  if (link.reached.length === 0) {
    const { address } = link.connection;
    if (!link.settled || address.kind === "unknown" || address.kind === "name") return [];
    const near = link.near?.endpoint;
    const there = near?.setting.origin ?? undefined;
    if (!near || !there) return [t`nothing here binds ${show(address)}`];
    return [t`nobody binds ${show(address)}; ${lineName(stack.workspace, there.uri, there.span.start)} binds ${show(near.address)}`];
  }
  return link.reached.map(({ endpoint }) => {
    const { state } = connectState(stack, link, endpoint, own, () => undefined);
    const words = endpointWords(stack, endpoint);
    if (state === "unknown") return words;
    return `${words}: ${state === "fits" ? t`nginx can connect` : failure(own[0]?.code)}`;
  });
}

/** `shop.conf:12`: who connects to a listener. */
export function clientsOf(stack: Stack, endpoint: Endpoint): readonly Link[] {
  return stack.linksTo(endpoint).filter((link) => link.reached.some((one) => one.endpoint === endpoint));
}
