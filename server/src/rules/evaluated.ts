/** Rules about what evaluation noticed: the words are the evaluation's, the level is the rule's unless uWSGI refuses to start. */
import type { Document } from "../model/document";
import type { EvaluationProblem } from "../workspace/effective";
import type { Context, Finding, Fix, Severity } from "./rule";

export type Extra = {
  skip?(problem: EvaluationProblem, document: Document): boolean;
  severity?(problem: EvaluationProblem, document: Document): Severity | undefined;
  fixes?(problem: EvaluationProblem, document: Document, context: Context): readonly Fix[];
};

/** The findings of one code, in this document, from every process that reads it. */
export function* evaluated(code: string, document: Document, context: Context, extra: Extra = {}): Iterable<Finding> {
  for (const problem of document.tree.problems) if (problem.code === code) yield { span: problem.span, message: sentence(problem.message) };
  for (const instance of context.stack.instancesOf(document.uri)) {
    if (!instance.start.certain) continue;
    for (const problem of instance.effective.problems) {
      if (problem.code !== code || problem.origin?.uri !== document.uri || extra.skip?.(problem, document)) continue;
      const severity: Severity | undefined = problem.fatal ? "error" : extra.severity?.(problem, document);
      yield {
        span: problem.origin.span,
        message: sentence(problem.message),
        ...(severity ? { severity } : {}),
        fixes: extra.fixes?.(problem, document, context) ?? [],
      };
    }
  }
}

/** The option in whose line a problem stands. */
export function optionAt(document: Document, problem: EvaluationProblem): string | undefined {
  const at = problem.origin?.span.start ?? -1;
  return document.all.find((nested) => !nested.directive.body && nested.directive.span.start <= at && at <= nested.directive.span.end)
    ?.directive.name.text;
}

/** Words that come from a library may lack their full stop. */
const sentence = (text: string): string => (/[.?!)`]$/.test(text) ? text : `${text}.`);
