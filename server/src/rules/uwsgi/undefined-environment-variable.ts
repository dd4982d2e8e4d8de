import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const undefinedEnvironmentVariable = rule({
  id: "undefined-environment-variable",
  title: "A variable that nobody sets",
  why: "`$(NAME)` of a variable that is not set stays as it is written.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [],
  check: (document, context) => evaluated("undefined-environment-variable", document, context),
});
