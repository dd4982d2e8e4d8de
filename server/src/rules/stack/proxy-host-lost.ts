import { nginxSetting } from "../../stack/nginx-setting";
import { around } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { addDirective, fixes, suggest } from "../edits";
import { rule } from "../rule";
import { atEndpoint } from "../words";

const RIGHT = "proxy_set_header Host $host;";

export const proxyHostLost = rule({
  id: "proxy-host-lost",
  title: "The application does not learn the host that was asked for",
  why: "Without `proxy_set_header Host` nginx sends the address of `proxy_pass` as Host: the application answers to `127.0.0.1:8080`, refuses it (Django: 400, `Invalid HTTP_HOST header`) or makes links that lead there. `uwsgi_pass` with uwsgi_params hands the real one over.",
  severity: "info",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nhttp-socket = 127.0.0.1:8080\n",
        "nginx.conf": "events {}\nhttp {\n  server {\n    location / {\n      proxy_pass http://127.0.0.1:8080;\n    }\n  }\n}\n",
      },
      finds: ["nginx.conf:5"],
    },
    {
      title: "Set further out, or in a file that is not seen",
      files: {
        "app.ini": "[uwsgi]\nhttp-socket = 127.0.0.1:8080\n",
        "nginx.conf":
          "events {}\nhttp {\n  server {\n    proxy_set_header Host $host;\n    location / {\n      proxy_pass http://127.0.0.1:8080;\n    }\n  }\n  server {\n    location / {\n      include proxy_params;\n      proxy_pass http://127.0.0.1:8080;\n    }\n  }\n}\n",
      },
      finds: [],
    },
  ],
  *check(document, { stack }) {
    for (const { connection, reached } of stack.linksOf(document.uri)) {
      const { pass } = connection;
      const [first] = reached;
      if (pass.document !== document || pass.protocol !== "http" || first?.endpoint.protocol !== "http") continue;
      if (nginxSetting(stack, document, pass.nested, "proxy_set_header") !== null) continue;
      // What distributions and people keep such lines in is often named so.
      const isIncluded = [...around(pass.nested)].some(({ directive: { body } }) =>
        body?.some(({ name, args }) => name.text === "include" && /proxy|header|param/.test(args[0]?.text ?? "")),
      );
      if (isIncluded) continue;
      yield {
        span: pass.nested.directive.span,
        message: t`The application gets the address of proxy_pass as its Host, and not the name that was asked for: no proxy_set_header Host is in force.`,
        related: atEndpoint(first.endpoint, t`uWSGI speaks HTTP here`),
        fixes: fixes(suggest(t`Write ${RIGHT}`, addDirective(document, pass.nested, RIGHT))),
      };
    }
  },
});
