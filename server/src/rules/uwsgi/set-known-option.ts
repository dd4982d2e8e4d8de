import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const setKnownOption = rule({
  id: "set-known-option",
  title: "`set-placeholder` of a real option",
  why: "`set-placeholder` defines variables only and ends uWSGI for the name of an option. `set` sets options too.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nset-placeholder = processes=4\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("set-known-option", document, context),
});
