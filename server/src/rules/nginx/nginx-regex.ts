import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxRegex = rule({
  id: "nginx-regex",
  title: "The regular expression does not compile",
  why: "nginx compiles every regular expression with PCRE when it reads the file: an open bracket, a quantifier without anything to repeat or a group name given twice is refused (`pcre2_compile() failed`). A pattern with `{` or `;` must be quoted.",
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: { "shop.conf": "server {\n  listen 80;\n  location ~ *\\.php$ { return 404; }\n  location ~ ^/(a|b { return 404; }\n}\n" },
      finds: ["shop.conf:3", "shop.conf:4"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-regex"),
});
