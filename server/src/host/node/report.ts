/** The findings of `check` as text, JSON, SARIF or GitHub annotations. */
import { pathOf } from "../../text/uri";
import type { CheckArguments } from "./arguments";
import { type Diagnosis, rangeOf, relativeTo } from "./check";
import type { Loaded } from "./load";
import { sarif } from "./sarif";
import { plainText } from "./text-report";

export type Shown = ReturnType<typeof shown>;

/** A finding in the form of the contract: zero-based lines and UTF-16 characters, paths relative to the folder checked. */
export function shown(finding: Diagnosis, loaded: Loaded, base: string) {
  const { workspace } = loaded;
  return {
    file: relativeTo(base, finding.uri),
    range: rangeOf(workspace, finding.uri, finding.span),
    severity: finding.severity,
    code: finding.code,
    message: finding.message,
    related: (finding.related ?? []).map((place) => ({
      file: relativeTo(base, place.uri),
      range: rangeOf(workspace, place.uri, place.span),
      message: place.message,
    })),
    fixes: (finding.fixes ?? []).map((fix) => ({
      title: fix.title,
      safe: fix.safe,
      edits: fix.edits.flatMap((file) =>
        file.edits.map((edit) => ({
          file: relativeTo(base, file.uri),
          range: rangeOf(workspace, file.uri, edit.span),
          newText: edit.text,
        })),
      ),
    })),
  };
}

export function report(findings: readonly Diagnosis[], loaded: Loaded, args: CheckArguments, base: string): string {
  const all = findings.map((finding) => shown(finding, loaded, base));
  if (args.format === "json") return `${JSON.stringify({ version: 1, findings: all, files: loaded.checked.length })}\n`;
  if (args.format === "sarif") return `${JSON.stringify(sarif(all), null, 2)}\n`;
  if (args.format === "github") return all.map(annotation).join("");
  return plainText(
    all,
    (file) => loaded.workspace.get(loaded.checked.find((uri) => relativeTo(base, uri) === file) ?? "")?.text ?? "",
    loaded.checked.length,
    args.level,
  );
}

function annotation(finding: Shown): string {
  const command = finding.severity === "error" ? "error" : finding.severity === "warning" ? "warning" : "notice";
  const { start, end } = finding.range;
  const place = `file=${property(finding.file)},line=${start.line + 1},col=${start.character + 1},endLine=${end.line + 1},endColumn=${end.character + 1}`;
  return `::${command} ${place},title=${property(finding.code)}::${finding.message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}\n`;
}

const property = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll(":", "%3A").replaceAll(",", "%2C");

export { pathOf };
