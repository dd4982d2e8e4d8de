import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const declareWithoutValue = rule({
  id: "declare-without-value",
  title: "`declare-option` needs a name and options",
  why: "`declare-option = name=option=value;\u2026` without `=` makes uWSGI exit.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\ndeclare-option = app\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("declare-without-value", document, context),
});
