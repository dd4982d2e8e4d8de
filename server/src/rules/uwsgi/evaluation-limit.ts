import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const evaluationLimit = rule({
  id: "evaluation-limit",
  title: "More expansions than can be followed",
  why: "A loop of millions of turns, a placeholder that grows without end or a chain of thousands of includes: uWSGI takes the memory of the machine or crashes, and what is shown here is cut.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nfor-times = 999999999\nmaster = true\nendfor =\n" }, finds: ["app.ini:4"] }],
  check: (document, context) => evaluated("evaluation-limit", document, context),
});
