import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { removeOption, setOption } from "../option-edits";
import { rule } from "../rule";

export const mountValue = rule({
  id: "mount-value",
  title: "A mount point that fits no request",
  why: "`mount = /shop=app.py`: the part before `=` is compared with SCRIPT_NAME, so it begins with a slash and has none at the end. `shop=…` answers 500, `/shop/=…` leaves a wrong PATH_INFO. `static-map` without `=` ends uWSGI.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["mount", "static-map", "static-map2"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Options.html#mount",
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nmount = shop=app.py\nmanage-script-name = true\n" }, finds: ["app.ini:3"] },
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nstatic-map = /static\n" }, finds: ["app.ini:3"] },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.instancesOf(document.uri)) {
      for (const setting of [...instance.all("mount"), ...instance.all("static-map"), ...instance.all("static-map2")]) {
        const at = setting.origin;
        if (at?.uri !== document.uri || setting.holes.length > 0 || !setting.certain) continue;
        const equals = setting.value.indexOf("=");
        const isMount = setting.key === "mount";
        if (equals < 0) {
          if (!isMount)
            yield {
              span: at.span,
              message: t`${setting.key} takes POINT=FOLDER; without "=" uWSGI exits.`,
              fixes: fixes(suggest(t`Remove it`, removeOption(document, at.span))),
            };
          continue;
        }
        const point = setting.value.slice(0, equals);
        const right = `/${point.replace(/^\/+|\/+$/g, "")}`;
        // A name with a dot is a host: the mount of a virtual host.
        if (!isMount || point === right || point === "" || point === "/" || point.includes(".")) continue;
        yield {
          span: at.span,
          message: point.startsWith("/")
            ? t`The slash at the end of ${point} is not taken off the path: PATH_INFO is wrong.`
            : t`A mount point begins with a slash: ${point} fits no request, and uWSGI answers 500.`,
          fixes: fixes(
            suggest(t`Write ${right}`, setOption(workspace, setting, setting, setting.key, `${right}${setting.value.slice(equals)}`)),
          ),
        };
      }
    }
  },
});
