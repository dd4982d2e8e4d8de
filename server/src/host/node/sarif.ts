/** SARIF 2.1.0, for code scanning. */
import { RULES } from "../../rules/index";
import type { Shown } from "./report";

const LEVEL = { error: "error", warning: "warning", info: "note", hint: "note" } as const;

const region = ({ start, end }: Shown["range"]) => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});
const location = (place: { file: string; range: Shown["range"] }) => ({
  physicalLocation: { artifactLocation: { uri: place.file.split("/").map(encodeURIComponent).join("/") }, region: region(place.range) },
});

export function sarif(findings: readonly Shown[]): object {
  const ids = [...new Set(findings.map((finding) => finding.code))].sort();
  const rules = ids.map((id) => {
    const rule = RULES.find((one) => one.id === id);
    return {
      id,
      shortDescription: { text: rule?.title ?? id },
      ...(rule ? { fullDescription: { text: rule.why } } : {}),
      ...(rule?.link ? { helpUri: rule.link } : {}),
    };
  });
  const results = findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: ids.indexOf(finding.code),
    level: LEVEL[finding.severity],
    message: { text: finding.message },
    locations: [location(finding)],
    ...(finding.related.length
      ? { relatedLocations: finding.related.map((place) => ({ ...location(place), message: { text: place.message } })) }
      : {}),
  }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "uwsgi-nginx", rules } }, columnKind: "utf16CodeUnits", results }],
  };
}
