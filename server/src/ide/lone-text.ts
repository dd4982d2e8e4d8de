/** A text that belongs to no file, judged by itself: nothing is known of the machine, the includes, the other side. */
import { RANK, type Severity } from "../rules/rule";
import { stackOf } from "../stack/stack";
import { Workspace } from "../workspace/workspace";
import { type Diagnosis, diagnose } from "./diagnose";

const ROOT = "file:///text";
const NAMES = { uwsgi: "text.ini", nginx: "text.conf" } as const;

export type LoneLanguage = keyof typeof NAMES;
export type LoneFinding = {
  /** One-based. */
  readonly line: number;
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  /** What would cure it. */
  readonly fixes: readonly string[];
};

/** The gravest first. Without a language the text decides: only nginx has `name …;`. */
export function judged(
  text: string,
  language: LoneLanguage | undefined,
): { readonly language: LoneLanguage; readonly findings: readonly LoneFinding[] } {
  const chosen = language ?? (/^[ \t]*\[[\w:-]+\][ \t]*$/m.test(text) || !/[;{}]\s*$/m.test(text) ? "uwsgi" : "nginx");
  const workspace = new Workspace([ROOT]);
  const document = workspace.set(`${ROOT}/${NAMES[chosen]}`, text, { language: chosen });
  const found = diagnose(document, { workspace, stack: stackOf(workspace) });
  const findings = found.map(
    (finding: Diagnosis): LoneFinding => ({
      line: document.lines.line(finding.span.start) + 1,
      severity: finding.severity,
      rule: finding.code,
      message: finding.message,
      fixes: (finding.fixes ?? []).map(({ title }) => title),
    }),
  );
  return { language: chosen, findings: findings.sort((a, b) => RANK[b.severity] - RANK[a.severity] || a.line - b.line) };
}
