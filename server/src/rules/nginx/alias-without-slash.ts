import { locationOf } from "../../model/nginx/locations";
import { argument, isTemplated } from "../../model/nginx/reading";
import { fixes, fixSafely, inFile, replace } from "../edits";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

export const aliasWithoutSlash = rule({
  id: "alias-without-slash",
  title: "The location ends with a slash, its alias does not",
  why: "nginx puts the alias in the place of the location's path, letter by letter: `location /static/` with `alias /srv/static` looks for `/srv/staticshop.css` and answers 404.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#alias",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location /static/ {\n    alias /srv/shop/static;\n  }\n  location /media/ { alias /srv/shop/media/; }\n  location = /a/ { alias /srv/a; }\n}\n",
      },
      finds: ["shop.conf:4"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "alias")) {
        const [word] = it.directive.args;
        const location = it.block.owner && it.block.context === "http.location" ? locationOf(it.block.owner) : undefined;
        if (!word || location?.kind !== "prefix" || !location.path.endsWith("/") || isTemplated(location.path)) continue;
        if (
          word.text.endsWith("/") ||
          /\$|^$/.test(word.text) ||
          isTemplated(argument(it, 0)) ||
          it.block.statements.some((one) => one.directive.name.text === "rewrite")
        )
          continue;
        yield {
          span: headOf(it),
          message: `${location.path}a.css is looked for at ${word.text}a.css: the alias needs the slash at its end that the location has.`,
          fixes: fixes(
            fixSafely(
              "Add the slash",
              inFile(
                document.uri,
                replace({ start: word.span.end - (word.quote ? 1 : 0), end: word.span.end - (word.quote ? 1 : 0) }, "/"),
              ),
            ),
          ),
        };
      }
    }),
});
