/** Everything about a directive or a variable of nginx, as Markdown: its own documentation and the facts of its sources. */

import { type NginxDirective, type NginxVariable, nginxVariables } from "../../facts/nginx";
import type { NginxDocs } from "../../facts/nginx-docs";
import { OWN_MODULE } from "../../facts/nginx-own";
import { describeContext } from "../../model/nginx/blocks";
import { t } from "../../text/l10n";
import { code, list, paragraphs } from "../markdown";

export function directiveText(fact: NginxDirective, docs: NginxDocs): string {
  const doc = docs.directive(fact);
  const facts = [
    doc?.default ? t`Default: ${code(doc.default)}` : undefined,
    t`Stands in ${fact.contexts.map(describeContext).join(", ")}`,
    fact.values?.length ? t`Values: ${list(fact.values)}` : undefined,
    fact.bounds?.length ? limits(fact.bounds) : undefined,
    t`Module ${code(moduleWords(fact.module))}` + versions(fact),
  ];
  return paragraphs(
    `**${fact.name}**${doc ? "" : argumentWords(fact)}`,
    doc?.syntax
      .filter((one) => one !== "")
      .map((syntax) => `${fact.name} ${syntax}`)
      .join("  \n"),
    facts
      .filter((one) => one !== undefined)
      .map((one) => `- ${one}`)
      .join("\n"),
    doc?.description,
    doc && t`[nginx documentation](${doc.link})`,
  );
}

export const moduleWords = (module: string): string => (module === OWN_MODULE ? t`of your own` : module);

const limits = ([low, high]: readonly number[]): string => (high === undefined ? t`At least ${low ?? 0}` : t`From ${low ?? 0} to ${high}`);

function versions({ since, removed, replacedBy }: NginxDirective): string {
  const parts = [since && t`since ${since}`, removed && t`until ${removed}`, replacedBy && t`replaced by ${code(replacedBy)}`].filter(
    (part) => part,
  );
  return parts.length > 0 ? `, ${parts.join(", ")}` : "";
}

function argumentWords(fact: NginxDirective): string {
  if (fact.block) return ` · ${t`block`}`;
  if ("least" in fact.args) return ` · ${t`at least ${fact.args.least} arguments`}`;
  const count = fact.args.join(t` or `);
  return ` · ${count === "1" ? t`1 argument` : t`${count} arguments`}`;
}

export function variableFact(name: string, family: "http" | "stream" | "mail"): NginxVariable | undefined {
  if (family === "mail") return undefined;
  const all = nginxVariables(family);
  return all.find((one) => !one.prefix && one.name === name) ?? all.find((one) => one.prefix && name.startsWith(one.name));
}

export function variableText(name: string, fact: NginxVariable, docs: NginxDocs): string {
  const prefix = nginxVariables(fact.kind).find((one) => one.prefix && name.startsWith(one.name));
  const words = docs.variable(fact) ?? (prefix && docs.variable(prefix));
  const since = fact.since ? `, ${t`since ${fact.since}`}` : "";
  return paragraphs(`**${code(`$${name}`)}** · ${t`variable of ${code(fact.module)}`}${since}`, words);
}
