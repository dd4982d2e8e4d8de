/** Findings that an old project lives with: recorded once, and left out until they are gone. Lines may move: only their text counts. */
import { createHash } from "node:crypto";
import { dirname, resolve } from "node:path";
import type { Diagnosis } from "../../ide/diagnose";
import { isRecord } from "../../workspace/target";
import type { Workspace } from "../../workspace/workspace";
import { readText } from "./load";
import { isBelow } from "./project";
import { relativeTo } from "./report";
import { writeWhole } from "./write";

/** The text of the line is not written down: it may hold a secret. Blanks around it do not count. */
export const fingerprint = (code: string, line: string): string =>
  createHash("sha256").update(`${code}\0${line.trim()}`).digest("hex").slice(0, 16);

/** File (from the folder of the baseline) → rule → fingerprint → how often. */
type Recorded = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

/** Returns what is wrong, or nothing. */
export function writeBaseline(file: string, findings: readonly Diagnosis[], workspace: Workspace): string | undefined {
  const recorded: Record<string, Record<string, Record<string, number>>> = Object.create(null);
  const sorted = findings.map((finding) => keyOf(finding, workspace, file)).sort((a, b) => (a.join("\0") < b.join("\0") ? -1 : 1));
  for (const [path, code, print] of sorted) {
    recorded[path] ??= Object.create(null) as Record<string, Record<string, number>>;
    recorded[path][code] ??= Object.create(null) as Record<string, number>;
    recorded[path][code][print] = (recorded[path][code][print] ?? 0) + 1;
  }
  return writeWhole(file, `${JSON.stringify({ version: 1, findings: recorded }, null, 2)}\n`);
}

export type Compared = {
  /** Findings that are not recorded. */
  readonly fresh: readonly Diagnosis[];
  /** How many are. */
  readonly known: number;
  /** How many that were recorded are not found any more, in the paths that were looked at. */
  readonly gone: number;
};

export type Baseline = { readonly file: string; readonly counts: ReadonlyMap<string, number> };

/** `paths` are what was looked at: what lies elsewhere may still be found there. */
export function withoutRecorded(
  { file, counts }: Baseline,
  findings: readonly Diagnosis[],
  workspace: Workspace,
  paths: readonly string[],
): Compared {
  const left = new Map(counts);
  const fresh = findings.filter((finding) => {
    const key = keyOf(finding, workspace, file).join("\0");
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
  const isLookedAt = (key: string): boolean => {
    const path = resolve(dirname(resolve(file)), key.slice(0, key.indexOf("\0")));
    return paths.some((one) => isBelow(resolve(one), path));
  };
  const gone = [...left].reduce((sum, [key, count]) => sum + (count > 0 && isLookedAt(key) ? count : 0), 0);
  return { fresh, known: findings.length - fresh.length, gone };
}

/** The baseline, or what is wrong with it. */
export function readBaseline(file: string): Baseline | string {
  const text = readText(file);
  if (text === undefined) return `${file}: not a readable file; --write-baseline ${file} makes one`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return `${file}: not a baseline`;
  }
  if (!isRecord(json) || json.version !== 1 || !isRecord(json.findings)) return `${file}: not a baseline of this version`;
  const counts = new Map<string, number>();
  for (const [path, codes] of Object.entries(json.findings as Recorded))
    for (const [code, prints] of Object.entries(isRecord(codes) ? codes : {}))
      for (const [print, count] of Object.entries(isRecord(prints) ? prints : {}))
        if (typeof count === "number") counts.set([path, code, print].join("\0"), count);
  return { file, counts };
}

function keyOf(finding: Diagnosis, workspace: Workspace, file: string): readonly [string, string, string] {
  const document = workspace.get(finding.uri);
  const at = document?.lines.span(document.lines.line(finding.span.start));
  const line = document && at ? document.text.slice(at.start, at.end) : "";
  return [relativeTo(dirname(resolve(file)), finding.uri), finding.code, fingerprint(finding.code, line)];
}
