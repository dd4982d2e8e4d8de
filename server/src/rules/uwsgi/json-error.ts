import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const jsonError = rule({
  id: "json-error",
  title: "A JSON file that is no JSON",
  why: "uWSGI reads JSON strictly: no comment, no comma at the end, double quotes. Otherwise it refuses to start.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.json": '{\n  "uwsgi": {\n    "socket": ":3031",\n  }\n}\n' }, finds: ["app.json:4"] }],
  check: (document, context) => evaluated("json-error", document, context),
});
