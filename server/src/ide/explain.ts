/** What a word means, whatever it is: a rule, an option, a word of the language, a directive or variable of nginx, a line of a log. */

import { nearNames } from "../facts/near";
import { allDirectives, directivesNamed, type NginxDirective, nginxVariables } from "../facts/nginx";
import type { NginxDocs } from "../facts/nginx-docs";
import { entry, type Notes, summaryOf, type WordFamily, type WordNotes } from "../facts/notes";
import { SYMPTOMS, symptomsIn } from "../facts/symptoms";
import { optionOf, optionOfLetter, options } from "../facts/uwsgi";
import { RULES } from "../rules/index";
import type { Rule } from "../rules/rule";
import { t } from "../text/l10n";
import { levelWord } from "./level-words";
import { block, code, paragraphs } from "./markdown";
import { directiveText, variableFact, variableText } from "./nginx/directive-text";
import { loadTexts } from "./texts";
import { optionText } from "./uwsgi/option-text";

export type Explanation = { readonly markdown: string } | { readonly near: readonly string[] };

/** Everything that has the name: `workers` may be a rule, an option and more. Without any, names that may be meant. */
export async function explanationOf(asked: string): Promise<Explanation> {
  const subject = asked.trim();
  if (subject === "") return { near: [] };
  const { notes, nginx } = await loadTexts();
  const word = subject
    .replace(/^--(?=\w)/, "")
    .replace(/[;=]\s*$/, "")
    .trim();
  const parts = [
    ruleText(word),
    optionPart(subject, word, notes),
    ...languageTexts(subject, notes),
    ...directiveTexts(word, nginx),
    variablePart(subject, nginx),
  ];
  const found = parts.filter((part) => part !== undefined);
  if (found.length > 0) return { markdown: found.join("\n\n---\n\n") };
  const symptoms = logText(subject);
  if (symptoms !== undefined) return { markdown: symptoms };
  // A line of a configuration: `chmod-socket = 666`, `uwsgi_pass unix:/x;`.
  const [first = ""] = /^[\w-]+(?=\s*[=: ])/.exec(word) ?? [];
  if (first !== "" && first !== word) {
    const inner = await explanationOf(first);
    if ("markdown" in inner) return inner;
  }
  return { near: /\s/.test(subject) ? [] : nearNames(word, namesKnown(notes)) };
}

function ruleText(id: string): string | undefined {
  const rule = RULES.find((one) => one.id === id);
  return rule && ruleMarkdown(rule);
}

/** The page of a rule; `heading` is the level of its headline in a larger page. */
export function ruleMarkdown(rule: Rule): string {
  const lines = SYMPTOMS.filter((symptom) => symptom.rules.includes(rule.id));
  return paragraphs(
    `**${rule.id}** · ${t`rule, ${levelWord(rule.severity)}`}`,
    rule.title.endsWith(".") ? rule.title : `${rule.title}.`,
    rule.why,
    ...rule.examples
      .slice(0, 1)
      .flatMap((example) =>
        Object.entries(example.files).map(
          ([path, text]) => `${code(path)}\n\n${block(fence(path, text), marked(path, text.trimEnd(), example.finds))}`,
        ),
      ),
    lines.length === 0
      ? undefined
      : `${t`It may be behind these lines of a log:`}\n${lines
          .slice(0, 6)
          .map((symptom) => `- ${code(symptom.line)}`)
          .join("\n")}`,
    rule.link && t`[More](${rule.link})`,
  );
}

