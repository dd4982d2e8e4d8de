import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import { fixes, fixSafely, inFile, replace, suggest } from "../edits";
import { type Fix, rule } from "../rule";

export const systemdLineContinuation = rule({
  id: "systemd-line-continuation",
  title: "Lost or stray backslash in a systemd unit",
  why: "A command over several lines needs a backslash as the last character of every line but the last one. Without it, or with a space behind it, systemd ignores the lines that follow, so uWSGI starts without those options: no plugin, no socket. A backslash too many makes the next setting (`User=app`) an argument of uWSGI, and the process runs as root. The only trace is a line like `Missing '=', ignoring line` in the journal, or nothing.",
  severity: "error",
  languages: ["systemd"],
  link: "https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html",
  examples: [
    {
      files: { "app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/uwsgi.ini\n  --plugin python3\nUser=app\n" },
      finds: ["app.service:3"],
    },
    {
      title: "A setting that became an argument",
      files: { "app.service": "[Service]\nExecStart=/usr/bin/uwsgi \\\n  --ini /srv/app/uwsgi.ini \\\nUser=app\n" },
      finds: ["app.service:4"],
    },
  ],
  *check(document, { stack }) {
    for (const { code, at, message, data } of stack.deploymentOf(document).problems) {
      if (code !== "systemd-line-continuation") continue;
      const isOption = document.text.startsWith("-", at.span.start);
      if (data?.kind === "gained") yield { span: at.span, message, fixes: fixes(withoutBackslash(document, at.span)) };
      else
        yield {
          span: at.span,
          message,
          ...(!isOption && { severity: "warning" }),
          fixes: fixes(withBackslash(document, at.span, isOption)),
        };
    }
  },
});

/** The line above a place that is no comment; empty lines count. */
function lineAbove({ lines, text }: Document, at: Span, skipEmpty: boolean): Span | undefined {
  for (let line = lines.line(at.start) - 1; line >= 0; line--) {
    const written = text.slice(lines.start(line), lines.end(line));
    if (/^[ \t]*[#;]/.test(written) || (skipEmpty && written.trim() === "")) continue;
    const end = lines.end(line);
    return { start: lines.start(line), end: text[end - 1] === "\r" ? end - 1 : end };
  }
  return undefined;
}

function withBackslash(document: Document, at: Span, isOption: boolean): Fix | undefined {
  const above = lineAbove(document, at, true);
  if (!above) return undefined;
  const { lines, text } = document;
  const written = text.slice(above.start, above.end);
  const end = above.start + written.replace(/[ \t]*\\?[ \t]*$/, "").length;
  const edits = [replace({ start: end, end: above.end }, " \\")];
  // An empty line ends a command too.
  for (let line = lines.line(above.start) + 1; line < lines.line(at.start); line++) {
    const empty = lines.span(line);
    if (text.slice(empty.start, empty.end).trim() === "") edits.push(replace({ start: empty.start, end: empty.end + 1 }, ""));
  }
  const edit = inFile(document.uri, ...edits);
  return isOption ? fixSafely(t`End the line before with a backslash`, edit) : suggest(t`End the line before with a backslash`, edit);
}

function withoutBackslash(document: Document, at: Span): Fix | undefined {
  const above = lineAbove(document, at, false);
  const written = above && document.text.slice(above.start, above.end);
  const found = written === undefined ? null : /[ \t]*\\$/.exec(written);
  if (!above || !found) return undefined;
  return fixSafely(
    t`Remove the backslash of the line before`,
    inFile(document.uri, replace({ start: above.start + found.index, end: above.end }, "")),
  );
}
