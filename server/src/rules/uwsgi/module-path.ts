import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const modulePath = rule({
  id: "module-path",
  title: "`module` is a dotted Python name, not a path",
  why: "`module` is imported by Python: `shop.wsgi`, with `:name` for the object. A path, or a name ending in `.py`, is not importable (`No module named …`); for a file there is `wsgi-file`. Python files are imported without `.py`.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["module"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Python.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nmodule = shop/config/wsgi\n" }, finds: ["app.ini:3"] }],
  *check(document, { workspace, stack }) {
    for (const instance of stack.instancesOf(document.uri)) {
      for (const setting of instance.all("module")) {
        const at = setting.valueOrigin ?? setting.origin;
        const value = setting.value;
        if (at?.uri !== document.uri || setting.holes.length > 0) continue;
        const name = value.split(":")[0] ?? "";
        const slashes = name.includes("/");
        const suffix = /\.py$/.test(name);
        if (!slashes && !suffix) continue;
        const right = `${name
          .replace(/\.py$/, "")
          .replace(/^\.?\/+/, "")
          .replaceAll("/", ".")}${value.slice(name.length)}`;
        const isPath = name.startsWith("/");
        yield {
          span: at.span,
          severity: slashes ? "error" : "warning",
          message: `${
            slashes
              ? t`module takes a dotted Python name; "${name}" is a path and cannot be imported.`
              : t`module takes a dotted Python name; "${name}" is read as the module "py" in "${name.replace(/\.py$/, "")}".`
          } ${isPath ? t`For a file use wsgi-file.` : t`Write ${right}.`}`,
          fixes: fixes(
            !isPath && suggest(t`Write ${right}`, setOption(workspace, setting, setting, "module", right)),
            (isPath || suffix) &&
              setting.keyOrigin !== undefined &&
              suggest(t`Use wsgi-file`, { uri: setting.keyOrigin.uri, edits: [{ span: setting.keyOrigin.span, text: "wsgi-file" }] }),
          ),
        };
      }
    }
  },
});
