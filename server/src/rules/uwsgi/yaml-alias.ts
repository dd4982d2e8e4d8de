import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const yamlAlias = rule({
  id: "yaml-alias",
  title: "uWSGI follows no YAML aliases",
  why: "Anchors and aliases are YAML, and uWSGI drops every key whose value is an alias.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.yaml": 'uwsgi:\n  chdir: &home /srv/app\n  pythonpath: *home\n  socket: ":3031"\n' }, finds: ["app.yaml:3"] }],
  check: (document, context) => evaluated("yaml-alias", document, context),
});
