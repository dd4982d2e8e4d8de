/** What nginx offers: its directives and variables in every release since 1.18. Generated, see scripts/facts-nginx.mjs. */
import coreData from "../../data/nginx.json";
import moduleData from "../../data/nginx-modules.json";
import { ownDirective } from "./nginx-own";
import { once } from "./once";

export type NginxContext =
  | "main"
  | "events"
  | "http"
  | "http.server"
  | "http.server.if"
  | "http.location"
  | "http.location.if"
  | "http.limit_except"
  | "http.upstream"
  | "stream"
  | "stream.server"
  | "stream.upstream"
  | "mail"
  | "mail.server";

/** What the value is. `custom`: read by a function of the directive's own, named in `setter`. */
export type NginxValueKind =
  | "flag"
  | "number"
  | "size"
  | "offset"
  | "milliseconds"
  | "seconds"
  | "enum"
  | "bitmask"
  | "text"
  | "texts"
  | "pair"
  | "buffers"
  | "path"
  | "access"
  | "custom";

export type NginxDirective = {
  readonly name: string;
  /** `ngx_http_core_module`, or the short name of a module that is not part of nginx. */
  readonly module: string;
  /** "any": everywhere. */
  readonly contexts: readonly (NginxContext | "any")[];
  /** The numbers of arguments it takes, or the least of them. */
  readonly args: readonly number[] | { readonly least: number };
  readonly block?: boolean;
  /** A block whose lines are data (`map`, `types`), not directives. */
  readonly pairs?: boolean;
  /** A block whose directives are not known here. */
  readonly opaque?: boolean;
  readonly kind: NginxValueKind;
  readonly setter?: string;
  /** Values of an enum or a bitmask. */
  readonly values?: readonly string[];
  /** Lowest and highest number. */
  readonly bounds?: readonly number[];
  /** A second one in the same block is refused. */
  readonly once?: boolean;
  /** Names a variable with its first argument (modules that are not part of nginx). */
  readonly defines?: boolean;
  /** A further check of nginx on the value. */
  readonly post?: string;
  readonly replacedBy?: string;
  /** First release that has it so, and first one that has it so no more. */
  readonly since?: string;
  readonly removed?: string;
};

export type NginxVariable = {
  readonly name: string;
  readonly kind: "http" | "stream";
  readonly module: string;
  /** `http_`: stands for every name that begins so. */
  readonly prefix?: boolean;
  /** A configuration may define it anew (`set`, `map`). */
  readonly changeable?: boolean;
  readonly since?: string;
  readonly removed?: string;
};

// The shape of both files is made by the script and held by a test. They are large, and not looked into before somebody asks.
const core = coreData as {
  readonly oldest: string;
  readonly stable: string;
  readonly newest: string;
  readonly directives: readonly NginxDirective[];
  readonly variables: readonly NginxVariable[];
};
const modules = moduleData as { readonly prefixes: Readonly<Record<string, string>>; readonly directives: readonly NginxDirective[] };

export const nginxReleases: { readonly oldest: string; readonly stable: string; readonly newest: string } = core;

const byName = once(() => {
  const groups = new Map<string, NginxDirective[]>();
  for (const directive of [...core.directives, ...modules.directives]) {
    const group = groups.get(directive.name);
    if (group) group.push(directive);
    else groups.set(directive.name, [directive]);
  }
  return groups;
});
const prefixes = once(() => Object.entries(modules.prefixes));
const variables = once(() => Map.groupBy(core.variables, (one) => one.kind));

let learned: ReadonlySet<NginxDirective> = new Set();

/** Takes directives of modules that only the user knows, instead of those taken before. */
export function learnDirectives(json: readonly unknown[] = []): void {
  for (const { name } of learned)
    byName().set(
      name,
      (byName().get(name) ?? []).filter((fact) => !learned.has(fact)),
    );
  learned = new Set(json.flatMap((one) => ownDirective(one) ?? []));
  for (const fact of learned) byName().set(fact.name, [...(byName().get(fact.name) ?? []), fact]);
}

/** Whether the user named it. */
export const isLearned = (fact: NginxDirective): boolean => learned.has(fact);

/** Every directive of a name: of http, stream and mail, of several releases and modules. */
export const directivesNamed = (name: string): readonly NginxDirective[] => byName().get(name) ?? [];

export const allDirectives = (): Iterable<NginxDirective> => [...byName().values()].flat();

export const nginxVariables = (kind: "http" | "stream"): readonly NginxVariable[] => variables().get(kind) ?? [];

/** True for a module that nginx's own sources hold. */
export const isOwnModule = (directive: NginxDirective): boolean => directive.module.startsWith("ngx_");

/** Every module a directive or a prefix belongs to. */
export const allModules = (): ReadonlySet<string> =>
  new Set([...Array.from(allDirectives(), (fact) => fact.module), ...prefixes().map(([, module]) => module)]);

/** The family of modules that a name nobody lists belongs to, by how it begins. */
export const moduleOfPrefix = (name: string): string | undefined => prefixes().find(([prefix]) => name.startsWith(prefix))?.[1];

/** Security fixes that distributions carry back to their older releases. */
const BACKPORTED = new Set(["max_headers"]);

/** Whether a release has it. Without a release every one counts. */
export function isInRelease(
  fact: { readonly name?: string; readonly since?: string; readonly removed?: string },
  release: string | undefined,
): boolean {
  if (release === undefined || BACKPORTED.has(fact.name ?? "")) return true;
  return !(fact.since && order(release, fact.since) < 0) && !(fact.removed && order(release, fact.removed) >= 0);
}

/** Orders 1.9.0 before 1.18.0. */
export function order(a: string, b: string): number {
  const left = a.split(".");
  const right = b.split(".");
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (Number.parseInt(left[at] ?? "0", 10) || 0) - (Number.parseInt(right[at] ?? "0", 10) || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
