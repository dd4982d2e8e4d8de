import { firstIn, type Statement } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

export const ifDropsTryFiles = rule({
  id: "if-drops-try-files",
  title: "Where the if applies, try_files does not",
  why: "A request that meets the condition of an `if` is answered by the block of the `if`, which does not take `try_files` from its location: even `if ($arg_a) { set $b 1; }` turns an answer into 404. Tried on nginx 1.22. `return` and `rewrite … last` leave the block and do no harm.",
  severity: "warning",
  languages: ["nginx"],
  needs: ["if"],
  link: "https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location / {\n    if ($arg_a) {\n      set $b 1;\n    }\n    try_files $uri @app;\n  }\n  location /b {\n    if ($arg_a) { return 403; }\n    try_files $uri @app;\n  }\n  location @app { return 204; }\n}\n",
      },
      finds: ["shop.conf:4"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "if")) {
        const files = it.block.context === "http.location" ? firstIn(it.block, "try_files") : undefined;
        if (
          !files ||
          !it.inner ||
          it.inner.gap ||
          it.inner.statements.some(leaves) ||
          it.inner.statements.some((one) => /_pass$/.test(one.directive.name.text))
        )
          continue;
        yield {
          span: headOf(it),
          message: t`Requests that meet this condition are answered without the try_files of the location: files are not looked for. Set variables with map, or end the block with return.`,
          related: [{ uri: files.source.uri, span: headOf(files), message: t`not in force for them` }],
        };
      }
    }),
});

/** Whether the request goes elsewhere. */
function leaves({ directive: { name, args } }: Statement): boolean {
  if (name.text === "return") return true;
  return name.text === "rewrite" && args[2]?.text !== "break" && (args.length > 2 || /^(?:https?:\/\/|\$scheme)/.test(args[1]?.text ?? ""));
}
