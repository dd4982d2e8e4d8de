import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxSyntax = rule({
  id: "nginx-syntax",
  title: "Braces, quotes or words are not as nginx reads them",
  why: 'nginx reads words by rules of its own: a quote counts only where a word begins and nothing may follow a closing one, a bare `{` ends a word (a pattern with `{2}` needs quotes), a word has at most 4095 bytes. One slip and the configuration is refused: `unexpected "}"`, `unexpected end of file`, `too long parameter`.',
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/beginners_guide.html",
  examples: [
    {
      files: { "conf.d/shop.conf": 'server {\n  listen 80;\n  add_header X-Mood "good"and;\n}\n' },
      finds: ["conf.d/shop.conf:3"],
    },
    {
      files: { "nginx.conf": "events {}\nhttp {\n  server {\n    listen 80;\n    return 204;\n}\n" },
      finds: ["nginx.conf:2"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-syntax"),
});
