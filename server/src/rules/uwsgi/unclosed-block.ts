import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const unclosedBlock = rule({
  id: "unclosed-block",
  title: "A block that is never closed",
  why: "A block goes on through sections and out of included files until a closer comes: everything after it belongs to it, silently. Close it with `endif =` or `endfor =`.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nif-env = DEBUG\nmaster = true\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("unclosed-block", document, context),
});
