/** Findings for those who show them in a merge request: annotations of GitHub, the code quality report of GitLab. */
import type { Severity } from "../../rules/rule";
import type { Reported } from "./report";

const COMMAND: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice", hint: "notice" };

/** Workflow commands: one line for each finding. */
export const annotations = (findings: readonly Reported[]): string => findings.map(annotation).join("");

function annotation({ file, range: { start, end }, severity, code, message }: Reported): string {
  // Columns are for places within one line; GitHub does not take them otherwise.
  const columns = start.line === end.line ? `,col=${start.character + 1},endColumn=${end.character + 1}` : "";
  const place = `file=${property(file)},line=${start.line + 1},endLine=${end.line + 1}${columns}`;
  return `::${COMMAND[severity]} ${place},title=${property(code)}::${data(message)}\n`;
}

const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

const WEIGHT: Readonly<Record<Severity, string>> = { error: "critical", warning: "major", info: "minor", hint: "info" };

/** GitLab tells findings apart by their fingerprint: the second of two alike gets one of its own. */
export function codeQuality(findings: readonly Reported[]): readonly object[] {
  const seen = new Map<string, number>();
  return findings.map(({ file, range, severity, code, message, fingerprint }) => {
    const key = `${file} ${fingerprint}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return {
      description: message,
      check_name: code,
      fingerprint: `${fingerprint}-${before}-${file}`,
      severity: WEIGHT[severity],
      location: { path: file, lines: { begin: range.start.line + 1, end: range.end.line + 1 } },
    };
  });
}
