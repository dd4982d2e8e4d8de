/** Words that several rules share. */
import type { Document } from "../model/document";
import { type Address, show } from "../stack/address";
import type { Endpoint } from "../stack/endpoint";
import type { Link } from "../stack/links";
import type { Stack } from "../stack/stack";
import { baseName } from "../text/uri";
import type { Workspace } from "../workspace/workspace";
import type { Related, Severity } from "./rule";

/** An address as nginx writes it. */
export function nginxSpelling(address: Address): string {
  return address.kind === "unix" ? `unix:${address.path}` : show(address);
}

export const shortName = (uri: string): string => decodeURIComponent(baseName(uri));

/** Where a listener is set, as a related place. */
export function atEndpoint(endpoint: Endpoint, message: string): readonly Related[] {
  const at = endpoint.setting.origin;
  return at ? [{ uri: at.uri, span: at.span, message }] : [];
}

export function atLink(link: Link, message: string): readonly Related[] {
  return [{ uri: link.connection.document.uri, span: link.connection.span, message }];
}

/** `shop.conf:12`. */
export function lineName(workspace: Workspace, uri: string, offset: number): string {
  const document: Document | undefined = workspace.get(uri);
  return document ? `${shortName(uri)}:${document.lines.line(offset) + 1}` : shortName(uri);
}

/**
 * The level of what nginx accepts and requests then break on: certain where uWSGI's side is in the workspace; of a file of nginx alone
 * others may know better.
 */
export const brokenRequests = (stack: Stack): Severity => (stack.instances.length > 0 ? "error" : "warning");
