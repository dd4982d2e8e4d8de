import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const percentAtLineEnd = rule({
  id: "percent-at-line-end",
  title: "A percent sign at the end of a line joins it with the next",
  why: "`%` and the character after it are one magic letter; before a line end that is the line end itself, so the next line becomes part of this one, even in a comment. Write `%%`.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\n; 100%\nmaster = true\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("percent-at-line-end", document, context),
});
