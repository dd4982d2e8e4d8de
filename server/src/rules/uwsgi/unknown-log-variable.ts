import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const unknownLogVariable = rule({
  id: "unknown-log-variable",
  title: "No such variable of log-format",
  why: "uWSGI says nothing about a name that it does not know and writes a dash for it, in every line.",
  severity: "info",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nlog-format = %(methd) %(uri)\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("unknown-log-variable", document, context),
});
