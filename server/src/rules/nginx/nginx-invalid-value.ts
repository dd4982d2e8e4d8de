import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxInvalidValue = rule({
  id: "nginx-invalid-value",
  title: "nginx cannot read the value",
  why: "Numbers, sizes (k, m), times (ms, s, m, h, d, w), on/off and words of a list are checked when nginx reads the file: `75MB`, `60sec` and `yes` are refused.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/syntax.html",
  examples: [
    {
      files: {
        "shop.conf": "server {\n  listen 80;\n  client_max_body_size 75MB;\n  uwsgi_read_timeout 60sec;\n  uwsgi_buffering yes;\n}\n",
      },
      finds: ["shop.conf:3", "shop.conf:4", "shop.conf:5"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-invalid-value"),
});
