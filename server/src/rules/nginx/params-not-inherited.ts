import { paramLevels, paramsOf } from "../../stack/params";
import { t } from "../../text/l10n";
import { fixes, inFile, insertLine, suggest } from "../edits";
import { rule } from "../rule";
import { brokenRequests } from "../words";

const NEEDED = ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING"] as const;

export const paramsNotInherited = rule({
  id: "params-not-inherited",
  title: "One uwsgi_param here drops all of the outer block",
  why: "nginx inherits `uwsgi_param` as a whole: a block that sets a single one loses those of the server and http blocks. The application then misses REQUEST_METHOD and PATH_INFO: `KeyError`, 502.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_param",
  examples: [
    {
      files: {
        "nginx/app.conf":
          "server {\n  include uwsgi_params;\n  location / {\n    uwsgi_param HTTP_X_TEST 1;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:4"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const pass of stack.passesOf(document)) {
      if (pass.protocol !== "uwsgi" && pass.protocol !== "suwsgi") continue;
      const nearest = paramsOf(workspace, document, pass.nested);
      if (!nearest?.known || NEEDED.some((name) => nearest.names.has(name))) continue;
      const outer = paramLevels(workspace, document, pass.nested);
      if (!outer.some((each) => NEEDED.some((name) => each.names.has(name)))) continue;
      const first = nearest.block?.body?.find((one) => one.name.text === "uwsgi_param");
      if (!first) continue;
      yield {
        severity: brokenRequests(stack),
        span: first.span,
        message: t`With this line the block inherits none of the outer uwsgi_param lines: REQUEST_METHOD, PATH_INFO and the others are lost. Include uwsgi_params here as well.`,
        related: [{ uri: document.uri, span: pass.nested.directive.span, message: t`passed on here` }],
        fixes: fixes(
          suggest(t`Add include uwsgi_params;`, inFile(document.uri, insertLine(document, first.span, "include uwsgi_params;", "before"))),
        ),
      };
    }
  },
});
