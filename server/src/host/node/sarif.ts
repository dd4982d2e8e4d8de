/** SARIF 2.1.0, for code scanning. Paths are relative to the folder the command runs in: in CI the root of the repository. */
import { RULES } from "../../rules/index";
import type { Reported, Shown } from "./report";
import { VERSION } from "./version";

const LEVEL = { error: "error", warning: "warning", info: "note", hint: "note" } as const;
const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const region = ({ start, end }: Shown["range"]) => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

function artifact(file: string) {
  const uri = file.split("/").map(encoded).join("/");
  return file.startsWith("/") ? { uri: `file://${uri}` } : { uri, uriBaseId: "%SRCROOT%" };
}

const location = (place: { file: string; range: Shown["range"] }) => ({
  physicalLocation: { artifactLocation: artifact(place.file), region: region(place.range) },
});

export function sarif(findings: readonly Reported[]): object {
  const ids = [...new Set(findings.map((finding) => finding.code))].sort();
  const results = findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: ids.indexOf(finding.code),
    level: LEVEL[finding.severity],
    message: { text: finding.message },
    locations: [location(finding)],
    partialFingerprints: { "ruleAndLine/v1": finding.fingerprint },
    ...(finding.related.length
      ? { relatedLocations: finding.related.map((place) => ({ ...location(place), message: { text: place.message } })) }
      : {}),
    ...(finding.fixes.length ? { fixes: finding.fixes.map(fixOf) } : {}),
  }));
  const driver = { name: "uwsgi-nginx", version: VERSION, semanticVersion: VERSION, rules: ids.map(ruleOf) };
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

function ruleOf(id: string) {
  const rule = RULES.find((one) => one.id === id);
  if (!rule) return { id, shortDescription: { text: id } };
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: rule.why, markdown: `${rule.why}${rule.link ? `\n\n[More](${rule.link})` : ""}` },
    ...(rule.link ? { helpUri: rule.link } : {}),
    defaultConfiguration: { level: LEVEL[rule.severity] },
  };
}

function fixOf({ title, safe, edits }: Shown["fixes"][number]) {
  const files = [...new Set(edits.map((edit) => edit.file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })),
    })),
    properties: { safe },
  };
}

function encoded(part: string): string {
  try {
    return encodeURIComponent(part);
  } catch {
    return encodeURIComponent(part.toWellFormed());
  }
}
