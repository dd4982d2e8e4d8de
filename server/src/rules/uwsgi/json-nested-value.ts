import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const jsonNestedValue = rule({
  id: "json-nested-value",
  title: "A value of JSON that uWSGI drops",
  why: "An option takes a text, a number, true or false, or one list of them. Objects and lists in lists are dropped without a word.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.json": '{\n  "uwsgi": {\n    "socket": ":3031",\n    "env": {"A": "1"}\n  }\n}\n' }, finds: ["app.json:4"] }],
  check: (document, context) => evaluated("json-nested-value", document, context),
});
