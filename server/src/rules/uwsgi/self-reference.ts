import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const selfReference = rule({
  id: "self-reference",
  title: "A value that refers to itself",
  why: "`x = %(x)` stays as it is; with text before it (`x = a%(x)`) uWSGI expands without end until memory is gone, and crashes.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\npath = z%(path)\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("self-reference", document, context),
});
