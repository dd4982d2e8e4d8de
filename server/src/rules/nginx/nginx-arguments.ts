import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxArguments = rule({
  id: "nginx-arguments",
  title: "The directive takes another number of arguments",
  why: 'Each directive takes certain numbers of arguments and either ends with `;` or opens a block; else nginx says `invalid number of arguments`, `is not terminated by ";"` or `has no opening "{"`. Blanks in a value need quotes.',
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/beginners_guide.html",
  examples: [
    {
      files: { "shop.conf": "server {\n  listen 80;\n  root /srv/my shop;\n  location /a\n    return 204;\n}\n" },
      finds: ["shop.conf:3", "shop.conf:4"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-arguments"),
});
