/** `--fix`: applies safe fixes, round by round, each file written as a whole. A file that changed meanwhile is not written over. */
import { chmodSync, existsSync, mkdirSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { applyEdits, overlaps } from "../../text/span";
import { pathOf } from "../../text/uri";
import type { CheckArguments } from "./arguments";
import { type Diagnosis, findingsOf, type Output, relativeTo } from "./check";
import { unifiedDiff } from "./diff";
import { type Loaded, readText } from "./load";

const ROUNDS = 10;

export function applySafeFixes(loaded: Loaded, args: CheckArguments, io: Output): void {
  const { workspace } = loaded;
  const before = new Map<string, string | undefined>();
  for (let round = 0; round < ROUNDS; round++) {
    const changed = applyRound(loaded, findingsOf(workspace, loaded.checked, args), before);
    if (!changed) break;
  }
  for (const [uri, old] of before) {
    const text = workspace.get(uri)?.text ?? "";
    if (text === old) continue;
    if (args.dryRun) io.err(unifiedDiff(relativeTo(process.cwd(), uri), old ?? "", text));
    else io.err(write(pathOf(uri), old, text));
  }
}

/** One round takes every safe fix that does not touch another's place. */
function applyRound(loaded: Loaded, findings: readonly Diagnosis[], before: Map<string, string | undefined>): boolean {
  const { workspace } = loaded;
  const edits = new Map<string, { span: { start: number; end: number }; text: string }[]>();
  for (const finding of findings) {
    const fix = finding.fixes?.find((one) => one.safe);
    if (!fix) continue;
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

function write(path: string, old: string | undefined, text: string): string {
  if (old === undefined ? existsSync(path) : readText(path) !== old) return `${path}: changed meanwhile, not written\n`;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text, { flag: "wx" });
    if (old !== undefined) chmodSync(temporary, statSync(path).mode & 0o7777);
    renameSync(temporary, path);
    return `${path}: fixed\n`;
  } catch (error) {
    if (existsSync(temporary)) unlinkSync(temporary);
    return `${path}: not written: ${error instanceof Error ? error.message : String(error)}\n`;
  }
}
