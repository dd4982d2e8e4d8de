import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const headerMalformed = rule({
  id: "header-malformed",
  title: "A section header that names another section",
  why: "uWSGI drops the last character of a header, whatever it is, and takes the rest as the name: `[uwsgi` is the section `uwsg`, `[uwsgi] ; main` is `uwsgi] ; main`, blanks count. Nothing of the section is then read, silently.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\n[ dev ]\nhttp = :8080\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("header-malformed", document, context),
});
