import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, inFile, insertLine, replace, suggest } from "../edits";
import { rule, type Severity } from "../rule";

/** Kinds of values in which a trailing comment can be nothing else. */
const PLAIN: ReadonlySet<string> = new Set([
  "bool",
  "bool-inverted",
  "int",
  "int-signed",
  "uint64",
  "uint16",
  "megabytes",
  "octal-mode-3",
  "octal-mode",
  "user",
  "group",
]);
const HARMLESS: ReadonlySet<string> = new Set(["int", "int-signed", "uint64", "uint16", "megabytes"]);

export const inlineComment = rule({
  id: "inline-comment",
  title: "uWSGI has no comments behind a value",
  why: "`;` and `#` start a comment only as the first character of a line. Behind a value they belong to it: a socket gets that name, `chmod-socket` makes uWSGI exit, `false # off` is true. Numbers are read up to the first other character, so there it does no harm.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html#ini-files",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\nlazy-apps = false # on\n" }, finds: ["app.ini:3"] }],
  *check(document) {
    if (document.format !== "ini") return;
    for (const { directive } of document.all) {
      const [value] = directive.args;
      if (!value || !/[#;]/.test(value.text)) continue;
      const option = optionOf(directive.name.text);
      if (!option) continue;
      const comment = /\s+([#;].*)$/.exec(value.text) ?? /^([#;].*)$/.exec(value.text);
      if (!comment) continue;
      const before = value.text.slice(0, comment.index).trim();
      const isSocket =
        /socket-bind|^path$|socket-connect/.test(option.type) ||
        ["chdir", "home", "virtualenv", "wsgi-file", "module", "callable", "logto", "pidfile", "daemonize"].includes(option.name);
      if (!PLAIN.has(option.type) && !isSocket && !/^[#;]\s/.test(comment[1] ?? "")) continue;
      if (
        !PLAIN.has(option.type) &&
        !isSocket &&
        /^(?:cron|route|hook|exec|attach|log-format|logformat|declare|set|env|static|print|alarm|mount)/.test(option.name)
      )
        continue;
      const severity: Severity =
        option.type.startsWith("octal") || isUnixPath(option.type, before)
          ? "error"
          : HARMLESS.has(option.type) ||
              (isSocket && /:\d+$/.test(before)) ||
              (option.type === "bool" && !/^(?:false|off|no|0)$/i.test(before))
            ? "info"
            : "warning";
      const effect =
        option.type === "bool" && /^(?:false|off|no|0)$/i.test(before)
          ? t`the value is "${value.text}", which is not "${before}", so ${option.name} is ON`
          : HARMLESS.has(option.type)
            ? t`uWSGI reads the number and stops there`
            : t`the value is "${value.text}"`;
      const start = value.span.start + comment.index;
      yield {
        span: { start: value.span.start + (value.text.length - (comment[1] ?? "").length), end: value.span.end },
        severity,
        message: t`uWSGI has no comments behind a value: ${effect}. Put the comment on a line of its own.`,
        fixes: fixes(
          suggest(
            t`Move the comment to the line above`,
            inFile(
              document.uri,
              insertLine(document, directive.span, comment[1] ?? "", "before"),
              replace({ start, end: value.span.end }, ""),
            ),
          ),
        ),
      };
    }
  },
});

const isUnixPath = (type: string, value: string): boolean => /socket-bind/.test(type) && !value.includes(":");
