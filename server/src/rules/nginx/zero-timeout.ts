import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { brokenRequests } from "../words";

const TIMEOUTS = ["uwsgi", "proxy", "fastcgi", "scgi", "grpc"].flatMap((module) => [`${module}_read_timeout`, `${module}_connect_timeout`]);

export const zeroTimeout = rule({
  id: "zero-timeout",
  title: "A time of zero is no “never”",
  why: "nginx gives up at once: every request that is not answered in the same instant gets 504. There is no value for “no limit”; name a long time.",
  severity: "error",
  languages: ["nginx"],
  needs: TIMEOUTS,
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_read_timeout",
  examples: [
    {
      files: { "nginx/app.conf": "location / {\n  include uwsgi_params;\n  uwsgi_pass 127.0.0.1:3031;\n  uwsgi_read_timeout 0;\n}\n" },
      finds: ["nginx/app.conf:4"],
    },
  ],
  *check(document, { stack }) {
    for (const name of TIMEOUTS) {
      for (const { directive } of document.named(name)) {
        const [value] = directive.args;
        if (!value || !/^0+(?:ms|[smhdw])?$/.test(value.text)) continue;
        const write = (text: string) => suggest(t`Write ${text}`, inFile(document.uri, replace(value.span, text)));
        yield {
          severity: brokenRequests(stack),
          span: value.span,
          message: t`nginx waits no time at all and answers 504. Write how long it may take, as in ${name} 60s.`,
          fixes: fixes(write("60s"), write("1h")),
        };
      }
    }
  },
});
