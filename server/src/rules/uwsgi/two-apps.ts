import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { removeOption } from "../option-edits";
import { rule } from "../rule";

export const twoApps = rule({
  id: "two-apps",
  title: "The application is given twice",
  why: "`module` and `wsgi-file` each load an application at the same mount point: the second one is dropped with `mountpoint already configured. skip.`",
  severity: "warning",
  languages: ["uwsgi"],
  needs: ["wsgi-file"],
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nmodule = shop.wsgi\nwsgi-file = shop/wsgi.py\n" }, finds: ["app.ini:4"] }],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const [module] = instance.all("module");
      const [file] = instance.all("wsgi-file");
      if (!module || !file || !module.certain || !file.certain || instance.all("mount").length > 0) continue;
      const [first, later] =
        instance.effective.settings.indexOf(module) < instance.effective.settings.indexOf(file) ? [module, file] : [file, module];
      const at = later.origin;
      if (at?.uri !== document.uri) continue;
      yield {
        span: at.span,
        message: t`${first.key} and ${later.key} both load an application at /: uWSGI keeps one and says "mountpoint already configured. skip." Keep one of them.`,
        related: first.origin ? [{ ...first.origin, message: t`the other one` }] : [],
        fixes: fixes(suggest(t`Remove ${later.key}`, removeOption(document, at.span))),
      };
    }
  },
});
