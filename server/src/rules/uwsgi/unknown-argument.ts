import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const unknownArgument = rule({
  id: "unknown-argument",
  title: "An argument that uWSGI does not understand",
  why: "A bare argument is a file with a known ending; an option that does not exist ends uWSGI (`unrecognized option`).",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [],
  check: (document, context) => evaluated("unknown-argument", document, context),
});
