import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const nestedBlock = rule({
  id: "nested-block",
  title: "A block inside a running block",
  why: "Logic of uWSGI knows no nesting: `for` or `if-\u2026` inside a block that runs ends uWSGI (`recursive logic in options is not supported`); inside one that does not run it is skipped, and the first closer ends the outer block.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nfor = a b\nfor = c d\nenv = X=%(_)\nendfor =\nendfor =\n" }, finds: ["app.ini:4"] },
  ],
  check: (document, context) => evaluated("nested-block", document, context),
});
