import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxUnknownDirective = rule({
  id: "nginx-unknown-directive",
  title: "nginx does not know the directive",
  why: "A name that neither nginx nor a widely used module knows is refused with `unknown directive`. Names come from the tables of nginx 1.18 to 1.31; directives of other modules are taken for known, unless it is told what the program is built with (`uwsgiNginx.nginx.modules`, or Debian 12 with its nginx 1.22.1) and no `load_module` brings them. Those of a module nobody else knows can be named in `uwsgiNginx.nginx.directives`.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/dirindex.html",
  examples: [
    {
      files: { "shop.conf": "server {\n  listen 80;\n  sever_name shop.example.com;\n  uwsgi_read_timout 5m;\n}\n" },
      finds: ["shop.conf:3", "shop.conf:4"],
    },
    {
      title: "A module that the program lacks",
      files: { "nginx.conf": "events {}\nstream {\n  server { listen 53; proxy_pass 127.0.0.1:5353; }\n}\n" },
      facts: { system: { distro: "debian-12", nginxVersion: "1.22.1" } },
      finds: ["nginx.conf:2"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-unknown-directive"),
});
