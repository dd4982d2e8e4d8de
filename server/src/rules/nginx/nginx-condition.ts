import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxCondition = rule({
  id: "nginx-condition",
  title: "nginx cannot read the condition of if",
  why: "`if` takes a variable, a variable compared with `=`, `!=`, `~`, `~*`, or a test `-f`, `-d`, `-e`, `-x`; there is no `and`, `or`, `==` or `<`. Anything else: `invalid condition`.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  if ($host == example.com) { return 404; }\n  if ($host = a.example && $scheme = http) { return 404; }\n}\n",
      },
      finds: ["shop.conf:3", "shop.conf:4"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-condition"),
});
