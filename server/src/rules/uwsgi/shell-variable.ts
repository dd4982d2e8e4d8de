import { optionOf } from "../../facts/uwsgi";
import { perDocument } from "../../model/document";
import { t } from "../../text/l10n";
import type { Workspace } from "../../workspace/workspace";
import { scriptsOf } from "../deployed";
import { fixes, inFile, replace, safeFix } from "../edits";
import { rule, type Severity } from "../rule";

/** Kinds of values that are taken as they are: names, numbers, addresses, paths. Others have a use of their own for the dollar sign. */
const TAKES_PLAIN = /socket|int|bool|octal|megabytes|path|file|dir|user|group|module|name|string $/;

export const shellVariable = rule({
  id: "shell-variable",
  title: "uWSGI does not expand variables of the shell",
  why: "Environment variables are `$(NAME)` in uWSGI. `${NAME}` and `$NAME` stay as they are, `%(NAME)` is a placeholder for another key of the file.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html#placeholders",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :${PORT}\n" }, finds: ["app.ini:2"] }],
  *check(document, { workspace, stack }) {
    const { starters } = stack;
    const named = workspace.derive(NAMED, () => new Set(starters.flatMap((starter) => [...starter.environment.keys()])), starters);
    if (document.isTemplate || workspace.derive(FILLED, () => isFilled(workspace))) return;
    for (const { directive } of document.all) {
      const [value] = directive.args;
      if (!value?.text.includes("$")) continue;
      const option = optionOf(directive.name.text);
      if (
        !option ||
        !TAKES_PLAIN.test(`${option.type} ${option.subtype ?? ""}`) ||
        /^(?:route|hook|exec|cron|attach|log-?format|req-?log|print|alarm|smart|unique|legion|env|add-header|response|php|static|final|error|ssl|if-|for|else|end|daemon|touch-|mount|.*-cron|logger|declare|collect|pull|rewrite|touch)/.test(
          option.name,
        ) ||
        option.type === "route" ||
        option.type === "command"
      )
        continue;
      for (const match of value.text.matchAll(/\$\{(\w+)\}|\$([A-Z_][A-Z0-9_]+)\b/g)) {
        const name = match[1] ?? match[2] ?? "";
        const start = value.span.start + match.index;
        const span = { start, end: start + match[0].length };
        const severity: Severity =
          /socket/.test(option.type) && named.has(name) ? "error" : /socket-bind|int|octal/.test(option.type) ? "error" : "warning";
        yield {
          span,
          severity,
          message: t`${match[0]} is the shell's way and stays as it is; in uWSGI the environment variable is $(${name}).`,
          fixes: fixes(
            value.span.end - value.span.start === value.text.length &&
              safeFix(t`Write $(${name})`, inFile(document.uri, replace(span, `$(${name})`))),
          ),
        };
      }
    }
  },
});

const FILLED = {};
const NAMED = {};

/** Whether a script of the workspace fills such variables in before uWSGI sees the file. */
const isFilled = (workspace: Workspace): boolean => scriptsOf(workspace).some(fills);
const fills = perDocument(({ text }) => /\benvsubst\b|\bsed\b[^\n]*\$\{?\w/.test(text));
