/** The words of the command line. */
import type { Severity } from "../../rules/rule";

export type Format = "text" | "json" | "sarif" | "github";
export type CheckArguments = {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly fix: boolean;
  readonly dryRun: boolean;
  readonly level: Severity;
  readonly facts: string | undefined;
  readonly levels: Readonly<Record<string, Severity | "off">>;
};

const FORMATS: readonly string[] = ["text", "json", "sarif", "github"];
const LEVELS: readonly string[] = ["error", "warning", "info", "hint"];

/** The arguments of `check`, or what is wrong with them. */
export function checkArguments(argv: readonly string[]): CheckArguments | string {
  const paths: string[] = [];
  let format = "text";
  let level = "warning";
  let facts: string | undefined;
  let fix = false;
  let dryRun = false;
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [name, inline] =
      word.startsWith("--") && word.includes("=")
        ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]
        : [word, undefined];
    const value = (): string | undefined => inline ?? words.shift();
    if (name === "--fix") fix = true;
    else if (name === "--dry-run") dryRun = true;
    else if (name === "--format") format = value() ?? "";
    else if (name === "--level") level = value() ?? "";
    else if (name === "--facts") facts = value();
    else if (name === "--") paths.push(...words.splice(0));
    else if (name.startsWith("-")) return `unknown option ${name}`;
    else paths.push(word);
  }
  if (!FORMATS.includes(format)) return `--format takes ${FORMATS.join(", ")}`;
  if (!LEVELS.includes(level)) return `--level takes ${LEVELS.join(", ")}`;
  return { paths, format: format as Format, level: level as Severity, fix, dryRun, facts, levels: {} };
}
