/** What is known about the word under the cursor of an nginx file. */

import { directivesNamed } from "../../facts/nginx";
import type { NginxDocs } from "../../facts/nginx-docs";
import type { Name, Reading } from "../../model/nginx/reading";
import { lineName } from "../../rules/words";
import { t } from "../../text/l10n";
import { targetWords } from "../join-words";
import { code, paragraphs } from "../markdown";
import { type At, type Hover, type Place, placeAt } from "../place";
import { directiveText, variableFact, variableText } from "./directive-text";
import { kindWords } from "./kind-words";
import { namesAt, sameNames, statementsOf } from "./statements";

export function hoverNginx(at: At, docs: NginxDocs): Hover | undefined {
  const place = placeAt(at.document, at.offset);
  if (!place?.word) return undefined;
  if (place.argument === undefined) return aboutDirective(at, place, docs);
  return aboutName(at, docs) ?? aboutTarget(at, place);
}

function aboutDirective({ workspace, document }: At, { word, directive }: Place, docs: NginxDocs): Hover | undefined {
  if (!word) return undefined;
  const statements = statementsOf(workspace, document, directive);
  // A line of data (`map`, `types`) is no directive, whatever it is called.
  if (statements.length > 0 && statements.every((statement) => statement.block.context === "pairs")) return undefined;
  const facts = new Set(statements.flatMap((statement) => statement.fact ?? []));
  const all =
    facts.size > 0
      ? [...facts]
      : directivesNamed(word.text)
          .filter((fact) => !fact.removed)
          .slice(0, 1);
  if (all.length === 0) return undefined;
  return { span: word.span, markdown: all.map((fact) => directiveText(fact, docs)).join("\n\n---\n\n") };
}

function aboutName(at: At, docs: NginxDocs): Hover | undefined {
  const [found] = namesAt(at.workspace, at.document, at.offset);
  if (!found) return undefined;
  const { name, reading } = found;
  if (name.kind === "variable") return { span: name.span, markdown: aboutVariable(at, reading, name, docs) };
  const definitions = definedAt(at, reading, name);
  if (definitions === undefined && name.role === "uses") return undefined;
  const details = name.kind === "upstream" ? serversOf(reading, name) : undefined;
  return {
    span: name.span,
    markdown: paragraphs(
      `**${code(name.name)}** · ${name.kind === "zone" ? t`zone of shared memory` : kindWords(name.kind)}`,
      details,
      definitions,
    ),
  };
}

function aboutVariable(at: At, reading: Reading, name: Name, docs: NginxDocs): string {
  const fact = variableFact(name.name, name.family);
  const definitions = definedAt(at, reading, name);
  return paragraphs(fact ? variableText(name.name, fact, docs) : `**${code(`$${name.name}`)}** · ${t`variable`}`, definitions);
}

/** `Defined by map in nginx.conf:12`. */
function definedAt({ workspace }: At, reading: Reading, name: Name): string | undefined {
  const places = sameNames(reading, name)
    .filter((one) => one.role === "defines")
    .map(
      ({ statement, span }) => t`${code(statement.directive.name.text)} in ${code(lineName(workspace, statement.source.uri, span.start))}`,
    );
  return places.length > 0 ? t`Defined by ${[...new Set(places)].slice(0, 5).join(", ")}` + (places.length > 5 ? " …" : "") : undefined;
}

function serversOf(reading: Reading, name: Name): string | undefined {
  const servers = sameNames(reading, name)
    .filter((one) => one.role === "defines")
    .flatMap((one) => one.statement.inner?.statements ?? [])
    .filter((statement) => statement.directive.name.text === "server");
  return servers.length > 0
    ? servers.map((server) => `- ${code(server.directive.args.map((word) => word.text).join(" "))}`).join("\n")
    : undefined;
}

/** An address that nginx connects to: who is there. */
function aboutTarget({ workspace, document }: At, { directive, word }: Place): Hover | undefined {
  const words = targetWords(workspace, document, directive);
  return word && words.length > 0 ? { span: word.span, markdown: words.map((one) => `- ${one}`).join("\n") } : undefined;
}
