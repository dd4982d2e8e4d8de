/** Rules about what evaluation noticed: the words are the evaluation's, the level is the rule's unless uWSGI refuses to start. */
import type { Document } from "../model/document";
import type { Instance } from "../stack/instance";
import type { Problem } from "../syntax/tree";
import type { EvaluationProblem } from "../workspace/effective";
import type { Context, Finding, Fix, Severity } from "./rule";

export type Extra = {
  skip?(problem: EvaluationProblem, document: Document): boolean;
  severity?(problem: EvaluationProblem, document: Document): Severity | undefined;
  fixes?(problem: EvaluationProblem, document: Document, context: Context): readonly Fix[];
};

/** The findings of one code, in this document, from every process that reads it. */
export function evaluated(code: string, document: Document, context: Context, extra: Extra = {}): Iterable<Finding> {
  const noticed = noticedIn(document, context).get(code);
  return noticed ? findings(noticed, document, context, extra) : NONE;
}

function* findings({ written, ran }: Noticed, document: Document, context: Context, extra: Extra): Iterable<Finding> {
  for (const problem of written) yield { span: problem.span, message: sentence(problem.message) };
  for (const problem of ran) {
    if (!problem.origin || extra.skip?.(problem, document)) continue;
    const severity: Severity | undefined = problem.fatal ? "error" : extra.severity?.(problem, document);
    yield {
      span: problem.origin.span,
      message: sentence(problem.message),
      ...(severity ? { severity } : {}),
      fixes: extra.fixes?.(problem, document, context) ?? [],
    };
  }
}

/** What reading the text and running it noticed in a file, of one code. */
type Noticed = { readonly written: Problem[]; readonly ran: EvaluationProblem[] };

const NOTICED = {};
const NONE: readonly never[] = [];
const NOTHING: ReadonlyMap<string, Noticed> = new Map();

/** By code: dozens of rules ask, and mostly nothing was noticed. */
function noticedIn(document: Document, context: Context): ReadonlyMap<string, Noticed> {
  const kept = context.workspace.derive(NOTICED, () => new Map<Document, ReadonlyMap<string, Noticed>>());
  const known = kept.get(document);
  if (known) return known;
  const all = new Map<string, Noticed>();
  const at = (code: string): Noticed => {
    const before = all.get(code) ?? { written: [], ran: [] };
    all.set(code, before);
    return before;
  };
  for (const problem of document.tree.problems) at(problem.code).written.push(problem);
  for (const instance of readersOf(document, context))
    if (instance.start.certain)
      for (const problem of instance.effective.problems) if (problem.origin?.uri === document.uri) at(problem.code).ran.push(problem);
  const noticed = all.size > 0 ? all : NOTHING;
  kept.set(document, noticed);
  return noticed;
}

/** The processes that read the file, or that it starts with a command line of its own. */
export const readersOf = ({ uri, language }: Document, { stack }: Context): readonly Instance[] =>
  language === "uwsgi" ? stack.instancesOf(uri) : stack.startedBy(uri);

/** The processes that start with the file, or that it starts with a command line of its own. */
export const startedIn = ({ uri, language }: Document, { stack }: Context): readonly Instance[] =>
  language === "uwsgi" ? stack.startedFrom(uri) : stack.startedBy(uri);

/** The option in whose line a problem stands. */
export function optionAt(document: Document, problem: EvaluationProblem): string | undefined {
  const at = problem.origin?.span.start ?? -1;
  return document.all.find((nested) => !nested.directive.body && nested.directive.span.start <= at && at <= nested.directive.span.end)
    ?.directive.name.text;
}

/** Words that come from a library may lack their full stop. */
const sentence = (text: string): string => (/[.?!)`]$/.test(text) ? text : `${text}.`);
