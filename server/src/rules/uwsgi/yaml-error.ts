import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import type { Edit } from "../../text/span";
import { fixes, inFile, replace, suggest } from "../edits";
import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const yamlError = rule({
  id: "yaml-error",
  title: "A YAML file that is no YAML",
  why: "uWSGI refuses to start: `error parsing YAML file`. The usual cause is a tab at the start of a line, where YAML takes blanks only.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.yaml": 'uwsgi:\n  socket: ":3031"\n\tmaster: true\n' }, finds: ["app.yaml:3"] }],
  *check(document, context) {
    for (const finding of evaluated("yaml-error", document, context)) {
      const blanks = tabsAsBlanks(document);
      yield { ...finding, fixes: fixes(blanks.length > 0 && suggest(t`Indent with blanks, not tabs`, inFile(document.uri, ...blanks))) };
    }
  },
});

/** Every line that is indented with tabs gets the indentation of the first line that is not. */
function tabsAsBlanks(document: Document): readonly Edit[] {
  const usual = /^( +)\S/m.exec(document.text)?.[1] ?? "  ";
  return Array.from(document.text.matchAll(/^[ \t]*\t[ \t]*(?=\S)/gm), (match) =>
    replace({ start: match.index, end: match.index + match[0].length }, usual.repeat(Math.max(1, match[0].split("\t").length - 1))),
  );
}
