/** The words behind `check` and `topology`, as values. */
import type { DiagramFormat } from "../../ide/diagram";
import type { Severity } from "../../rules/rule";
import { CHECK, type FORMATS, TOPOLOGY } from "./commands";
import { readWords } from "./words";

export type Format = (typeof FORMATS)[number];

/** What standard input is called when nobody gives it a name. */
export const UNNAMED = "stdin";

/** What says which files are taken, and how they are looked at. */
export type ProjectArguments = {
  readonly paths: readonly string[];
  readonly facts: string | undefined;
  /** A file with what `uwsgi --help` prints on the target. */
  readonly uwsgiHelp: string | undefined;
  /** What nobody says is looked up on the machine that this runs on. */
  readonly factsFromMachine: boolean;
  /** null: none is wanted. undefined: look for one. */
  readonly config: string | null | undefined;
  /** Standard input is judged as this file; as UNNAMED it stands alone. */
  readonly stdin: string | undefined;
};
export type CheckArguments = ProjectArguments & {
  readonly format: Format;
  readonly level: Severity;
  readonly fix: boolean;
  readonly dryRun: boolean;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
};
export type TopologyArguments = ProjectArguments & { readonly format: DiagramFormat | "json" };

/** The arguments of `check`, or what is wrong with them. */
export function checkArguments(argv: readonly string[]): CheckArguments | string {
  const words = readWords(argv, CHECK.options);
  if (typeof words === "string") return words;
  const { rest, given } = words;
  const isStdin = rest.includes("-");
  const name = given.get("--stdin-filename");
  if (isStdin && rest.length > 1) return "- stands alone: standard input is one file";
  if (!isStdin && name !== undefined) return "--stdin-filename goes with -: uwsgi-nginx check - --stdin-filename PATH";
  if (isStdin && given.has("--fix")) return "--fix has no file to write to when standard input is read";
  if (given.has("--dry-run") && !given.has("--fix")) return "--dry-run goes with --fix";
  if (given.has("--config") && given.has("--no-config")) return "--config and --no-config exclude each other";
  return {
    ...project(rest, given),
    stdin: isStdin ? (name ?? UNNAMED) : undefined,
    format: (given.get("--format") ?? "text") as Format,
    level: (given.get("--level") ?? "warning") as Severity,
    fix: given.has("--fix"),
    dryRun: given.has("--dry-run"),
    baseline: given.get("--baseline"),
    writeBaseline: given.get("--write-baseline"),
  };
}

export function topologyArguments(argv: readonly string[]): TopologyArguments | string {
  const words = readWords(argv, TOPOLOGY.options);
  if (typeof words === "string") return words;
  return {
    ...project(words.rest, words.given),
    stdin: undefined,
    format: (words.given.get("--format") ?? "mermaid") as DiagramFormat | "json",
  };
}

function project(rest: readonly string[], given: ReadonlyMap<string, string>): Omit<ProjectArguments, "stdin"> {
  return {
    paths: rest.length > 0 ? rest : ["."],
    facts: given.get("--facts"),
    factsFromMachine: given.has("--facts-from-machine"),
    uwsgiHelp: given.get("--uwsgi-help"),
    config: given.has("--no-config") ? null : given.get("--config"),
  };
}
