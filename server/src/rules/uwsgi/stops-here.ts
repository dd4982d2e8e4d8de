import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const stopsHere = rule({
  id: "stops-here",
  title: "uWSGI stops at this option",
  why: "`exit`, `stop`, `reload`, `version` and the like act while the file is read and end uWSGI before it serves anything.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nexit = 0\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("stops-here", document, context),
});
