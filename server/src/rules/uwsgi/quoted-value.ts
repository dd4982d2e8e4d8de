import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, inFile, replace } from "../edits";
import { rule, type Severity } from "../rule";

export const quotedValue = rule({
  id: "quoted-value",
  title: "Quotes are part of the value",
  why: "uWSGI's ini has no quotes: they stay in the value. `master = \"false\"` is true, `processes = '4'` is 0 workers, a quoted path is a file with quotes in its name, a quoted `chmod-socket` makes uWSGI exit.",
  severity: "warning",
  languages: ["uwsgi"],
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\nprocesses = '4'\n" }, finds: ["app.ini:3"] }],
  *check(document) {
    if (document.format !== "ini") return;
    for (const { directive } of document.all) {
      const [value] = directive.args;
      const first = value?.text.charAt(0);
      if (first !== '"' && first !== "'") continue;
      const option = optionOf(directive.name.text);
      const inside = /^(["'])(.*)\1$/.exec(value?.text ?? "");
      if (!value || !option || !inside || value.text.length < 2 || inside[2]?.includes(inside[1] ?? "")) continue;
      if (
        /^(?:route|hook|exec|cron|attach|log-?format|print|alarm|smart|legion|declare|set|env|php|add-header|response)/.test(option.name) ||
        option.type === "command"
      )
        continue;
      const fatal = option.type.startsWith("octal") || ["processes", "workers"].includes(option.name);
      const severity: Severity = fatal ? "error" : "warning";
      yield {
        span: value.span,
        severity,
        message: t`uWSGI has no quotes: the value is ${value.text} with its quotes.`,
        fixes: fixes({ title: t`Remove the quotes`, safe: true, edits: [inFile(document.uri, replace(value.span, inside[2] ?? ""))] }),
      };
    }
  },
});
