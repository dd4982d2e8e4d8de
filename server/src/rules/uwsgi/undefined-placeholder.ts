import { optionOf } from "../../facts/uwsgi";
import { fixes, inFile, replace, safeFix } from "../edits";
import { evaluated, optionAt } from "../evaluated";
import { rule } from "../rule";

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
        if (!at || where < 0 || !/^[A-Z][A-Z0-9_]*$/.test(name)) return [];
        const start = at.start + where;
        return fixes(safeFix(`Use the environment variable: $(${name})`, inFile(document.uri, replace({ start, end: start + 1 }, "$"))));
      },
    }),
});
