import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxMissingInclude = rule({
  id: "nginx-missing-include",
  title: "An included file does not exist",
  why: "An `include` without a wildcard must find its file: `open() … failed (2: No such file or directory)`. Reported only where the file is known to be missing on the machine.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/ngx_core_module.html#include",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location / {\n    include /etc/nginx/uwsgi_parms;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["shop.conf:4"],
      facts: { system: { missing: ["/etc/nginx/uwsgi_parms"] } },
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-missing-include"),
});
