import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const yamlMisplaced = rule({
  id: "yaml-misplaced",
  title: "YAML that uWSGI reads only in part",
  why: "uWSGI reads YAML word by word and does not check how the parts fit: it goes on after such a fault, and may lose the rest of the section.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.yaml": 'uwsgi:\n  socket: ":3031"\n   master: true\n' }, finds: ["app.yaml:3"] }],
  check: (document, context) => evaluated("yaml-misplaced", document, context),
});
