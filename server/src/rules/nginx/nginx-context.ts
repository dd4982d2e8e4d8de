import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxContext = rule({
  id: "nginx-context",
  title: "The directive may not stand in this block",
  why: 'nginx refuses a directive in a block it does not belong in: `"uwsgi_pass" directive is not allowed here`. A file that another one includes is judged where it is included; one that nobody includes, by what it holds.',
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/dirindex.html",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  uwsgi_pass unix:/run/shop.sock;\n  location / {\n    server_name shop.example.com;\n    return 204;\n  }\n}\n",
      },
      finds: ["shop.conf:3", "shop.conf:5"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-context"),
});
