import { registry } from "../../facts/uwsgi";
import { loggerOf } from "../../facts/uwsgi-values-names";
import { t } from "../../text/l10n";
import { fixes } from "../edits";
import { loadPlugin, loads, tellsPlugins } from "../plugins";
import { rule } from "../rule";

export const loggerPlugin = rule({
  id: "logger-plugin",
  title: "The plugin of the logger is not loaded",
  why: "uWSGI of Debian keeps each logger in a plugin: `logger = file:…` needs `logfile`, `syslog:…` needs `syslog`. Without it uWSGI does not start: `unable to find logger file`. `logto` writes to a file without one.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Logging.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nplugins = python3\nsocket = :3031\nlogger = file:/var/log/app.log\n" },
      facts: { system: { uwsgiInstall: "debian" } },
      finds: ["app.ini:4"],
    },
    {
      title: "Loaded, or built in as pip does it",
      files: {
        "a.ini": "[uwsgi]\nplugins = python3,logfile\nsocket = :3031\nlogger = errors file:/var/log/app.log\n",
      },
      facts: { system: { uwsgiInstall: "debian" } },
      finds: [],
    },
  ],
  *check(document, { workspace, stack }) {
    if (!/^(?:debian|ubuntu)/.test(workspace.target.uwsgiInstall ?? "")) return;
    for (const instance of stack.startedFrom(document.uri)) {
      if (!tellsPlugins(instance)) continue;
      for (const setting of ["logger", "req-logger", "logger-req"].flatMap((key) => instance.all(key))) {
        const { name } = loggerOf(setting.value);
        const plugin = registry("logger").find((one) => one.name === name)?.plugin ?? "core";
        if (setting.origin?.uri !== document.uri || !setting.certain || setting.holes.length > 0 || plugin === "core") continue;
        if (loads(instance, plugin)) continue;
        yield {
          span: setting.origin.span,
          message: t`The logger ${name} belongs to the ${plugin} plugin, which nothing loads: uWSGI refuses to start.`,
          fixes: fixes(loadPlugin(workspace, instance, setting, plugin)),
        };
      }
    }
  },
});
