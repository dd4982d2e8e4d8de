import { argument } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

export const versionDisclosed = rule({
  id: "version-disclosed",
  title: "nginx tells its version to everybody",
  why: "With `server_tokens on` the exact version stands in the Server header and on error pages; scanners look for versions with known holes. Only a written `on` is reported, not the default.",
  severity: "hint",
  languages: ["nginx"],
  needs: ["server_tokens"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#server_tokens",
  examples: [{ files: { "shop.conf": "server {\n  listen 80;\n  server_tokens on;\n  return 204;\n}\n" }, finds: ["shop.conf:3"] }],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "server_tokens")) {
        const [word] = it.directive.args;
        if (!word || !/^(?:on|build)$/i.test(argument(it, 0))) continue;
        yield {
          span: headOf(it),
          message: t`The exact version of nginx stands in every answer. Switch it off.`,
          fixes: fixes(suggest(t`Write off`, inFile(document.uri, replace(word.span, "off")))),
        };
      }
    }),
});
