import { nearNames } from "../../facts/near";
import { options } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, safeFix, suggest } from "../edits";
import { evaluated } from "../evaluated";
import { removeOption, renameOption } from "../option-edits";
import { rule } from "../rule";

export const strictUnknownOption = rule({
  id: "strict-unknown-option",
  title: "`strict` refuses what is no option",
  why: "With `strict = true` every key that is no option ends uWSGI (`[strict-mode] unknown config directive: x`), variables of one's own too: define those with `set-placeholder`. Options of a plugin must stand behind its `plugin` line.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    { files: { "app.ini": "[uwsgi]\nstrict = true\nproject = shop\nchdir = /srv/%(project)\nsocket = :3031\n" }, finds: ["app.ini:3"] },
  ],
  check: (document, context) =>
    evaluated("strict-unknown-option", document, context, {
      fixes: (problem) => {
        const at = problem.origin?.span;
        const option = document.all.find(
          (nested) => at && nested.directive.span.start <= at.start && at.start <= nested.directive.span.end && !nested.directive.body,
        )?.directive;
        const used = option && document.text.includes(`%(${option.name.text})`);
        if (!option) return [];
        const near = nearNames(
          option.name.text,
          options().map(({ name }) => name),
        );
        if (!used)
          return fixes(
            ...near.map((name) => suggest(t`Write ${name}`, renameOption(document, option.span, option.name.span, name))),
            suggest(t`Remove it`, removeOption(document, option.span)),
          );
        return fixes(
          safeFix(
            t`Define it with set-placeholder`,
            inFile(document.uri, replace(option.span, `set-placeholder = ${option.name.text}=${option.args[0]?.text ?? ""}`)),
          ),
        );
      },
    }),
});
