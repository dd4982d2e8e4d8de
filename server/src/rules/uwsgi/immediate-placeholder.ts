import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const immediatePlaceholder = rule({
  id: "immediate-placeholder",
  title: "A placeholder in an option that runs while the file is read",
  why: "`include`, `plugin`, `for`, `if-\u2026`, `umask`, `listen` and about a hundred more act as soon as they are read, before placeholders and variables are put in: they get the text as it is written. Magic letters (`%d`) work there.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nqueue = 100\nlisten = %(queue)\n" }, finds: ["app.ini:4"] }],
  check: (document, context) => evaluated("immediate-placeholder", document, context),
});
