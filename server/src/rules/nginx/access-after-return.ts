import { argument, type Statement } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

const GUARDS = ["deny", "auth_basic", "auth_request"] as const;

export const accessAfterReturn = rule({
  id: "access-after-return",
  title: "return answers before access is checked",
  why: "`return` belongs to a phase before the one in which `deny`, `auth_basic` and `auth_request` are asked: `location /x { deny all; return 200 ok; }` answers 200 to everybody. Tried on nginx 1.22. Serve a file, or pass the request on, where access is to be checked.",
  severity: "warning",
  languages: ["nginx"],
  needs: ["deny", "auth_basic", "auth_request"],
  link: "https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location = /status {\n    allow 127.0.0.1;\n    deny all;\n    return 200 ok;\n  }\n  location /closed {\n    deny all;\n    return 403;\n  }\n  location /open {\n    auth_basic off;\n    return 204;\n  }\n}\n",
      },
      finds: ["shop.conf:5"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const guard of statementsOf(document, reading, ...GUARDS)) {
        if (guard.block.context !== "http.location" || argument(guard, 0) === "off") continue;
        const answer = guard.block.statements.find(gives);
        if (!answer) continue;
        yield {
          span: headOf(guard),
          message: t`The return of this location answers everybody: nginx asks ${guard.directive.name.text} only where a request gets past it. Let a file or another program answer.`,
          related: [{ uri: answer.source.uri, span: headOf(answer), message: t`answers first` }],
        };
      }
    }),
});

/** An answer that is worth something. */
const gives = (it: Statement): boolean => it.directive.name.text === "return" && /^2\d\d$/.test(argument(it, 0));
