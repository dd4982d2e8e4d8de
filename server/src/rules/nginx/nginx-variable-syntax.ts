import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxVariableSyntax = rule({
  id: "nginx-variable-syntax",
  title: "A dollar sign begins no variable",
  why: "nginx has no way to write a dollar sign that is not a variable: `$` at the end of a value, `$-` or an open `${name` is refused with `invalid variable name` or `the closing bracket … is missing`.",
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "shop.conf":
          'server {\n  listen 80;\n  location / { return 200 "5 $"; }\n  location /b { return 301 ${scheme://example.com; }\n}\n',
      },
      finds: ["shop.conf:3", "shop.conf:4"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-variable-syntax"),
});
