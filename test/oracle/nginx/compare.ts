/** Compares what the engine says of a configuration with what nginx says. */
import { readConfiguration } from "../../../server/src/model/nginx/read";
import type { NginxProblem } from "../../../server/src/model/nginx/reading";
import { parseNginx } from "../../../server/src/syntax/nginx";
import { flatten, type Tree } from "../../../server/src/syntax/tree";
import { Lines } from "../../../server/src/text/lines";
import { type Answer, DEBIAN, isOfTheMachine } from "./ask";

export type Outcome = "accepted" | "refused" | "of the machine";
export type Difference = {
  readonly kind: "false alarm" | "missed" | "other line";
  readonly nginx: string;
  readonly ours: readonly string[];
};
export type Comparison = { readonly outcome: Outcome; readonly difference?: Difference };

/** Where nginx names another line than the one that is wrong, or none. */
const OTHER_LINE: readonly (readonly [code: RegExp, message: RegExp, why: string])[] = [
  [
    /^nginx-syntax$/,
    /unexpected end of file/,
    "nginx notices an open quote or brace at the end of the file; it is reported where it opens",
  ],
  [
    /^nginx-missing-semicolon$/,
    /./,
    "nginx notices a missing semicolon at the next brace or where the arguments are too many; it is reported where it is missing",
  ],
  [/^nginx-invalid-value$/, /cannot be mixed/, "nginx compares them at the end of the block around; the setting is reported"],
  [/^nginx-buffer-sizes$/, /./, "nginx adds buffers up at the end of the block around; the setting is reported"],
  [/^nginx-missing-certificate$/, /./, "nginx names the line of the server or of the word ssl; the listen or the certificate is reported"],
  [/^nginx-duplicate$/, /duplicate location|may not have port/, "nginx sorts locations before it compares them"],
  [
    /^nginx-(?:unknown-name|variable-syntax)$/,
    /is unknown|invalid variable name|closing bracket/,
    "nginx reads some values only at the end of the block around",
  ],
  [/^nginx-address$/, /no port in upstream|may not have port/, "nginx looks upstreams up at the end"],
];

/** What is known to differ, and why it stays so. */
const KNOWN: readonly (readonly [difference: RegExp, why: string])[] = [
  [/no "events" section in configuration → $/, "a file without any statement is not taken for a configuration"],
  [/unknown log format ""/, "an empty name is a slip that says nothing to anybody"],
  [/could not build \w+_hash/, "sizes of hash tables depend on the processor and on all names together"],
  [/^→ $/, "nginx refuses without a word"],
];

export function compare(text: string, answer: Answer): Comparison {
  if (!answer.accepted && isOfTheMachine(answer.message ?? "")) return { outcome: "of the machine" };
  const outcome = answer.accepted ? "accepted" : "refused";
  const tree = parseNginx(text);
  const reading = readConfiguration({ uri: "nginx.conf", text, tree }, "main", DEBIAN);
  const written: readonly NginxProblem[] = tree.problems.map((problem) => ({ ...problem, uri: "nginx.conf" }));
  const problems = [...written, ...reading.problems].filter((problem) => !problem.likely);
  const lines = new Lines(text);
  const nginx = answer.accepted ? "ok" : `${answer.line ?? ""} ${answer.message ?? ""}`.trim();
  const ours = problems.map((problem) => `${lines.line(problem.span.start) + 1} ${problem.code}: ${problem.message}`);
  const differs = (kind: Difference["kind"]): Comparison =>
    KNOWN.some(([known]) => known.test(`${nginx} → ${ours.join("; ")}`.trimStart()))
      ? { outcome }
      : { outcome, difference: { kind, nginx, ours } };
  if (answer.accepted) return ours.length > 0 ? differs("false alarm") : { outcome };
  if (ours.length === 0) return differs("missed");
  const { line, message = "" } = answer;
  if (line === undefined || problems.some((problem) => agrees(tree, lines, problem, line))) return { outcome };
  return problems.some((problem) => OTHER_LINE.some(([code, words]) => code.test(problem.code) && words.test(message)))
    ? { outcome }
    : differs("other line");
}

/** nginx names the line where a statement ends: the semicolon, the opening brace, or the closing one. */
function agrees(tree: Tree, lines: Lines, { span }: NginxProblem, line: number): boolean {
  const lineOf = (at: number): number => lines.line(at) + 1;
  if (lineOf(span.start) === line || lineOf(span.end) === line) return true;
  const around = flatten(tree.directives).findLast(
    ({ directive }) => directive.span.start <= span.start && span.start <= directive.span.end,
  )?.directive;
  if (!around) return false;
  const head = around.bodySpan ? around.bodySpan.start : around.span.end;
  return (line >= lineOf(around.span.start) && line <= lineOf(head)) || line === lineOf(around.span.end);
}

/** A part of a configuration with what has to stand around it, on the same line. */
export function wrap(text: string): string {
  const names = new Set(parseNginx(text).directives.map((directive) => directive.name.text));
  if (["http", "events", "stream", "mail"].some((name) => names.has(name))) return text;
  if (["server", "upstream", "map", "geo"].some((name) => names.has(name))) return `events {} http { ${text}\n}`;
  if (["location", "server_name", "listen"].some((name) => names.has(name))) return `events {} http { server { ${text}\n} }`;
  return `events {} http { server { location / { ${text}\n} } }`;
}
