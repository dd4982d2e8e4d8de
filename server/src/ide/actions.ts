/** What can be done about the findings at a place: their fixes, all safe fixes of the file, or a comment that allows them. */

import type { Document } from "../model/document";
import { inFile, insertLine } from "../rules/edits";
import type { FileEdit } from "../rules/rule";
import { t } from "../text/l10n";
import { type Edit, overlaps, type Span } from "../text/span";
import type { Diagnosis } from "./diagnose";

export type Action = {
  readonly title: string;
  readonly kind: "fix" | "fixAll" | "refactor";
  readonly edits: readonly FileEdit[];
  /** Files that get another place; edits of them name the old one. */
  readonly moves?: readonly { readonly from: string; readonly to: string }[];
  readonly deletes?: readonly string[];
  readonly finding?: Diagnosis;
  readonly preferred?: boolean;
};

export function actions(document: Document, findings: readonly Diagnosis[], at: Span): readonly Action[] {
  const here = findings.filter((finding) => overlaps(finding.span, at));
  const all: Action[] = here.flatMap((finding) =>
    (finding.fixes ?? []).map((fix, index) => ({
      title: fix.title,
      kind: "fix" as const,
      edits: fix.edits,
      finding,
      preferred: fix.safe && index === 0,
    })),
  );
  const allowed = new Set<string>();
  for (const finding of here) {
    const edits = allowed.has(finding.code) ? undefined : allowEdit(document, finding);
    allowed.add(finding.code);
    if (edits) all.push({ title: t`Allow ${finding.code} here, with a comment`, kind: "fix", edits: [edits], finding });
  }
  return all;
}

/** Every safe fix of the file that does not touch another's place, as one action. */
export function fixAll(findings: readonly Diagnosis[]): Action | undefined {
  const edits = safeEdits(findings);
  return edits.length > 0 ? { title: t`Fix all that is safe to fix`, kind: "fixAll", edits } : undefined;
}

export function safeEdits(findings: readonly Diagnosis[]): readonly FileEdit[] {
  const taken = new Map<string, Edit[]>();
  for (const finding of findings) {
    const fix = finding.fixes?.find((one) => one.safe);
    if (!fix) continue;
    const clash = fix.edits.some((file) =>
      file.edits.some((edit) => taken.get(file.uri)?.some((other) => overlaps(edit.span, other.span))),
    );
    if (clash) continue;
    for (const file of fix.edits) taken.set(file.uri, [...(taken.get(file.uri) ?? []), ...file.edits]);
  }
  return Array.from(taken, ([uri, edits]) => ({ uri, edits }));
}

const ABOUT_COMMENTS: ReadonlySet<string> = new Set(["unused-suppression", "suppression-without-reason"]);

/** Only where `#` starts a comment on a line of its own. */
function allowEdit(document: Document, finding: Diagnosis): FileEdit | undefined {
  const isMarkup = document.language === "uwsgi" && (document.format === "json" || document.format === "xml");
  if (isMarkup || ABOUT_COMMENTS.has(finding.code)) return undefined;
  const line = document.lines.start(document.lines.line(finding.span.start));
  if (document.language === "uwsgi" && document.text.slice(0, line).endsWith("%\n")) return undefined;
  const first = { start: finding.span.start, end: finding.span.start };
  return inFile(document.uri, insertLine(document, first, `# uwsgi-nginx: allow ${finding.code} because …`, "before"));
}
