/** Two mistakes in the text of unit files that systemd does not stop at: comments behind values, and lines that lost or gained a backslash. */

import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import type { Deployment } from "../deploy";
import { spanOf, type Taken } from "./taken";
import type { UnitLine, UnitText } from "./unit-lines";
import { wordsOf } from "./words";

type Problem = Deployment["problems"][number];

/** Values that are prose or lists in which systemd skips what it does not understand. */
const HARMLESS =
  /^(?:Description|Documentation|Environment|PassEnvironment|After|Before|Wants|Requires|BindsTo|PartOf|Also|Alias|WantedBy|RequiredBy|X-.*|SyslogIdentifier|Condition.*|Assert.*)$/;
/** Values that systemd takes as they are; the others it finds wrong and ignores. */
const TAKEN = /^(?:Exec.*|.*Directory|User|Group|SupplementaryGroups|EnvironmentFile|PIDFile|ListenStream|SocketUser|SocketGroup|Service)$/;
const TEMPLATE = /\{\{|\{%|<%/;
/** A key of a unit that would stand at the start of a line of its own. */
const OWN_LINE =
  /^(?:User|Group|Type|Restart|RestartSec|KillSignal|KillMode|WorkingDirectory|Environment|EnvironmentFile|RuntimeDirectory|PIDFile|NotifyAccess|PrivateTmp|Standard(?:Output|Error)|SyslogIdentifier|Exec(?:Start(?:Pre|Post)?|Stop|StopPost|Reload)|UMask|Timeout\w*Sec)=/;

export function unitProblems(document: Document, entries: readonly UnitLine[], stray: UnitText["stray"]): readonly Problem[] {
  const { uri, text } = document;
  const problems: Problem[] = [];
  for (const entry of entries) {
    const comment = commentIn(entry);
    if (comment) {
      const written = text.slice(comment.start, comment.end).slice(0, 60);
      const effect = TAKEN.test(entry.key) ? "taken" : "ignored";
      const result =
        effect === "taken"
          ? t`"${written}" becomes part of ${entry.key}=`
          : t`"${written}" makes the value of ${entry.key}= wrong, and systemd ignores the line`;
      const message = t`systemd knows no comments behind a value: ${result}. Put the comment on a line of its own.`;
      problems.push({ code: "systemd-inline-comment", at: { uri, span: comment }, message, data: { key: entry.key, effect } });
    }
    for (const span of swallowed(entry, text)) {
      const key = text.slice(span.start, text.indexOf("=", span.start));
      const message = t`The backslash at the end of the line before makes ${key}= an argument of the command in ${entry.key}=. Remove the backslash.`;
      problems.push({ code: "systemd-line-continuation", at: { uri, span }, message, data: { key, kind: "gained" } });
    }
  }
  for (const { span, command } of lost(entries, stray, text)) {
    const message = t`This line does not belong to ${command.key}= above, whose last line has no backslash at its end, and systemd ignores it. End the line before with a backslash.`;
    problems.push({ code: "systemd-line-continuation", at: { uri, span }, message, data: { key: command.key, kind: "lost" } });
  }
  return problems;
}

/** A word that starts with `#`, or with `;` where it does not separate commands. In quotes it is a word like another. */
function commentIn({ key, value, lines }: UnitLine): Span | undefined {
  if (HARMLESS.test(key) || !/\s[#;]/.test(value.text) || TEMPLATE.test(value.text)) return undefined;
  const words = wordsOf(value, "list");
  const first = words.find((word, index) => {
    if (index === 0 || !/^[#;]/.test(word.text) || word.whole.start !== spanOf(word).start) return false;
    return !key.startsWith("Exec") || !isSeparator(word, words[index + 1]);
  });
  const line = first && lines.find(({ start, end }) => start <= first.whole.start && first.whole.start < end);
  if (!first || !line) return undefined;
  const on = words.filter((word) => word.whole.start >= first.whole.start && word.whole.start < line.end).at(-1) ?? first;
  return { start: first.whole.start, end: on.whole.end };
}

/** `;` between two commands: the next one starts with a path. */
const isSeparator = (word: Taken, next: Taken | undefined): boolean =>
  word.text === ";" && (next === undefined || /^[-@:+!|]*[/$%{]/.test(next.text));

/** Lines that a backslash too many made part of a command. */
function swallowed({ key, lines }: UnitLine, text: string): readonly Span[] {
  if (!key.startsWith("Exec")) return [];
  return lines.slice(1).flatMap((line) => {
    const from = line.start + (/^[ \t]*/.exec(text.slice(line.start, line.end))?.[0].length ?? 0);
    return OWN_LINE.test(text.slice(from, line.end)) ? [{ start: from, end: line.end }] : [];
  });
}

/** Lines below a command that are no `Key=value`: they were meant to go on with it. */
function* lost(
  entries: readonly UnitLine[],
  stray: UnitText["stray"],
  text: string,
): Iterable<{ readonly span: Span; readonly command: UnitLine }> {
  const options = entries
    .filter(({ keySpan }) => text[keySpan.start] === "-")
    .map(({ section, lines }) => ({ section, span: lines[0] ?? { start: 0, end: 0 } }));
  const candidates = [...stray, ...options].sort((a, b) => a.span.start - b.span.start);
  let next = 0;
  let command: UnitLine | undefined;
  let end = 0;
  for (const { section, span } of candidates) {
    for (let entry = entries[next]; entry && entry.keySpan.start < span.start; entry = entries[++next]) {
      if (text.startsWith("-", entry.keySpan.start)) continue;
      command = entry;
      end = entry.lines.at(-1)?.end ?? 0;
    }
    const written = text.slice(span.start, span.end);
    if (!command?.key.startsWith("Exec") || command.section !== section || TEMPLATE.test(written)) continue;
    const lead = written.length - written.trimStart().length;
    // Other words than options are only taken for a part of the command right below it.
    if (!written.startsWith("-", lead) && !ONLY_COMMENTS.test(text.slice(end, span.start))) continue;
    end = span.end;
    yield { span: { start: span.start + lead, end: span.start + written.trimEnd().length }, command };
  }
}

const ONLY_COMMENTS = /^\r?\n(?:[ \t]*[#;][^\n]*\n)*$/;
