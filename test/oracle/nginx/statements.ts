/** Single statements of every directive, each in a place where it may stand, with values that may be right or wrong. */
import { allDirectives, isInRelease, type NginxDirective } from "../../../server/src/facts/nginx";
import { DEBIAN } from "./ask";
import { type Random, VALUES } from "./mutate";

const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  main: ["events {}\n", "\nhttp { }"],
  events: ["events {\n", "\n}"],
  http: ["events {} http {\n", "\nserver { location /x { } }\n}"],
  "http.server": ["events {} http { server {\n", "\n} }"],
  "http.location": ["events {} http { server { location /a {\n", "\n} } }"],
  "http.upstream": ["events {} http { upstream u {\n", "\nserver 127.0.0.1:81; } }"],
  "http.server.if": ["events {} http { server { if ($uri) {\n", "\n} } }"],
  "http.location.if": ["events {} http { server { location / { if ($uri) {\n", "\n} } } }"],
  "http.limit_except": ["events {} http { server { location / { limit_except GET {\n", "\n} } } }"],
};
/** They change how nginx runs or read files of the machine. */
const LEFT_OUT =
  /^(?:load_module|include|daemon|master_process|user|pid|lock_file|working_directory|error_log|env|worker_rlimit_\w+|ssl_engine|debug_points|timer_resolution|events|http)$/;

const pick = <T>(list: readonly T[], next: Random): T => list[Math.floor(next() * list.length)]!;
const facts = [...allDirectives()].filter(
  (fact) => isInRelease(fact, DEBIAN.release) && DEBIAN.build(fact.module) === "built in" && !LEFT_OUT.test(fact.name),
);

const LIKELY: Readonly<Partial<Record<NginxDirective["kind"], readonly string[]>>> = {
  flag: ["on", "off"],
  number: ["0", "1", "2", "10", "64", "512", "1000", "65536"],
  size: ["0", "1", "128", "512", "4k", "8k", "1m", "16m"],
  offset: ["0", "1", "128", "4k", "1m", "1g"],
  milliseconds: ["0", "1", "10s", "5m", "1h", "1d", "100ms", "1y"],
  seconds: ["0", "1", "10s", "5m", "1h", "1d", "1y", "1M"],
};

function valueFor(fact: NginxDirective, next: Random): string {
  const likely = fact.values ?? LIKELY[fact.kind];
  return likely && next() < 0.55 ? pick(likely, next) : pick(VALUES, next);
}

function statement(fact: NginxDirective, next: Random): string {
  const count = "least" in fact.args ? fact.args.least + Math.floor(next() * 3) : pick(fact.args, next);
  const args = Array.from({ length: count }, () => valueFor(fact, next)).join(" ");
  if (!fact.block) return `${fact.name} ${args};`;
  const body = fact.pairs ? `${pick(VALUES, next)} ${pick(VALUES, next)};` : fact.name === "upstream" ? "server 127.0.0.1;" : "";
  return `${fact.name} ${args} { ${body} }`;
}

/** A configuration around one statement, now and then around two of the same name. */
export function oneStatement(next: Random): string {
  const fact = pick(facts, next);
  const places = fact.contexts.filter((context) => context in PLACES);
  const [before, after] = PLACES[places.length > 0 ? pick(places, next) : "http"]!;
  const lines = Array.from({ length: next() < 0.1 ? 2 : 1 }, () => statement(fact, next));
  return `${before}${lines.join("\n")}${after}\n`;
}
