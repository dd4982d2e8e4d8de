/** What nginx refuses, as findings: the rules of this folder that speak for `nginx -t` differ only in what they pick out. */
import type { Document } from "../../model/document";
import type { NginxProblem, Reading } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { overlaps } from "../../text/span";
import { configurationsWith, readingFor } from "../../workspace/nginx";
import { scriptsOf } from "../deployed";
import { fixes, inFile, replace, suggest } from "../edits";
import type { Context, Finding } from "../rule";

/** What looks wrong only because blocks behind a missing brace or quote are shifted. */
const SHIFTED = new Set(["nginx-context", "nginx-arguments", "nginx-unknown-directive", "nginx-duplicate", "nginx-missing-section"]);

/** The refusals of one kind in a file, in every configuration that includes it. */
export function refusals(
  document: Document,
  { workspace }: Context,
  code: string,
  isRight?: (problem: NginxProblem) => boolean,
): Iterable<Finding> {
  const all = problemsOf(document, workspace).get(code);
  const problems = isRight ? all?.filter((problem) => !isRight(problem)) : all;
  return problems ? findings(document, workspace, code, problems) : NONE;
}

function* findings(
  document: Document,
  workspace: Context["workspace"],
  code: string,
  problems: readonly NginxProblem[],
): Iterable<Finding> {
  const shift = document.tree.problems.find((problem) => problem.lacks);
  const line = (at: number): number => document.lines.line(at);
  const broken = new Set(
    document.tree.problems.filter((problem) => problem.code === "nginx-syntax").map((problem) => line(problem.span.start)),
  );
  const filled = workspace.derive(FILLED, () => filledIn(workspace));
  const isAlone = workspace.of("nginx").length < 2;
  for (const problem of problems) {
    // Where nginx cannot even read the words, it does not look at them.
    if (code !== "nginx-syntax" && code !== "nginx-missing-semicolon" && broken.has(line(problem.span.start))) continue;
    if (filled.length > 0 && filled.some((word) => textOf(document, problem.span.start).includes(word))) continue;
    if (shift && SHIFTED.has(code) && problem.span.start >= shift.span.start) continue;
    const meant = problem.mend;
    yield {
      span: problem.span,
      message: `${sentence(problem.message)} ${problem.likely ? t`nginx refuses the configuration unless a file that is not seen here sets it right.` : t`nginx refuses the configuration.`}`,
      ...(problem.likely && !(isAlone && SURE.has(code)) ? { severity: "warning" as const } : {}),
      ...(problem.first ? { related: [{ ...problem.first, message: t`the first one` }] } : {}),
      fixes: fixes(meant !== undefined && suggest(t`Write ${meant}`, inFile(document.uri, replace(problem.span, meant)))),
    };
  }
}

/** What an unseen file could set right, but hardly ever does where the file is the only one of nginx. */
const SURE: ReadonlySet<string> = new Set(["nginx-address", "nginx-buffer-sizes"]);
const FILLED = {};

/** Words that a script of the workspace replaces in files: `sed s/NGINX_PORT/…/`. What stands there then is not known. */
const filledIn = (workspace: Context["workspace"]): readonly string[] =>
  scriptsOf(workspace).flatMap(({ text }) =>
    text.includes("sed ") ? Array.from(text.matchAll(/\bs([/|#,@])([A-Za-z_][\w-]{2,})\1/g), (match) => match[2] ?? "") : [],
  );

const textOf = (document: Document, at: number): string => {
  const { start, end } = document.lines.span(document.lines.line(at));
  return document.text.slice(start, end);
};

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

const NONE: readonly never[] = [];
const PROBLEMS = {};
const NOTHING: ReadonlyMap<string, readonly NginxProblem[]> = new Map();

/** What is wrong in a file, by code: many rules ask, and mostly nothing is. */
function problemsOf(document: Document, workspace: Context["workspace"]): ReadonlyMap<string, readonly NginxProblem[]> {
  const kept = workspace.derive(PROBLEMS, () => new Map<Document, ReadonlyMap<string, readonly NginxProblem[]>>());
  const known = kept.get(document);
  if (known) return known;
  const all = [...document.tree.problems.map((problem) => ({ ...problem, uri: document.uri })), ...common(document, workspace)];
  const problems = all.length > 0 ? Map.groupBy(all, ({ code }) => code) : NOTHING;
  kept.set(document, problems);
  return problems;
}

/** Problems of a file that several configurations include hold only where all of them have it. */
function common(document: Document, workspace: Context["workspace"]): readonly NginxProblem[] {
  let known: readonly NginxProblem[] | undefined;
  for (const configuration of configurationsWith(workspace, document)) {
    const found = problemsIn(readingFor(workspace, configuration, document), document.uri);
    known = known?.filter((problem) => found.some((other) => other.code === problem.code && overlaps(other.span, problem.span))) ?? found;
    if (known.length === 0) break;
  }
  return known ?? NONE;
}

const byFile = new WeakMap<Reading, ReadonlyMap<string, readonly NginxProblem[]>>();

function problemsIn(reading: Reading, uri: string): readonly NginxProblem[] {
  const files = byFile.get(reading) ?? Map.groupBy(reading.problems, (problem) => problem.uri);
  byFile.set(reading, files);
  return files.get(uri) ?? [];
}
