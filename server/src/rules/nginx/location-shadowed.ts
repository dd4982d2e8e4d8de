import { locationOf } from "../../model/nginx/locations";
import { isTemplated, type Statement } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { rule } from "../rule";
import { headOf, ofWholeReadings } from "./scope";

/** Patterns that every path matches. */
const EVERYTHING = /^\^?\/?(?:\.\*)?\$?$/;

export const locationShadowed = rule({
  id: "location-shadowed",
  title: "An earlier location takes all requests of this one",
  why: "Locations with patterns are tried in the order of the file, and the first match wins. A second location with the same pattern, or any pattern behind one that matches everything, is never used; nginx says nothing.",
  severity: "warning",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#location",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location ~ \\.php$ { return 404; }\n  location ~ \\.php$ { return 204; }\n  location ~* \\.php$ { return 204; }\n  location ~ .* { return 404; }\n  location ~ ^/a { return 204; }\n}\n",
      },
      finds: ["shop.conf:4", "shop.conf:7"],
    },
  ],
  check: ofWholeReadings(function* (reading) {
    for (const block of [reading.root, ...reading.statements.flatMap((it) => (it.inner ? [it.inner] : []))]) {
      const seen = new Map<string, Statement>();
      let everything: Statement | undefined;
      for (const it of block.statements) {
        const location = it.fact?.setter === "ngx_http_core_location" ? locationOf(it) : undefined;
        if (location?.kind !== "regex" || isTemplated(location.path) || it.source.tree.templates?.length) continue;
        const key = `${location.modifier} ${location.path}`;
        const before = seen.get(key) ?? everything;
        if (before) {
          yield {
            uri: it.source.uri,
            span: location.word.span,
            message:
              before === everything
                ? t`A location before it matches every path: this one is never used.`
                : t`A location before it has the same pattern: this one is never used.`,
            related: [{ uri: before.source.uri, span: headOf(before), message: t`takes its requests` }],
          };
        }
        if (!seen.has(key)) seen.set(key, it);
        if (location.path !== "" && EVERYTHING.test(location.path)) everything ??= it;
      }
    }
  }),
});
