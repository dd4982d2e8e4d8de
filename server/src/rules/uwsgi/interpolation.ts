import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, safeFix } from "../edits";
import { rule } from "../rule";

export const interpolation = rule({
  id: "interpolation",
  title: "`%(name)s` is of another ini dialect",
  why: "Python's configparser writes `%(name)s`; in uWSGI the placeholder is `%(name)`, and the `s` stays in the value. There is no section `[DEFAULT]` either.",
  severity: "warning",
  languages: ["uwsgi"],
  examples: [{ files: { "app.ini": "[uwsgi]\nroot = /srv/app\nchdir = %(root)s\nsocket = :3031\n" }, finds: ["app.ini:3"] }],
  *check(document) {
    for (const { directive } of document.all) {
      const [value] = directive.args;
      if (!value?.text.includes("%(")) continue;
      const option = optionOf(directive.name.text);
      if (
        directive.body ||
        !option ||
        /log-?format|^route|^hook|^exec|^cron|^attach|strftime|log-encoder|log-req-encoder/.test(option.name) ||
        value.span.end - value.span.start !== value.text.length
      )
        continue;
      for (const match of value.text.matchAll(/%\(([\w.-]+)\)s(?![A-Za-z0-9])/g)) {
        const [, name = ""] = match;
        const end = value.span.start + match.index + match[0].length;
        yield {
          span: { start: value.span.start + match.index, end },
          severity: /socket|path|dir|file/.test(`${option.type} ${option.subtype ?? ""}`) ? "error" : "warning",
          message: t`uWSGI's placeholder is %(${name}): the "s" stays in the value.`,
          fixes: fixes(safeFix(t`Write %(${name})`, inFile(document.uri, replace({ start: end - 1, end }, "")))),
        };
      }
    }
  },
});
