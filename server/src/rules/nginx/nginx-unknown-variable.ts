import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxUnknownVariable = rule({
  id: "nginx-unknown-variable",
  title: "Nothing defines the variable",
  why: 'A variable that neither nginx nor `set`, `map`, `geo` or a named group defines makes nginx refuse the start: `unknown "hots" variable`. In a file that is only a part of a configuration, only slips of the pen are reported.',
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/varindex.html",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location / {\n    proxy_set_header Host $hots;\n    proxy_pass http://127.0.0.1:8000;\n  }\n}\n",
      },
      finds: ["shop.conf:4"],
    },
    {
      files: { "nginx.conf": "events {}\nhttp {\n  server {\n    listen 80;\n    return 301 $target;\n  }\n}\n" },
      finds: ["nginx.conf:5"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-unknown-variable"),
});