export function fence(path: string, text: string): string {
  if (/(?:^|\n)\s*\[\w+\]/.test(text)) return "ini";
  if (/ya?ml$/.test(path)) return "yaml";
  return /(?:server|http|location|upstream|events)\b[^\n]*\{/.test(text) ? "nginx" : "text";
}

/** The lines with findings carry a mark, in the comment style of their language. */
function marked(path: string, text: string, finds: readonly string[]): string {
  const lines = new Set(finds.filter((find) => find.startsWith(`${path}:`)).map((find) => Number(find.slice(path.length + 1))));
  return text
    .split("\n")
    .map((line, index) => (lines.has(index + 1) ? `${line}    ← ${t`here`}` : line))
    .join("\n");
}

function optionPart(subject: string, word: string, notes: Notes): string | undefined {
  const option = optionOf(word) ?? (/^-\w$/.test(subject) ? optionOfLetter(subject.slice(1)) : undefined);
  return option && optionText(option, notes);
}

const FAMILIES: Readonly<Record<WordFamily, () => string>> = {
  emperorMonitors: () => t`source of vassals of an emperor`,
  routers: () => t`action of internal routing`,
  routeConditions: () => t`condition of internal routing`,
  routeVars: () => t`variable of internal routing`,
  hooks: () => t`action of hooks`,
  logVariables: () => t`variable of log-format`,
  loggers: () => t`logger`,
  logEncoders: () => t`encoder of the log`,
  protocols: () => t`protocol of sockets`,
  loops: () => t`loop engine`,
  cheaperAlgos: () => t`cheaper algorithm`,
  schemes: () => t`scheme of uWSGI's own URLs`,
  metricCollectors: () => t`collector of metrics`,
  alarms: () => t`alarm`,
  statsPushers: () => t`pusher of statistics`,
  exceptionHandlers: () => t`handler of exceptions`,
  configurators: () => t`format of configuration`,
};
const FAMILY_NAMES = Object.keys(FAMILIES) as readonly WordFamily[];

function languageTexts(subject: string, { language }: Notes): readonly string[] {
  const letter = /^%(.)$/u.exec(subject)?.[1];
  const magic = letter === undefined ? undefined : entry(language.magic, letter);
  const expansion = /^([%$@])\((?:.*\))?$/.exec(subject)?.[1];
  const expands = expansion === undefined ? undefined : entry(language.expansions, `${expansion}(`);
  const logic = entry(language.logic, subject);
  const form = language.socketForms.find((one) => one.form === subject);
  return [
    magic && paragraphs(`**%${letter}** · ${t`magic letter`}`, magic),
    expands && paragraphs(`**${code(`${expansion}(…)`)}** · ${t`replaced by uWSGI`}`, expands),
    logic && paragraphs(`**${subject}** · ${t`logic of uWSGI`}`, logic),
    form && paragraphs(`**${code(form.form)}** · ${t`address of a socket`}`, form.meaning),
    ...FAMILY_NAMES.map((family) => wordText(family, language[family], subject)),
  ].flatMap((part) => (part ? [part] : []));
}

function wordText(family: WordFamily, words: WordNotes, subject: string): string | undefined {
  const note = entry(words, subject);
  if (note === undefined) return undefined;
  const plugin = typeof note === "string" || !note.plugin || note.plugin === "core" ? "" : ` · ${t`plugin ${code(note.plugin)}`}`;
  return paragraphs(
    `**${subject}** · ${FAMILIES[family]()}${plugin}`,
    summaryOf(note),
    typeof note !== "string" && note.arguments ? t`Takes: ${note.arguments}` : undefined,
  );
}

/** One text for each module, that of http first. */
function directiveTexts(name: string, docs: NginxDocs): readonly string[] {
  const byModule = new Map<string, NginxDirective>();
  for (const directive of directivesNamed(name)) if (!byModule.has(directive.module)) byModule.set(directive.module, directive);
  const isHttp = ({ contexts }: NginxDirective): boolean => contexts.some((context) => context.startsWith("http"));
  return [...byModule.values()].sort((a, b) => Number(isHttp(b)) - Number(isHttp(a))).map((directive) => directiveText(directive, docs));
}

function variablePart(subject: string, docs: NginxDocs): string | undefined {
  const name = /^\$\{?(\w+)\}?$/.exec(subject)?.[1];
  const fact = name === undefined ? undefined : (variableFact(name, "http") ?? variableFact(name, "stream"));
  return name !== undefined && fact ? variableText(name, fact, docs) : undefined;
}

/** The rules that explain lines of a log of nginx, uWSGI or the application. */
export function logText(text: string): string | undefined {
  const all = symptomsIn(text);
  if (all.length === 0) return undefined;
  return all
    .map(({ symptom, match }) => {
      const rules = symptom.rules.flatMap((id) => RULES.find((rule) => rule.id === id) ?? []);
      return paragraphs(
        `**${symptom.program === "the application" ? t`the application says` : t`${symptom.program} says`}** ${code(match[0])}`,
        symptom.says(),
        symptom.detail?.(match),
        rules.length === 0
          ? undefined
          : `${t`Rules that find the cause:`}\n${rules.map((rule) => `- ${code(rule.id)}: ${rule.title}`).join("\n")}`,
        symptom.also?.(),
      );
    })
    .join("\n\n---\n\n");
}

function* namesKnown({ language }: Notes): Iterable<string> {
  for (const rule of RULES) yield rule.id;
  for (const option of options()) yield option.name;
  for (const directive of allDirectives()) yield directive.name;
  for (const kind of ["http", "stream"] as const) for (const variable of nginxVariables(kind)) yield `$${variable.name}`;
  yield* Object.keys(language.logic);
  for (const family of FAMILY_NAMES) yield* Object.keys(language[family]);
}
