import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { isModular } from "../plugins";
import { rule } from "../rule";

/** Options that say which language serves the requests, by the plugin that brings them. */
const APP_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  python: ["module", "wsgi-file", "home", "callable", "pythonpath"],
  rack: ["rack"],
  psgi: ["psgi"],
  php: ["php-docroot", "php-index"],
  cgi: ["cgi"],
};

export const pluginNotLoaded = rule({
  id: "plugin-not-loaded",
  title: "The plugin of the language is not loaded",
  why: "uWSGI of Debian, Fedora and Alpine keeps every language in a plugin. Without `plugin = python3` the keys `module` and `wsgi-file` are unknown and ignored, and every request ends with `-- unavailable modifier requested: 0 --` and 502. A uWSGI installed by pip has Python built in and needs no plugin.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/ThingsToKnow.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nwsgi-file = app.py\n" },
      facts: { system: { uwsgiInstall: "debian" } },
      finds: ["app.ini:3"],
    },
    {
      title: "A uWSGI of one's own, without Ruby",
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nrack = config.ru\nwsgi-file = app.py\n" },
      facts: { system: { uwsgiOptions: { builtIn: ["python", "http"] } } },
      finds: ["app.ini:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    const { uwsgiInstall, distro, uwsgiOptions } = workspace.target;
    const builtIn = uwsgiOptions?.builtIn;
    if (!builtIn && !isModular(workspace.target)) return;
    for (const instance of stack.startedFrom(document.uri)) {
      if (
        !instance.effective.complete ||
        instance.start.debian ||
        instance.flag("autoload") === true ||
        instance.all("autoload").some((setting) => setting.holes.length > 0)
      )
        continue;
      if (
        instance.effective.plugins.length > 0 ||
        (instance.start.emperor &&
          ["vassal-set", "vassals-include", "vassals-inherit"].some((key) => instance.start.emperor?.all(key).length))
      )
        continue;
      for (const [plugin, keys] of Object.entries(APP_OPTIONS)) {
        if (builtIn?.includes(plugin)) continue;
        const setting = keys.map((key) => instance.last(key)).find((one) => one?.origin?.uri === document.uri);
        if (!setting?.origin || optionOf(setting.key)?.plugin === "core") continue;
        const right = plugin === "python" ? (workspace.target.plugins?.find((name) => /^python\d/.test(name)) ?? "python3") : plugin;
        const target = distro ?? uwsgiInstall;
        yield {
          span: setting.origin.span,
          severity: uwsgiInstall === "debian" || workspace.target.plugins || builtIn ? "error" : "warning",
          message: target
            ? t`${setting.key} belongs to the ${plugin} plugin, which nothing loads; uWSGI of ${target} has it as a plugin only: the key is ignored and requests get 502 (unavailable modifier requested). Set plugin = ${right}.`
            : t`${setting.key} belongs to the ${plugin} plugin, which nothing loads; uWSGI of the target has it as a plugin only: the key is ignored and requests get 502 (unavailable modifier requested). Set plugin = ${right}.`,
          fixes: fixes(suggest(t`Set plugin = ${right}`, setOption(workspace, undefined, setting, "plugin", right))),
        };
        break;
      }
    }
  },
});
