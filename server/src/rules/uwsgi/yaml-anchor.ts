import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const yamlAnchor = rule({
  id: "yaml-anchor",
  title: "A YAML anchor or tag ends the reading",
  why: "Before `&name` or `!tag` in front of a value uWSGI says `unsupported YAML token 21` and reads no further: the options behind it are lost, and it starts with what it has.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.yaml": 'uwsgi:\n  chdir: &home /srv/app\n  socket: ":3031"\n' }, finds: ["app.yaml:2"] }],
  check: (document, context) => evaluated("yaml-anchor", document, context),
});
