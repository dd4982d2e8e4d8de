import { locationOf } from "../../model/nginx/locations";
import { isTemplated } from "../../model/nginx/reading";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

export const aliasTraversal = rule({
  id: "alias-traversal",
  title: "The location lets requests climb out of the alias",
  why: "`location /static` with `alias /srv/shop/static/` also matches `/static../settings.py`, which becomes `/srv/shop/static/../settings.py`: every file beside the folder can be fetched. Tried on nginx 1.22.",
  severity: "warning",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#alias",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location /static {\n    alias /srv/shop/static/;\n  }\n  location /media { alias /srv/shop/media; }\n}\n",
      },
      finds: ["shop.conf:4"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "alias")) {
        const [word] = it.directive.args;
        const owner = it.block.context === "http.location" ? it.block.owner : undefined;
        const location = owner && locationOf(owner);
        if (!word?.text.endsWith("/") || !owner || location?.kind !== "prefix" || location.path.endsWith("/") || isTemplated(location.path))
          continue;
        const { span: at, quote } = location.word;
        const end = at.end - (quote ? 1 : 0);
        yield {
          span: headOf(it),
          message: `${location.path}../ leads out of ${word.text}: files beside that folder can be fetched. End the location with a slash.`,
          related: [{ uri: owner.source.uri, span: headOf(owner), message: "no slash at its end" }],
          fixes: fixes(
            owner.source.uri === document.uri &&
              suggest("End the location with a slash", inFile(document.uri, replace({ start: end, end }, "/"))),
          ),
        };
      }
    }),
});
