/** The page of a rule as it stands in docs/rules: its words, its examples with what is found in them, the log lines that lead to it. */
import { SYMPTOMS } from "../facts/symptoms";
import type { LanguageId } from "../model/language";
import { RULES } from "../rules/index";
import type { Example, Rule, Severity } from "../rules/rule";
import { stackOf } from "../stack/stack";
import { fileUri, pathOf } from "../text/uri";
import { targetFrom } from "../workspace/target";
import { Workspace } from "../workspace/workspace";
import { type Diagnosis, diagnose } from "./diagnose";
import { block, code, paragraphs } from "./markdown";

const ROOT = "/example";

export const exampleUri = (path: string): string => fileUri(`${ROOT}/${path}`);
export const examplePath = (uri: string): string => pathOf(uri).slice(ROOT.length + 1);

export function exampleWorkspace({ files, facts }: Example): Workspace {
  const workspace = new Workspace([fileUri(ROOT)]);
  if (facts !== undefined) workspace.target = targetFrom(facts);
  for (const [path, text] of Object.entries(files)) workspace.set(exampleUri(path), text);
  return workspace;
}

/** Findings of one rule, or of all, in the order of the files. */
export function findingsIn(workspace: Workspace, rule?: Rule): readonly Diagnosis[] {
  const levels = rule ? Object.fromEntries(RULES.filter((other) => other !== rule).map((other) => [other.id, "off" as const])) : {};
  const onError = (failed: Rule, error: unknown): void => {
    throw new Error(`${failed.id} failed`, { cause: error });
  };
  const context = { workspace, stack: stackOf(workspace) };
  return [...workspace.documents].flatMap((document) => diagnose(document, context, { levels, onError }));
}

/** `path:line`, one-based. */
export const placeOf = (workspace: Workspace, finding: Diagnosis): string =>
  `${examplePath(finding.uri)}:${(workspace.get(finding.uri)?.lines.line(finding.span.start) ?? 0) + 1}`;

const FENCES: Readonly<Partial<Record<LanguageId, string>>> = {
  uwsgi: "ini",
  nginx: "nginx",
  systemd: "ini",
  supervisor: "ini",
  compose: "yaml",
  kubernetes: "yaml",
  dockerfile: "dockerfile",
  shell: "sh",
  python: "python",
};
const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error: the real programs always fail so",
  warning: "warning: likely broken, or a risk",
  info: "info: worth knowing",
  hint: "hint: worth knowing, matters with certain loads or data only",
};

export function rulePage(rule: Rule): string {
  const lines = SYMPTOMS.filter((symptom) => symptom.rules.includes(rule.id));
  const page = paragraphs(
    `# ${rule.id}`,
    rule.title.endsWith(".") ? rule.title : `${rule.title}.`,
    `- Level: ${LEVELS[rule.severity]}\n- Looks at: ${rule.languages.join(", ")}`,
    rule.why,
    "## Example",
    ...rule.examples.map((example) => exampleText(rule, example)),
    lines.length === 0
      ? undefined
      : `## In the log\n\nThe rule may explain these lines:\n\n${lines.map((symptom) => `- ${symptom.program}: ${code(symptom.line)}  \n  ${symptom.says()}`).join("\n")}`,
    "## Change the level, or allow it in one place",
    block("json", `"uwsgiNginx.rules": { "${rule.id}": "off" }`),
    "In the file, on the line before, with a reason:",
    block("ini", `# uwsgi-nginx: allow ${rule.id} because …`),
    rule.link && `[More about it](${rule.link})`,
  );
  return `<!-- Written by scripts/docs.mjs from the rule. -->\n\n${page}\n`;
}

function exampleText(rule: Rule, example: Example): string {
  const workspace = exampleWorkspace(example);
  const found = findingsIn(workspace, rule);
  const files = Object.entries(example.files).map(([path, text]) =>
    paragraphs(code(path), block(FENCES[workspace.get(exampleUri(path))?.language ?? "other"] ?? "text", text.trimEnd())),
  );
  const said = found.map((finding) =>
    [
      `- **${placeOf(workspace, finding)}** ${finding.severity}: ${finding.message}`,
      ...(finding.fixes ?? []).map((fix) => `  - ${fix.safe ? "fix" : "suggestion"}: ${fix.title}`),
    ].join("\n"),
  );
  const known = example.facts === undefined ? undefined : `Known of the machine: ${code(JSON.stringify(example.facts))}`;
  return paragraphs(
    example.title && `### ${example.title}`,
    ...files,
    known,
    said.length > 0 ? `It says:\n\n${said.join("\n")}` : "Nothing is found here: this is right.",
  );
}

export function rulesReadme(rules: readonly Rule[]): string {
  const groups: readonly Severity[] = ["error", "warning", "info", "hint"];
  const parts = groups.flatMap((severity) => {
    const all = rules.filter((rule) => rule.severity === severity).sort((a, b) => (a.id < b.id ? -1 : 1));
    return all.length === 0
      ? []
      : [
          `## ${LEVELS[severity].replace(/^./, (letter) => letter.toUpperCase())}`,
          all.map((rule) => `- [${rule.id}](${rule.id}.md): ${rule.title}`).join("\n"),
        ];
  });
  return `<!-- Written by scripts/docs.mjs from the rules. -->\n\n${paragraphs("# Rules", "A finding may have another level than its rule when the evidence at its place speaks for it. `uwsgi-nginx explain RULE` shows a page in the terminal.", ...parts)}\n`;
}
