import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const yamlNestedList = rule({
  id: "yaml-nested-list",
  title: "A list in a list loses what follows",
  why: "uWSGI forgets the key behind a list or a mapping inside of a list: the values after it are lost.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.yaml": 'uwsgi:\n  env:\n    - A=1\n    - [B=2]\n    - C=3\n  socket: ":3031"\n' }, finds: ["app.yaml:2"] }],
  check: (document, context) => evaluated("yaml-nested-list", document, context),
});
