import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxUnknownDirective = rule({
  id: "nginx-unknown-directive",
  title: "nginx does not know the directive",
  why: "A name that neither nginx nor a widely used module knows is refused with `unknown directive`. Names come from the tables of nginx 1.18 to 1.31; directives of other modules are taken for known.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/dirindex.html",
  examples: [
    {
      files: { "shop.conf": "server {\n  listen 80;\n  sever_name shop.example.com;\n  uwsgi_read_timout 5m;\n}\n" },
      finds: ["shop.conf:3", "shop.conf:4"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-unknown-directive"),
});
