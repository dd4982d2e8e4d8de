import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const yamlEmptyValue = rule({
  id: "yaml-empty-value",
  title: "A YAML key without a value is dropped",
  why: "In an ini file a bare `master` counts as true. In YAML uWSGI drops a key without a value, without a word.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.yaml": 'uwsgi:\n  master:\n  socket: ":3031"\n' }, finds: ["app.yaml:2"] }],
  check: (document, context) => evaluated("yaml-empty-value", document, context),
});
