import { optionOf } from "../../facts/uwsgi";
import { evaluated, optionAt } from "../evaluated";
import { rule } from "../rule";

export const includeCycle = rule({
  id: "include-cycle",
  title: "Files that include one another",
  why: "uWSGI has no guard against a file that leads back to itself: it reads on until the stack overflows and crashes.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nini = :uwsgi\n" }, finds: ["app.ini:3"] }],
  check: (document, context) =>
    evaluated("include-cycle", document, context, {
      // An option of a plugin (ini-paste) acts only where the plugin is loaded, which is not known.
      skip: (problem) => (optionOf(optionAt(document, problem) ?? "")?.plugin ?? "core") !== "core",
    }),
});
