/** Every value of a file that is completely known, with what is wrong with it. */

import { checkValue, type ValueProblem } from "../../facts/uwsgi-values";
import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import type { Setting } from "../../workspace/effective";
import { uwsgiVersionOf } from "../../workspace/target";
import { fixes } from "../edits";
import { readersOf } from "../evaluated";
import { setOption } from "../option-edits";
import type { Context, Finding, Fix, Severity } from "../rule";

/** Of a command line: a flag, which has no value, and what a shell or a manager replaces. */
const UNCERTAIN = /^true$|[$`%{}]/;

/** One finding for each value whose problem has a level. */
export function* valueProblems(
  document: Document,
  context: Context,
  level: (problem: ValueProblem) => Severity | undefined,
): Iterable<Finding> {
  for (const { setting, span, problem } of wrongIn(document, context)) {
    const severity = level(problem);
    if (severity) yield { span, severity, message: problem.message, fixes: fixes(fixOf(problem, setting, context)) };
  }
}

type Wrong = { readonly setting: Setting; readonly span: Span; readonly problem: ValueProblem };

const WRONG = {};
const NONE: readonly Wrong[] = [];

/** Two rules tell of them. */
function wrongIn(document: Document, context: Context): readonly Wrong[] {
  const kept = context.workspace.derive(WRONG, () => new Map<Document, readonly Wrong[]>());
  const known = kept.get(document);
  if (known) return known;
  const found = [...findWrong(document, context)];
  const wrong = found.length > 0 ? found : NONE;
  kept.set(document, wrong);
  return wrong;
}

function* findWrong(document: Document, context: Context): Iterable<Wrong> {
  const version = uwsgiVersionOf(context.workspace.target);
  for (const instance of readersOf(document, context)) {
    if (!instance.start.certain) continue;
    for (const setting of instance.effective.settings) {
      const { origin, holes, certain, known, key, value } = setting;
      if (origin?.uri !== document.uri || holes.length > 0 || !certain || known === false) continue;
      if (document.language !== "uwsgi" && UNCERTAIN.test(value)) continue;
      const problem = checkValue(key, value, version);
      const { span } = setting.valueOrigin?.uri === document.uri ? setting.valueOrigin : origin;
      if (problem) yield { setting, span, problem };
    }
  }
}

function fixOf({ fix }: ValueProblem, setting: Setting, { workspace }: Context): Fix | undefined {
  const edit = fix && setOption(workspace, setting, setting, setting.key, fix.value);
  return edit && { title: t`Write ${fix.value}`, safe: fix.sure, edits: [edit] };
}
