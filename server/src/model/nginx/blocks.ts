/** Which context a block opens, and how a person calls it. */
import type { NginxContext, NginxDirective } from "../../facts/nginx";
import { t } from "../../text/l10n";
import type { Block } from "./reading";

const OPENS: Readonly<Record<string, NginxContext>> = {
  ngx_events_block: "events",
  ngx_http_block: "http",
  ngx_http_core_server: "http.server",
  ngx_http_core_location: "http.location",
  ngx_http_core_limit_except: "http.limit_except",
  ngx_http_upstream: "http.upstream",
  ngx_stream_block: "stream",
  ngx_stream_core_server: "stream.server",
  ngx_stream_upstream: "stream.upstream",
  ngx_mail_block: "mail",
  ngx_mail_core_server: "mail.server",
};

export function innerContext(fact: NginxDirective | undefined, block: Block): Block["context"] {
  if (!fact) return undefined;
  if (fact.pairs) return "pairs";
  if (fact.setter === "ngx_http_rewrite_if") return block.context?.startsWith("http.location") ? "http.location.if" : "http.server.if";
  return fact.setter === undefined ? undefined : OPENS[fact.setter];
}

/** `location / in server in http`, for messages. */
export function describe(block: Block): string {
  const parts: string[] = [];
  let at: Block | undefined = block;
  for (; at?.owner; at = at.outer) {
    if (parts.length === 4) return [...parts, "…"].reduce((inner, outer) => t`${inner} in ${outer}`);
    parts.push(
      [at.owner.directive.name, ...at.owner.directive.args]
        .map((word) => word.text)
        .join(" ")
        .slice(0, 60),
    );
  }
  if (at && at.context !== "main") parts.push(WORDS[at.context ?? ""]?.() ?? t`this file`);
  return parts.length > 0 ? parts.reduce((inner, outer) => t`${inner} in ${outer}`) : t`the main level`;
}

const WORDS: Readonly<Record<string, () => string>> = {
  events: () => "events",
  http: () => "http",
  "http.server": () => t`a server`,
  "http.location": () => t`a location`,
  "http.upstream": () => t`an upstream`,
  "http.server.if": () => t`an if of a server`,
  "http.location.if": () => t`an if of a location`,
  "http.limit_except": () => "limit_except",
  stream: () => "stream",
  "stream.server": () => t`a server of stream`,
  "stream.upstream": () => t`an upstream of stream`,
  mail: () => "mail",
  "mail.server": () => t`a server of mail`,
};

export const describeContext = (context: NginxContext | "any"): string =>
  WORDS[context]?.() ?? (context === "main" ? t`the main level` : t`anywhere`);
