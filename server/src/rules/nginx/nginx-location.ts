import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxLocation = rule({
  id: "nginx-location",
  title: "Locations cannot be nested or written like this",
  why: "A location in a location begins with the path of the outer one; exact and named locations hold none, and named ones stand directly in a server. The modifiers are `=`, `^~`, `~` and `~*`.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#location",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location /shop/ {\n    location /cart { return 204; }\n  }\n  location =~ \\.php$ { return 404; }\n}\n",
      },
      finds: ["shop.conf:4", "shop.conf:6"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-location"),
});
