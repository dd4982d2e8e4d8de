/** All findings of a document: every enabled rule, each fenced so that one that fails takes nothing else with it. */
import type { Document } from "../model/document";
import type { LanguageId } from "../model/language";
import { RULES } from "../rules/index";
import { isNeeded, namesAbout } from "../rules/needs";
import { type Context, type Finding, RANK, type Rule, type Severity } from "../rules/rule";
import { meets } from "./overlap";
import { suppress } from "./suppress";

export type Diagnosis = Finding & {
  readonly code: string;
  readonly severity: Severity;
  readonly uri: string /** A page about the rule. */;
  readonly link?: string;
};

export type DiagnoseOptions = {
  /** Rule id → level, or "off". */
  readonly levels?: Readonly<Record<string, Severity | "off">>;
  /** Told when a rule throws. Tests rethrow. */
  readonly onError?: (rule: Rule, error: unknown) => void;
};

export function diagnose(document: Document, context: Context, options: DiagnoseOptions = {}): readonly Diagnosis[] {
  const found: Diagnosis[] = [];
  const names = attempt(() => namesAbout(document, context));
  const levels = options.levels && Object.keys(options.levels).length > 0 ? options.levels : undefined;
  for (const rule of byLanguage.get(document.language) ?? []) {
    const level = own(levels, rule.id);
    if (level === "off" || (names && !isNeeded(rule, names))) continue;
    try {
      for (const finding of rule.check(document, context)) {
        const severity = level ?? finding.severity ?? rule.severity;
        found.push({ ...finding, code: rule.id, uri: document.uri, severity, ...(rule.link === undefined ? {} : { link: rule.link }) });
      }
    } catch (error) {
      options.onError?.(rule, error);
    }
  }
  if (found.length === 0 && !document.text.includes("uwsgi-nginx:")) return found;
  return suppress(document, unique(specific(found))).sort((a, b) => a.span.start - b.span.start || RANK[b.severity] - RANK[a.severity]);
}

const byLanguage: ReadonlyMap<LanguageId, readonly Rule[]> = new Map(
  [...new Set(RULES.flatMap((rule) => rule.languages))].map((language) => [
    language,
    RULES.filter((rule) => rule.languages.includes(language)),
  ]),
);

/** What fails here fails in the rules that ask for it, too, and is told there. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

const GENERAL: ReadonlySet<string> = new Set(RULES.flatMap((rule) => (rule.general ? [rule.id] : [])));

/** Without what general rules say about a place that a rule for the very case has spoken about. */
function specific(found: Diagnosis[]): Diagnosis[] {
  if (!found.some(({ code }) => GENERAL.has(code))) return found;
  const isSaid = meets(found.flatMap(({ code, severity, span }) => (GENERAL.has(code) || severity === "hint" ? [] : [span])));
  return found.filter(({ code, span }) => !GENERAL.has(code) || !isSaid(span));
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A line in a loop means thousands of things: so many of them are told. */
const MOST_OF_A_KIND = 20;

/** A file may take part in the stack several times: the same thing is said once. */
function unique(findings: readonly Diagnosis[]): Diagnosis[] {
  const said = new Map<string, Set<string>>();
  return findings.filter(({ code, span, message }) => {
    const key = `${code} ${span.start} ${span.end}`;
    const messages = said.get(key) ?? new Set();
    if (messages.has(message) || messages.size >= MOST_OF_A_KIND) return false;
    said.set(key, messages.add(message));
    return true;
  });
}
