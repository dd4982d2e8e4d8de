import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxUnknownName = rule({
  id: "nginx-unknown-name",
  title: "Nothing defines the zone, the cache or the log format",
  why: "`limit_req`, `limit_conn`, `proxy_cache` and `access_log` name something that is defined in `http`: without the definition nginx says `zero size shared memory zone` or `unknown log format`. A log format must be defined on a line before.",
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "nginx.conf":
          "events {}\nhttp {\n  limit_req_zone $binary_remote_addr zone=login:10m rate=5r/m;\n  server {\n    listen 80;\n    access_log /var/log/nginx/shop.log timed;\n    location / {\n      limit_req zone=logins;\n      return 204;\n    }\n  }\n}\n",
      },
      finds: ["nginx.conf:6", "nginx.conf:8"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-unknown-name"),
});
