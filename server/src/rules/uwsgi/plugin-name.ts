import { nearNames } from "../../facts/near";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Releases whose only Python plugin is python3: Python 2 is gone. */
const PYTHON3_ONLY = /^(?:debian-(?:1[1-9])|ubuntu-2[0-9]|fedora)/;

export const pluginName = rule({
  id: "plugin-name",
  title: "No plugin of that name on the target",
  why: "uWSGI loads NAME_plugin.so from its plugin folder. When there is none it only says `UNABLE to load uWSGI plugin` and runs on without: requests end with `-- unavailable modifier requested: 0 --`. Debian names the plugin of Python python3. A uWSGI installed by pip has Python built in and no plugins.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["plugins", "need-plugins"],
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nplugin = python\nmodule = app\n" },
      facts: { system: { plugins: ["python3", "http"] } },
      finds: ["app.ini:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    const { plugins, uwsgiInstall, distro } = workspace.target;
    for (const instance of stack.instancesOf(document.uri)) {
      for (const setting of [...instance.all("plugin"), ...instance.all("plugins"), ...instance.all("need-plugin")]) {
        const at = setting.valueOrigin ?? setting.origin;
        if (at?.uri !== document.uri || setting.holes.length > 0) continue;
        const names = setting.value.split(",").map((name) => name.trim().replace(/^\d+:/, "").replace(/\|.*$/, ""));
        if (/[^,\s]\s+[^,\s]/.test(setting.value.trim()) || /\s,/.test(setting.value)) {
          const right = setting.value
            .split(/[\s,]+/)
            .filter(Boolean)
            .join(",");
          yield {
            span: at.span,
            message: t`Plugins are separated by commas without blanks before them: uWSGI cuts the names and loads none of these.`,
            fixes: fixes(suggest(t`Write ${right}`, setOption(workspace, setting, setting, setting.key, right))),
          };
          continue;
        }
        if (uwsgiInstall === "pip" && !plugins) {
          if (names.some((name) => /^python/.test(name)))
            yield {
              span: at.span,
              severity: "info",
              message: t`A uWSGI installed by pip has Python built in and finds no plugin of that name: it says UNABLE to load uWSGI plugin and goes on. Remove the line.`,
            };
          continue;
        }
        const wrong = names.find(
          (name) =>
            name !== "" &&
            !name.includes("/") &&
            (plugins ? !plugins.includes(name) : name === "python" && PYTHON3_ONLY.test(distro ?? "") && uwsgiInstall === "debian"),
        );
        if (wrong === undefined) continue;
        const near = plugins ? nearNames(wrong, plugins) : ["python3"];
        yield {
          span: at.span,
          message:
            t`There is no ${wrong}_plugin.so on the target: uWSGI says UNABLE to load uWSGI plugin and runs on without it, so requests get 502.` +
            (near[0] ? ` ${t`Write ${near[0]}.`}` : ""),
          fixes: fixes(
            ...near.map((name) =>
              suggest(t`Write ${name}`, setOption(workspace, setting, setting, setting.key, setting.value.replace(wrong, name))),
            ),
          ),
        };
      }
    }
  },
});
