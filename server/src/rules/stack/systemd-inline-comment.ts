import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import { inFile, replace, safeFix } from "../edits";
import { type Fix, rule } from "../rule";

export const systemdInlineComment = rule({
  id: "systemd-inline-comment",
  title: "Comment behind a value of a systemd unit",
  why: "systemd knows comments only on lines of their own. Behind a value they are part of it: `RuntimeDirectory=app # needs systemd 211` makes folders named `#`, `needs`, `systemd` and `211` in `/run`, and `User=app # the application` names a user that does not exist. Where such a value cannot be right (`KillSignal=SIGQUIT # stop`), systemd writes a line to its log and goes on as if the setting were not there. Seen with systemd 252: `systemd-analyze verify` is silent about the first kind.",
  severity: "error",
  languages: ["systemd"],
  link: "https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html",
  examples: [
    {
      files: {
        "app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/uwsgi.ini\nRuntimeDirectory=app # needs systemd 211\nUser=app\n",
      },
      finds: ["app.service:3"],
    },
    {
      title: "A setting that is ignored",
      files: { "app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/uwsgi.ini\nKillSignal=SIGQUIT ; SIGTERM reloads\n" },
      finds: ["app.service:3"],
    },
  ],
  *check(document, { stack }) {
    for (const { code, at, message, data } of stack.deploymentOf(document).problems) {
      if (code !== "systemd-inline-comment") continue;
      yield { span: at.span, message, ...(data?.effect === "ignored" && { severity: "warning" }), fixes: [ownLine(document, at.span)] };
    }
  },
});

/** Puts the comment above the setting, which may start some continued lines before. */
function ownLine(document: Document, comment: Span): Fix {
  const { lines, text } = document;
  let line = lines.line(comment.start);
  while (continues(document, line)) line--;
  const start = lines.start(line);
  const before = text.slice(0, comment.start).trimEnd().length;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const edits = [
    replace({ start, end: start }, text.slice(comment.start, comment.end) + newline),
    replace({ start: before, end: comment.end }, ""),
  ];
  return safeFix(t`Put the comment on a line of its own`, inFile(document.uri, ...edits));
}

/** Whether the nearest line above that is no comment ends in a backslash. */
function continues({ lines, text }: Document, line: number): boolean {
  for (let above = line - 1; above >= 0; above--) {
    const written = text.slice(lines.start(above), lines.end(above));
    if (!/^[ \t]*[#;]/.test(written)) return /\\\r?$/.test(written);
  }
  return false;
}
