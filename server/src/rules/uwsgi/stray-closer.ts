import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const strayCloser = rule({
  id: "stray-closer",
  title: "A closer without a block",
  why: "`endif`, `endfor` and `end` close whatever block is open; this one closes none. It does no harm, but an opener may be missing.",
  severity: "hint",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nendif =\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("stray-closer", document, context),
});
