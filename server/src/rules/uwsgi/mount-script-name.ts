import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const mountScriptName = rule({
  id: "mount-script-name",
  title: "`mount` without `manage-script-name`",
  why: "`mount = /wiki=app.py` chooses the application by SCRIPT_NAME, which nginx leaves empty. Only with `manage-script-name = true` does uWSGI take the mount point off PATH_INFO and put it into SCRIPT_NAME; otherwise the application sees /wiki in every path, or is not found at all.",
  severity: "warning",
  languages: ["uwsgi"],
  needs: ["mount"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Nginx.html#hosting-multiple-apps-in-the-same-process-aka-managing-script-name-and-path-info",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nmount = /wiki=wiki.py\n" }, finds: ["app.ini:3"] }],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.lacks("manage-script-name")) continue;
      const mount = instance.all("mount").find((setting) => setting.origin?.uri === document.uri && /^\/[^/=]/.test(setting.value));
      if (!mount?.origin) continue;
      const prefix = mount.value.split("=")[0] ?? "";
      const sets =
        stack.instances.includes(instance) &&
        instance.endpoints.some((endpoint) =>
          stack.linksTo(endpoint).some((link) => /SCRIPT_NAME/.test(link.connection.pass.document.text)),
        );
      if (
        sets ||
        instance.effective.settings.some((setting) => setting.key.startsWith("route") && /SCRIPT_NAME|fixpathinfo/.test(setting.value))
      )
        continue;
      yield {
        span: mount.origin.span,
        message: t`Without manage-script-name = true SCRIPT_NAME stays empty and ${prefix} is not taken off PATH_INFO.`,
        fixes: fixes(suggest(t`Set manage-script-name = true`, setOption(workspace, undefined, mount, "manage-script-name", "true"))),
      };
    }
  },
});
