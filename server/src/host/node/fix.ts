/** `--fix`: applies safe fixes, round by round, each file written as a whole. A file that changed meanwhile is not written over. */
import { realpathSync } from "node:fs";
import type { Diagnosis } from "../../ide/diagnose";
import { applyEdits, type Edit, overlaps } from "../../text/span";
import { fileUri, pathOf } from "../../text/uri";
import { unifiedDiff } from "./diff";
import { slashed } from "./load";
import type { Project } from "./project";
import { fromHere } from "./report";
import { refusalOf, writeOver } from "./write";

const ROUNDS = 10;

export type Changed = {
  readonly uri: string /** undefined: the file is to be created. */;
  readonly before: string | undefined;
  readonly after: string;
};

/** Applies safe fixes to the texts of the workspace until none is left. Nothing is written. */
export function fixTexts(project: Project, findings: () => readonly Diagnosis[]): readonly Changed[] {
  const { workspace } = project;
  const before = new Map<string, string | undefined>();
  for (let round = 0; round < ROUNDS; round++) if (!applyRound(project, findings(), before)) break;
  return [...before]
    .map(([uri, text]) => ({ uri, before: text, after: workspace.get(uri)?.text ?? "" }))
    .filter(({ before, after }) => before !== after);
}

/** One round takes every safe fix that does not touch another's place. */
function applyRound(project: Project, findings: readonly Diagnosis[], before: Map<string, string | undefined>): boolean {
  const { workspace } = project;
  const mayChange = new Set(project.checked);
  const edits = new Map<string, Edit[]>();
  for (const finding of findings) {
    const fix = finding.fixes?.find((one) => one.safe);
    // What is only read for its includes is not ours to change.
    if (!fix?.edits.every(({ uri }) => mayChange.has(uri) || !workspace.exists(uri) || before.has(uri))) continue;
    const clash = fix.edits.some((file) =>
      file.edits.some((edit) => edits.get(file.uri)?.some((other) => overlaps(edit.span, other.span))),
    );
    if (clash) continue;
    for (const file of fix.edits) edits.set(file.uri, [...(edits.get(file.uri) ?? []), ...file.edits]);
  }
  let changed = false;
  for (const [uri, list] of edits) {
    const text = workspace.get(uri)?.text;
    if (!before.has(uri)) before.set(uri, text);
    const next = applyEdits(text ?? "", list);
    if (next === text) continue;
    workspace.set(uri, next);
    changed = true;
  }
  return changed;
}

/** Writes them. Returns what went wrong; a text that could not be written is taken back. */
export function writeFixes({ workspace }: Project, changes: readonly Changed[], say: (line: string) => void): readonly string[] {
  const problems: string[] = [];
  const written = new Map<string, string>();
  for (const { uri, before, after } of changes) {
    const path = pathOf(uri);
    // The same file under two names, as in sites-enabled: it has its new text already.
    if (written.get(realName(path)) === after) continue;
    const problem = writeOver(path, before, after);
    if (problem === undefined) {
      written.set(realName(path), after);
      say(`${fromHere(uri)}: ${before === undefined ? "created" : "fixed"}\n`);
    } else {
      problems.push(problem);
      if (before === undefined) workspace.delete(uri);
      else workspace.set(uri, before);
    }
  }
  return problems;
}

/** What would change, for `patch -p1` in this folder, and what could not be written; files elsewhere are named from the root. */
export function diffOf(changes: readonly Changed[]): { readonly diff: string; readonly problems: readonly string[] } {
  const seen = new Set<string>();
  const problems: string[] = [];
  let diff = "";
  for (const { uri, before, after } of changes) {
    const name = realName(pathOf(uri));
    if (seen.has(name)) continue;
    seen.add(name);
    const refusal = refusalOf(name, before);
    if (refusal === undefined)
      diff += unifiedDiff(fromHere(before === undefined ? uri : fileUri(slashed(name))).replace(/^\//, ""), before, after);
    else problems.push(refusal);
  }
  return { diff, problems };
}

function realName(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
