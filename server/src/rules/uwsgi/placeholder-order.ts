import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const placeholderOrder = rule({
  id: "placeholder-order",
  title: "A placeholder that is not expanded because of its place",
  why: "uWSGI looks again at what a placeholder brought in only from its second character on: a value that begins with another placeholder stays as it is. Define the inner one first.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nchdir = %(base)\nbase = %(root)/app\nroot = /srv\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("placeholder-order", document, context),
});
