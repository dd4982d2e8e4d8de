import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { isModular, loadPlugin, loads, tellsPlugins } from "../plugins";
import { rule } from "../rule";

const ROUTERS: Readonly<Record<string, string>> = {
  http: "http",
  httprouter: "http",
  https: "http",
  fastrouter: "fastrouter",
  rawrouter: "rawrouter",
};

export const routerPlugin = rule({
  id: "router-plugin",
  title: "The plugin of the router is not loaded",
  why: "uWSGI of Debian, Fedora and Alpine keeps `http` and the other routers in plugins. Without the plugin the option is unknown and ignored: nobody listens there, and nginx gets (111: Connection refused). Alone it ends uWSGI: `The -s/--socket option is missing`. `http-socket` needs no plugin.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/HTTP.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nplugins = python3\nhttp = 127.0.0.1:8080\n" },
      facts: { system: { uwsgiInstall: "debian" } },
      finds: ["app.ini:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    if (!isModular(workspace.target)) return;
    for (const instance of stack.startedFrom(document.uri)) {
      if (!tellsPlugins(instance)) continue;
      for (const [key, plugin] of Object.entries(ROUTERS)) {
        const setting = instance.effective.settings.find((one) => one.key === key);
        if (setting?.origin?.uri !== document.uri || !setting.certain || loads(instance, plugin)) continue;
        yield {
          span: setting.origin.span,
          message: t`${key} belongs to the ${plugin} plugin, which nothing loads: the option is ignored and nobody listens there.`,
          fixes: fixes(
            loadPlugin(workspace, instance, setting, plugin),
            plugin === "http" &&
              key === "http" &&
              setting.keyOrigin &&
              suggest(
                t`Use http-socket, which needs no plugin`,
                inFile(setting.keyOrigin.uri, replace(setting.keyOrigin.span, "http-socket")),
              ),
          ),
        };
      }
    }
  },
});
