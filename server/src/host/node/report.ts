/** The findings of `check` in each format: for a person, and for the programs that take them. */
import { isAbsolute, relative } from "node:path";
import type { Diagnosis } from "../../ide/diagnose";
import { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import { pathOf } from "../../text/uri";
import type { Workspace } from "../../workspace/workspace";
import type { CheckArguments } from "./arguments";
import { fingerprint } from "./baseline";
import { annotations, codeQuality } from "./ci";
import type { FrameRange } from "./frame";
import type { Project } from "./project";
import { sarif } from "./sarif";
import { plainText } from "./text-report";

/** A finding in the form of the contract: zero-based lines and UTF-16 characters. */
export type Shown = ReturnType<typeof shown>;
/** The same with what the other formats want beside it. */
export type Reported = Shown & {
  readonly link: string | undefined;
  /** Stays the same while the line does, wherever it moves. */
  readonly fingerprint: string;
  line(line: number): string | undefined;
};

/** What the findings are reported with. */
export type Surroundings = Pick<CheckArguments, "format" | "level"> & {
  /** Findings that are left out because a baseline has them. */
  readonly known: number;
  readonly stream: NodeJS.WriteStream;
};

export function report(findings: readonly Diagnosis[], project: Project, { format, level, known, stream }: Surroundings): string {
  const { workspace, checked, base } = project;
  if (format === "json") {
    const all = findings.map((finding) => shown(finding, workspace, (uri) => relativeTo(base, uri)));
    return `${JSON.stringify({ version: 1, findings: all, files: checked.length, ...(known > 0 ? { baseline: known } : {}) })}\n`;
  }
  const all = findings.map((finding) => reported(finding, workspace));
  if (format === "sarif") return `${JSON.stringify(sarif(all), null, 2)}\n`;
  if (format === "github") return annotations(all);
  if (format === "gitlab") return `${JSON.stringify(codeQuality(all), null, 2)}\n`;
  return plainText(all, { files: checked.length, level, known }, stream);
}

function shown(finding: Diagnosis, workspace: Workspace, nameOf: (uri: string) => string) {
  return {
    file: nameOf(finding.uri),
    range: rangeOf(workspace, finding.uri, finding.span),
    severity: finding.severity,
    code: finding.code,
    message: finding.message,
    related: (finding.related ?? []).map((place) => ({
      file: nameOf(place.uri),
      range: rangeOf(workspace, place.uri, place.span),
      message: place.message,
    })),
    fixes: (finding.fixes ?? []).map((fix) => ({
      title: fix.title,
      safe: fix.safe,
      edits: fix.edits.flatMap((file) =>
        file.edits.map((edit) => ({
          file: nameOf(file.uri),
          range: rangeOf(workspace, file.uri, edit.span),
          newText: edit.text,
        })),
      ),
    })),
  };
}

function reported(finding: Diagnosis, workspace: Workspace): Reported {
  const document = workspace.get(finding.uri);
  const line = (number: number): string | undefined => {
    if (!document || number < 0 || number >= document.lines.count) return undefined;
    const { start, end } = document.lines.span(number);
    return document.text.slice(start, end).replace(/\r$/, "");
  };
  const plain = shown(finding, workspace, fromHere);
  return { ...plain, link: finding.link, line, fingerprint: fingerprint(finding.code, line(plain.range.start.line) ?? "") };
}

/** Ranges for the outside: zero-based, UTF-16. */
export function rangeOf(workspace: Workspace, uri: string, span: Span): FrameRange {
  const lines = workspace.get(uri)?.lines ?? NO_LINES;
  return { start: lines.position(span.start), end: lines.position(span.end) };
}
const NO_LINES = new Lines("");

export const relativeTo = (base: string, uri: string): string => relative(base, pathOf(uri)).replaceAll("\\", "/");

/** As a person here would name the file: below this folder from it, elsewhere by its whole path. */
export function fromHere(uri: string): string {
  const way = relativeTo(process.cwd(), uri);
  return way.startsWith("../") || isAbsolute(way) ? pathOf(uri) : way;
}
