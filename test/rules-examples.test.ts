import { describe, expect, it } from "vitest";
import type { Diagnosis } from "../server/src/ide/diagnose";
import { examplePath, exampleUri, exampleWorkspace, findingsIn, placeOf } from "../server/src/ide/rule-page";
import { RULES } from "../server/src/rules/index";
import type { Example, Fix, Rule } from "../server/src/rules/rule";
import { applyEdits, overlaps } from "../server/src/text/span";
import type { Workspace } from "../server/src/workspace/workspace";

const cases = RULES.flatMap((rule) => rule.examples.map((example, index) => ({ name: `${rule.id} ${index + 1}`, rule, example })));

/** The example with a fix applied to all of its files. */
function applied(example: Example, fix: Fix): Workspace {
  const files = { ...example.files };
  for (const { uri, edits } of fix.edits) {
    const sorted = [...edits].sort((a, b) => a.span.start - b.span.start);
    for (const [index, edit] of sorted.entries()) {
      const before = sorted[index - 1];
      if (before && before.span.end > edit.span.start) throw new Error(`edits of ${examplePath(uri)} overlap`);
    }
    files[examplePath(uri)] = applyEdits(files[examplePath(uri)] ?? "", edits);
  }
  return exampleWorkspace({ ...example, files });
}

/** Where a place is after the edits of its file; undefined when it was taken out. */
function moved(finding: Diagnosis, fix: Fix): { start: number; end: number } {
  let { start, end } = finding.span;
  for (const edit of fix.edits.flatMap((file) => (file.uri === finding.uri ? file.edits : []))) {
    const grown = edit.text.length - (edit.span.end - edit.span.start);
    if (edit.span.end <= finding.span.start) start += grown;
    if (edit.span.start < finding.span.end || edit.span.end <= finding.span.start) end += grown;
  }
  return { start, end: Math.max(start, end) };
}

/** An edit cannot delete a file: the title says what is left to do. */
const DONE_BY_HAND = /\(and delete /;

const errorsOf = (workspace: Workspace): readonly string[] =>
  findingsIn(workspace)
    .filter((finding) => finding.severity === "error")
    .map((finding) => `${finding.code} in ${examplePath(finding.uri)}: ${finding.message}`);

function failuresOf(rule: Rule, example: Example, finding: Diagnosis, fix: Fix): readonly string[] {
  const failures: string[] = [];
  const after = applied(example, fix);
  const place = moved(finding, fix);
  // Where the line was taken out, the next one stands: only the same words count there.
  const same = findingsIn(after, rule).filter(
    (one) =>
      one.uri === finding.uri &&
      overlaps(one.span, place) &&
      (one.message === finding.message || (one.span.start < place.end && place.start < one.span.end)),
  );
  if (DONE_BY_HAND.test(fix.title)) return [];
  for (const one of same) failures.push(`still found: ${one.message}`);
  const known = new Set(
    findingsIn(exampleWorkspace(example))
      .filter((one) => one.severity === "error")
      .map((one) => one.code),
  );
  for (const error of errorsOf(after)) if (!known.has(error.split(" ")[0] ?? "")) failures.push(`new error: ${error}`);
  if (fix.safe) {
    for (const { uri } of fix.edits) {
      const before = exampleWorkspace(example).get(uri)?.tree.problems.length ?? 0;
      if ((after.get(uri)?.tree.problems.length ?? 0) > before) failures.push(`${examplePath(uri)} does not parse any more`);
    }
  }
  return failures.map((failure) => `${placeOf(exampleWorkspace(example), finding)} "${fix.title}": ${failure}`);
}

describe("examples of the rules", () => {
  it.each(cases)("$name: finds exactly its lines", ({ rule, example }) => {
    const workspace = exampleWorkspace(example);
    const lines = [...new Set(findingsIn(workspace, rule).map((finding) => placeOf(workspace, finding)))].sort();
    expect(lines).toEqual([...new Set(example.finds)].sort());
  });

  it.each(cases)("$name: every fix takes its finding away", ({ rule, example }) => {
    const failures = findingsIn(exampleWorkspace(example), rule).flatMap((finding) =>
      (finding.fixes ?? []).flatMap((fix) => failuresOf(rule, example, finding, fix)),
    );
    expect(failures).toEqual([]);
  });

  it("shows every rule at work", () => {
    // These need a whole machine, which only show-config is given.
    const elsewhere = ["plugin-missing", "undefined-environment-variable", "unknown-argument"];
    const silent = RULES.filter((rule) => !elsewhere.includes(rule.id) && !rule.examples.some((example) => example.finds.length > 0)).map(
      (rule) => rule.id,
    );
    expect(silent).toEqual([]);
    expect(exampleUri("a b.ini")).toBe("file:///example/a%20b.ini");
  });
});
