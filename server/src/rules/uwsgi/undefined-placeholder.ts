import { nearNames } from "../../facts/near";
import { optionOf } from "../../facts/uwsgi";
import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, safeFix, suggest } from "../edits";
import { evaluated, optionAt } from "../evaluated";
import { type Context, rule } from "../rule";

export const undefinedPlaceholder = rule({
  id: "undefined-placeholder",
  title: "A placeholder that nothing defines",
  why: "`%(name)` stands for another key of the configuration; when there is none it stays as it is written: a socket or a path gets that name. Variables of the environment are `$(NAME)`; `%(name)s` is of other ini dialects.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = /run/%(app)/x.sock\n" }, finds: ["app.ini:2"] }],
  check: (document, context) =>
    evaluated("undefined-placeholder", document, context, {
      severity: (problem) => {
        const option = optionOf(optionAt(document, problem) ?? "");
        return /socket|path|config|dir|file/.test(`${option?.type} ${option?.subtype ?? ""}`) ? "error" : undefined;
      },
      fixes: (problem) => {
        const at = problem.origin?.span;
        const name = problem.data?.name ?? "";
        const where = at ? document.text.slice(at.start, at.end).indexOf(`%(${name})`) : -1;
        if (!at || where < 0) return [];
        const start = at.start + where;
        if (!/^[A-Z][A-Z0-9_]*$/.test(name)) {
          const span = { start: start + "%(".length, end: start + "%(".length + name.length };
          return fixes(
            ...nearNames(name, keysOf(document, context), 2).map((key) =>
              suggest(t`Write %(${key})`, inFile(document.uri, replace(span, key))),
            ),
          );
        }
        return fixes(safeFix(t`Use the environment variable: $(${name})`, inFile(document.uri, replace({ start, end: start + 1 }, "$"))));
      },
    }),
});

/** What placeholders can name: the keys of the processes that read the file. */
function keysOf({ uri }: Document, { workspace, stack }: Context): readonly string[] {
  const kept = workspace.derive(KEYS, () => new Map<string, readonly string[]>());
  const known = kept.get(uri) ?? [...new Set(stack.instancesOf(uri).flatMap(({ effective }) => effective.settings.map(({ key }) => key)))];
  kept.set(uri, known);
  return known;
}

const KEYS = {};
