/** Findings for a person: the place, the words, and the line with carets under it. Colours unless NO_COLOR is set or nobody looks. */
import { RANK, type Severity } from "../../rules/rule";
import type { Shown } from "./report";

const COLOUR: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36, hint: 90 };

function painter(): (text: string, code: number) => string {
  const plain = process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== "";
  const colours = !plain && (process.env.FORCE_COLOR !== undefined || process.stdout.isTTY === true);
  return (text, code) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
}

export function plainText(all: readonly Shown[], textOf: (file: string) => string, files: number, level: Severity): string {
  const paint = painter();
  const findings = all.filter((finding) => RANK[finding.severity] >= RANK[level]);
  const texts = new Map<string, string[]>();
  let out = "";
  for (const finding of findings) {
    const lines = texts.get(finding.file) ?? textOf(finding.file).split("\n");
    texts.set(finding.file, lines);
    const { start, end } = finding.range;
    out += `${finding.file}:${start.line + 1}:${start.character + 1}: ${paint(finding.severity, COLOUR[finding.severity])}: ${finding.message} ${paint(`[${finding.code}]`, 90)}\n`;
    out += frame(
      lines[start.line] ?? "",
      start.character,
      end.line === start.line ? end.character : Number.POSITIVE_INFINITY,
      start.line + 1,
      (text) => paint(text, COLOUR[finding.severity]),
    );
    for (const place of finding.related) out += `    ${place.file}:${place.range.start.line + 1}: ${place.message}\n`;
    for (const fix of finding.fixes) out += `    ${paint(fix.safe ? "fix" : "suggestion", 32)}: ${fix.title}\n`;
  }
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const hidden = all.length - findings.length;
  return `${out}${findings.length} findings (${count("error")} errors, ${count("warning")} warnings) in ${files} files${hidden ? `; ${hidden} below level ${level}` : ""}\n`;
}

function frame(line: string, from: number, to: number, number: number, paint: (text: string) => string): string {
  const text = line.replace(/\r$/, "").replaceAll("\t", " ");
  if (text.length > 400) return "";
  const gutter = String(number);
  const width = Math.max(1, Math.min(to, text.length) - from);
  return `  ${gutter} | ${text}\n  ${" ".repeat(gutter.length)} | ${" ".repeat(Math.min(from, text.length))}${paint("^".repeat(width))}\n`;
}
