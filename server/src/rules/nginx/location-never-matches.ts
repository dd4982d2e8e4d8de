import { locationOf } from "../../model/nginx/locations";
import { isTemplated } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { inEachReading, statementsOf } from "./scope";

export const locationNeverMatches = rule({
  id: "location-never-matches",
  title: "The location does not begin with a slash",
  why: "The path of every request begins with a slash, so `location static/` is never used: nginx accepts it and answers from another location.",
  severity: "warning",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#location",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location static/ {\n    root /srv/shop;\n  }\n  location = /a { return 204; }\n  location ~ b { return 204; }\n  location @c { return 204; }\n}\n",
      },
      finds: ["shop.conf:3"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "location")) {
        const location = locationOf(it);
        if (
          !location ||
          (location.kind !== "prefix" && location.kind !== "exact") ||
          location.path === "" ||
          /^[/$]/.test(location.path) ||
          isTemplated(location.path)
        )
          continue;
        const start = location.word.span.start + (location.word.quote ? 1 : 0) + location.word.text.length - location.path.length;
        yield {
          span: location.word.span,
          message: t`No request begins with "${location.path}": paths begin with a slash, so this location is never used.`,
          fixes: fixes(suggest(t`Begin with a slash`, inFile(document.uri, replace({ start, end: start }, "/")))),
        };
      }
    }),
});
