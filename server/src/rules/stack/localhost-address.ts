import { show } from "../../stack/address";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { atEndpoint } from "../words";

export const localhostAddress = rule({
  id: "localhost-address",
  title: "`localhost` in nginx is also ::1, where uWSGI does not listen",
  why: "nginx takes every address that `localhost` resolves to and spreads requests over them; uWSGI on an IPv4 address does not answer on `[::1]`. nginx then logs `connect() failed (111: Connection refused) … [::1]` and, when only that address is left, answers 502.",
  severity: "warning",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:8050\n",
        "nginx/app.conf":
          "upstream app {\n  server localhost:8050;\n}\nserver {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass app;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:2"],
    },
  ],
  *check(document, { stack }) {
    for (const { connection, reached } of stack.linksOf(document.uri)) {
      const { address } = connection;
      if (connection.document !== document || address.kind !== "tcp") continue;
      const [first] = reached;
      if (!first || reached.some((one) => one.reach.why !== "localhost-v6")) continue;
      const right = `127.0.0.1:${address.port}`;
      const isWildcard = address.host !== "localhost";
      yield {
        span: connection.span,
        severity: isWildcard ? "info" : "warning",
        message: isWildcard
          ? t`${show(address)} is an address to bind, not one to connect to; the kernel takes it for this host. Write ${right}.`
          : t`localhost may give nginx [::1]:${address.port} too, but uWSGI is bound to ${show(first.endpoint.address)} only. Write ${right}.`,
        related: atEndpoint(first.endpoint, t`uWSGI binds here`),
        fixes: fixes(suggest(t`Connect to ${right}`, inFile(document.uri, replace(connection.span, right)))),
      };
    }
  },
});
