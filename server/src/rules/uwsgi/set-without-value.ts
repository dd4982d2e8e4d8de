import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const setWithoutValue = rule({
  id: "set-without-value",
  title: "`set` needs name=value",
  why: "`set`, `set-placeholder` and `set-ph` without `=` end uWSGI: `invalid placeholder/--set value`. Blanks around the inner `=` belong to the name and the value.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nset-placeholder = base\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("set-without-value", document, context),
});
