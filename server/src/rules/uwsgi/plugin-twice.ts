import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const pluginTwice = rule({
  id: "plugin-twice",
  title: "A plugin that is loaded twice",
  why: "The second `plugin` line of the same plugin is ignored; a second one as `need-plugin` counts as a failure, and uWSGI does not start.",
  severity: "hint",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nplugin = python3\nneed-plugin = python3\nsocket = :3031\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("plugin-twice", document, context),
});
