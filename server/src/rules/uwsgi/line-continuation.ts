import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

export const lineContinuation = rule({
  id: "line-continuation",
  title: "An ini file knows no continued lines",
  why: "A backslash at the end of a line is part of the value, and the next line is an option of its own, unknown and ignored. `socket = \\` makes a socket named `\\`.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html#ini-files",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = \\\n  /run/app/app.sock\n" }, finds: ["app.ini:2"] }],
  *check(document) {
    if (document.format !== "ini" || document.isTemplate) return;
    for (const { directive } of document.all) {
      const value = directive.args[0];
      if (directive.body || !value?.text.endsWith("\\")) continue;
      const { lines, text } = document;
      const line = lines.line(Math.max(value.span.start, value.span.end - 1));
      const next = text.slice(lines.end(line) + 1, lines.end(line + 1)).trim();
      // Windows paths end so too; a following section, comment or option is no continuation.
      if (next === "" || /^[[;#]/.test(next) || next.includes("=")) continue;
      const joined = `${value.text.slice(0, -1).trimEnd()} ${next}`.trim();
      yield {
        span: value.span,
        message: t`uWSGI does not continue lines: the value is "${value.text}", and the next line is taken for an option.`,
        fixes: fixes(
          suggest(t`Write it on one line`, inFile(document.uri, replace({ start: value.span.start, end: lines.end(line + 1) }, joined))),
        ),
      };
    }
  },
});
