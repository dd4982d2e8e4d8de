import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const wsgiFileForm = rule({
  id: "wsgi-file-form",
  title: "`wsgi-file` takes a path and nothing behind it",
  why: "`wsgi-file = app.py:app` is the name of a file with a colon in it: `failed to open python file`. The object is named by `callable`; `module = app:app` takes both.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["wsgi-file"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Python.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nwsgi-file = app.py:app\n" }, finds: ["app.ini:3"] }],
  *check(document, { workspace, stack }) {
    for (const instance of stack.instancesOf(document.uri)) {
      for (const setting of instance.all("wsgi-file")) {
        const at = setting.valueOrigin ?? setting.origin;
        const match = /^(.*\.py):([A-Za-z_]\w*)$/.exec(setting.value);
        if (at?.uri !== document.uri || setting.holes.length > 0) continue;
        if (match) {
          const [, path = "", name = ""] = match;
          yield {
            span: at.span,
            message: t`wsgi-file takes a path only: uWSGI looks for a file named "${setting.value}". Name the object with callable = ${name}.`,
            fixes: fixes(
              instance.all("callable").length === 0 &&
                suggest(
                  t`Write ${path} and callable = ${name}`,
                  setOption(workspace, setting, setting, "wsgi-file", `${path}\ncallable = ${name}`),
                ),
              suggest(t`Write ${path}`, setOption(workspace, setting, setting, "wsgi-file", path)),
            ),
          };
        } else if (/^[A-Za-z_][\w.]*:[A-Za-z_]\w*$/.test(setting.value) && setting.keyOrigin) {
          yield {
            span: at.span,
            message: t`"${setting.value}" is the form of module; wsgi-file takes a path.`,
            fixes: fixes(suggest(t`Use module`, { uri: setting.keyOrigin.uri, edits: [{ span: setting.keyOrigin.span, text: "module" }] })),
          };
        }
      }
    }
  },
});
