import { t } from "../../text/l10n";
import { fixes, fixSafely, inFile, replace } from "../edits";
import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const byteOrderMark = rule({
  id: "byte-order-mark",
  title: "A byte order mark hides the first line",
  why: "uWSGI knows no byte order mark: it becomes part of the first line, so a `[uwsgi]` there is not found and nothing of the section is read. With a comment or an empty line first the file works. Save the file as UTF-8 without BOM.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "\ufeff[uwsgi]\nsocket = :3031\n" }, finds: ["app.ini:1"] }],
  *check(document, context) {
    const remove = document.text.startsWith("\uFEFF") && fixSafely(t`Remove it`, inFile(document.uri, replace({ start: 0, end: 1 }, "")));
    for (const finding of evaluated("byte-order-mark", document, context)) yield { ...finding, fixes: fixes(remove) };
  },
});
