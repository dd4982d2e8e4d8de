import { argument } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { inEachReading, statementsOf } from "./scope";

export const hostHeaderForwarded = rule({
  id: "host-header-forwarded",
  title: "The Host header is handed on as the client wrote it",
  why: "`$http_host` is whatever the client sent, even where the request line names another host; `$host` is the name nginx chose the server by, in lower case and without port. Links that an application builds from Host then lead where somebody else wants. A wanted port is the one good reason.",
  severity: "hint",
  languages: ["nginx"],
  needs: ["proxy_set_header", "grpc_set_header"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#var_host",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location / {\n    proxy_set_header Host $http_host;\n    proxy_pass http://127.0.0.1:8000;\n  }\n}\n",
      },
      finds: ["shop.conf:4"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "proxy_set_header", "grpc_set_header")) {
        const [name, word] = it.directive.args;
        if (!word || name?.text.toLowerCase() !== "host" || argument(it, 1).toLowerCase() !== "$http_host") continue;
        yield {
          span: word.span,
          message: t`$http_host is the client's own words, not the name this server was chosen by. Use $host, or $host:$server_port where the port matters.`,
          fixes: fixes(suggest(t`Write $host`, inFile(document.uri, replace(word.span, "$host")))),
        };
      }
    }),
});
