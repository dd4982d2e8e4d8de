import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const pluginMissing = rule({
  id: "plugin-missing",
  title: "A plugin that is not installed",
  why: "`plugin` of one that is not there only warns: its options become unknown keys and nothing serves the requests (`-- unavailable modifier requested: 0 --`). `need-plugin` ends uWSGI. On Debian, plugins are named after the version of the language: python3, not python.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [],
  check: (document, context) => evaluated("plugin-missing", document, context),
});
