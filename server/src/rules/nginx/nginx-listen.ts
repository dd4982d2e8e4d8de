import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxListen = rule({
  id: "nginx-listen",
  title: "Servers cannot share an address like this",
  why: "An address has one default server, its socket options (`backlog`, `reuseport`, `ipv6only` …) are given once, and a server listens on it once. Else: `a duplicate default server`, `duplicate listen options`, `a duplicate listen`.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#listen",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80 default_server;\n  return 204;\n}\nserver {\n  listen 80 default_server;\n  listen *:80;\n  listen 443 tls;\n  return 404;\n}\n",
      },
      finds: ["shop.conf:6", "shop.conf:7", "shop.conf:8"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-listen"),
});
