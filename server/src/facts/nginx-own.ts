/** Directives of modules that only the user knows: as a line `my_cache http,server,location 1-2`, or as in nginx-modules.json. */
import type { NginxContext, NginxDirective } from "./nginx";

const CONTEXTS: Readonly<Record<string, readonly (NginxContext | "any")[]>> = {
  any: ["any"],
  main: ["main"],
  events: ["events"],
  http: ["http"],
  server: ["http.server"],
  location: ["http.location"],
  if: ["http.server.if", "http.location.if"],
  limit_except: ["http.limit_except"],
  upstream: ["http.upstream"],
  stream: ["stream"],
  "stream.server": ["stream.server"],
  "stream.upstream": ["stream.upstream"],
  mail: ["mail"],
  "mail.server": ["mail.server"],
};
const KNOWN: ReadonlySet<unknown> = new Set(Object.values(CONTEXTS).flat());

/** What stands where others have the name of a module. */
export const OWN_MODULE = "of your own";

export const ownDirective = (json: unknown): NginxDirective | undefined =>
  typeof json === "string" ? fromLine(json) : isDirective(json) ? json : undefined;

/** Name, contexts, number of arguments (`1`, `0-2`, `1+`, `flag`), and `block` where it opens one. */
function fromLine(line: string): NginxDirective | undefined {
  const [name = "", places = "", count = "", block, ...rest] = line.trim().split(/\s+/);
  const contexts = places.split(",").map((place) => (Object.hasOwn(CONTEXTS, place) ? CONTEXTS[place] : undefined));
  const known = contexts.flatMap((context) => context ?? []);
  const args = countsFrom(count);
  if (!/^\w+$/.test(name) || contexts.includes(undefined) || !args || rest.length > 0 || (block ?? "block") !== "block") return undefined;
  const kind = count === "flag" ? "flag" : "custom";
  return { name, module: OWN_MODULE, contexts: known, args, kind, ...(block && { block: true, opaque: true }) };
}

function countsFrom(text: string): NginxDirective["args"] | undefined {
  if (text === "flag") return [1];
  const [, least = "", most] = /^(\d)(?:-(\d)|\+)?$/.exec(text) ?? [];
  if (least === "") return undefined;
  if (text.endsWith("+")) return { least: Number(least) };
  return Array.from({ length: Math.max(0, Number(most ?? least) - Number(least)) + 1 }, (_, at) => Number(least) + at);
}

function isDirective(json: unknown): json is NginxDirective {
  const { name, module, contexts, args, kind } = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const counts = Array.isArray(args)
    ? args.length > 0 && args.every((one) => typeof one === "number")
    : typeof (args as { least?: unknown } | undefined)?.least === "number";
  return (
    typeof name === "string" &&
    typeof module === "string" &&
    Array.isArray(contexts) &&
    contexts.length > 0 &&
    contexts.every((context) => KNOWN.has(context)) &&
    counts &&
    typeof kind === "string"
  );
}
