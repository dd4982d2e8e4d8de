/** Findings for a person: the place, the words, and the lines with carets under the place. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { RANK, type Severity } from "../../rules/rule";
import { BOLD, CYAN, GREEN, GREY, harmless, linked, painter, RED, wantsColours, wantsLinks, YELLOW } from "./colours";
import { frame } from "./frame";
import type { Reported } from "./report";

const COLOUR: Readonly<Record<Severity, number>> = { error: RED, warning: YELLOW, info: CYAN, hint: GREY };

export type Counts = { readonly files: number; readonly level: Severity; readonly known: number };

export function plainText(all: readonly Reported[], { files, level, known }: Counts, stream: NodeJS.WriteStream): string {
  const paint = painter(wantsColours(stream));
  const links = wantsLinks(stream);
  const findings = all.filter((finding) => RANK[finding.severity] >= RANK[level]);
  let out = "";
  for (const finding of findings) {
    const { start } = finding.range;
    const mark = (text: string): string => paint(text, COLOUR[finding.severity], BOLD);
    const page = links ? (pageOf(finding.code) ?? finding.link) : undefined;
    const code = paint(`[${finding.code}]`, GREY);
    out += `${paint(harmless(finding.file), BOLD)}:${start.line + 1}:${start.character + 1}: ${mark(finding.severity)}: ${harmless(finding.message)} ${page ? linked(code, page) : code}\n`;
    out += frame(finding.line, finding.range, mark, paint);
    for (const place of finding.related) out += `    ${harmless(place.file)}:${place.range.start.line + 1}: ${harmless(place.message)}\n`;
    for (const fix of finding.fixes) out += `    ${paint(fix.safe ? "fix" : "suggestion", GREEN)}: ${harmless(fix.title)}\n`;
    out += "\n";
  }
  return out + summary(all, findings, { files, level, known });
}

function summary(all: readonly Reported[], shown: readonly Reported[], { files, level, known }: Counts): string {
  const of = (severity: Severity): number => shown.filter((finding) => finding.severity === severity).length;
  const levels = [
    [of("error"), "error"],
    [of("warning"), "warning"],
    [of("info"), "info"],
    [of("hint"), "hint"],
  ] as const;
  const parts = levels.filter(([count]) => count > 0).map(([count, name]) => (name === "info" ? `${count} info` : counted(count, name)));
  const safe = shown.filter((finding) => finding.fixes.some((fix) => fix.safe)).length;
  const more = [
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(all.length > shown.length ? [`${all.length - shown.length} below level ${level}`] : []),
    ...(known > 0 ? [`${known} in the baseline`] : []),
  ];
  return `${[`${counted(shown.length, "finding")}${parts.length > 0 ? ` (${parts.join(", ")})` : ""} in ${counted(files, "file")}`, ...more].join("; ")}\n`;
}

export const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? "" : "s"}`;

/** The page of a rule, where the pages came with the program. */
function pageOf(code: string): string | undefined {
  for (const folder of ["docs/rules", "../docs/rules"]) {
    const file = join(__dirname, folder, `${code}.md`);
    if (existsSync(file)) return pathToFileURL(file).href;
  }
  return undefined;
}
