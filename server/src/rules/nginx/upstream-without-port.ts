import { parseAddress } from "../../model/nginx/address";
import { argument, definition, isTemplated } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { rule } from "../rule";
import { headOf, ofWholeReadings } from "./scope";

export const upstreamWithoutPort = rule({
  id: "upstream-without-port",
  title: "An upstream for uwsgi names no port and so means 80",
  why: "In `upstream` a server without a port is asked on port 80, whatever protocol is spoken. With `uwsgi_pass` that is nginx itself more often than not: 400 Bad Request. Tried on nginx 1.22 with uWSGI 2.0.21.",
  severity: "warning",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server",
  examples: [
    {
      files: {
        "shop.conf":
          "upstream shop {\n  server 10.0.0.5;\n}\nupstream web {\n  server 10.0.0.6;\n}\nserver {\n  listen 80;\n  location / {\n    include uwsgi_params;\n    uwsgi_pass shop;\n  }\n  location /b { proxy_pass http://web; }\n}\n",
      },
      finds: ["shop.conf:2"],
    },
  ],
  check: ofWholeReadings(function* (reading) {
    const seen = new Set<unknown>();
    for (const use of reading.names) {
      if (use.kind !== "upstream" || use.role !== "uses" || !/^(?:uwsgi|fastcgi|scgi)_pass$/.test(use.statement.directive.name.text))
        continue;
      const upstream = definition(reading, "upstream", use.name, "http")?.statement;
      if (!upstream || seen.has(upstream)) continue;
      seen.add(upstream);
      for (const server of upstream.inner?.statements ?? []) {
        if (server.directive.name.text !== "server") continue;
        const address = parseAddress(argument(server, 0), { defaultPort: 80 });
        if (
          typeof address === "string" ||
          address.kind === "unix" ||
          !address.noPort ||
          argument(server, 0).includes("$") ||
          isTemplated(argument(server, 0))
        )
          continue;
        if (server.directive.args.some((word) => /^(?:service=|resolve$)/.test(word.text))) continue;
        yield {
          uri: server.source.uri,
          span: headOf(server),
          message: t`Without a port this means ${address.host}:80, where hardly anything speaks ${use.statement.directive.name.text.replace("_pass", "")}. Add the port of the application.`,
          related: [{ uri: use.statement.source.uri, span: headOf(use.statement), message: t`handed on here` }],
        };
      }
    }
  }),
});
