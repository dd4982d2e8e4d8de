import { part, type Statement } from "../../model/nginx/reading";
import { readScript } from "../../model/nginx/script";
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { inEachReading, statementsOf } from "./scope";

export const responseSplitting = rule({
  id: "response-splitting",
  title: "A decoded path in a header of the answer",
  why: "`$uri` is the path after decoding: `%0d%0a` in a request has become a line break. In `return 301 …$uri`, a redirecting `rewrite` or `add_header` whoever writes the link adds headers to the answer, cookies for example. Tried on nginx 1.22; `$request_uri` keeps the path as it was sent.",
  severity: "warning",
  languages: ["nginx"],
  needs: ["return", "rewrite", "add_header"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#var_request_uri",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  return 301 https://shop.example.com$uri;\n}\nserver {\n  listen 80;\n  server_name a.example.com;\n  location / { return 301 https://shop.example.com$request_uri; }\n  location /b { rewrite ^/b(.*) /c$uri last; }\n  location /c { add_header X-Path $uri; }\n}\n",
      },
      finds: ["shop.conf:3", "shop.conf:10"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "return", "rewrite", "add_header")) {
        const word = headerOf(it);
        if (!word) continue;
        for (const use of readScript(word.text).uses) {
          if (use.name !== "uri" && use.name !== "document_uri") continue;
          const span = part(word, use.at, use.end);
          yield {
            span,
            message: t`$${use.name} is decoded: %0d%0a in a request becomes a line break here, and with it a header of somebody's choice. Use $request_uri, which holds the query too.`,
            fixes: fixes(
              it.directive.name.text !== "rewrite" && suggest(t`Write $request_uri`, inFile(document.uri, replace(span, "$request_uri"))),
            ),
          };
        }
      }
    }),
});

/** The argument that becomes a header of the answer. */
function headerOf({ directive: { name, args } }: Statement): Word | undefined {
  const [first, second, third] = args;
  if (name.text === "add_header") return second;
  if (name.text === "rewrite") {
    const redirects = third?.text === "redirect" || third?.text === "permanent" || /^(?:https?:\/\/|\$scheme)/.test(second?.text ?? "");
    return redirects ? second : undefined;
  }
  return args.length === 1 ? first : /^30[12378]$/.test(first?.text ?? "") ? second : undefined;
}
