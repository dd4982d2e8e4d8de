/**
 * Suppression by comment, with a reason: `# uwsgi-nginx: allow RULE[, RULE] because …` on the line before (or on the line, in nginx);
 * `allow-file` at the top for the whole file. A comment that suppresses nothing is reported itself.
 */

import type { Document } from "../model/document";
import { t } from "../text/l10n";
import type { Diagnosis } from "./diagnose";

const COMMENT = /[#;]\s*uwsgi-nginx:\s*allow(-file)?\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)([^\n]*)/g;

type Suppression = {
  readonly file: boolean;
  readonly rules: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly line: number;
  used: boolean;
  readonly reason: boolean;
};

export function suppress(document: Document, findings: Diagnosis[]): Diagnosis[] {
  if (!document.text.includes("uwsgi-nginx:")) return findings;
  const all = suppressions(document);
  const kept = findings.filter((finding) => {
    const line = document.lines.line(finding.span.start);
    const by = all.find((one) => one.rules.includes(finding.code) && (one.file || one.line === line || one.line === line - 1));
    if (by) by.used = true;
    return !by;
  });
  for (const one of all) {
    const span = { start: one.start, end: one.end };
    if (!one.used)
      kept.push({
        code: "unused-suppression",
        uri: document.uri,
        severity: "warning",
        span,
        message: t`Nothing is suppressed here: no finding of ${one.rules.join(", ")}. Remove the comment.`,
        tag: "unnecessary",
      });
    else if (!one.reason)
      kept.push({
        code: "suppression-without-reason",
        uri: document.uri,
        severity: "info",
        span,
        message: t`Say why: \`# uwsgi-nginx: allow RULE because …\`.`,
      });
  }
  return kept;
}

function suppressions(document: Document): Suppression[] {
  const all: Suppression[] = [];
  for (const match of document.text.matchAll(COMMENT)) {
    const rules = (match[2] ?? "").split(",").map((rule) => rule.trim());
    const reason = /\bbecause\s+\S|[:—–-]\s*\S/.test(match[3] ?? "");
    all.push({
      file: match[1] !== undefined,
      rules,
      start: match.index,
      end: match.index + match[0].trimEnd().length,
      line: document.lines.line(match.index),
      used: false,
      reason,
    });
  }
  return all;
}
