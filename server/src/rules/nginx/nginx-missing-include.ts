import { nearNames } from "../../facts/near";
import { t } from "../../text/l10n";
import { baseName } from "../../text/uri";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxMissingInclude = rule({
  id: "nginx-missing-include",
  title: "An included file does not exist",
  why: "An `include` without a wildcard must find its file: `open() … failed (2: No such file or directory)`. Reported only where the file is known to be missing on the machine.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/ngx_core_module.html#include",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location / {\n    include /etc/nginx/uwsgi_parms;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["shop.conf:4"],
      facts: { system: { missing: ["/etc/nginx/uwsgi_parms"] } },
    },
  ],
  *check(document, context) {
    for (const finding of refusals(document, context, "nginx-missing-include")) {
      const written = document.text.slice(finding.span.start, finding.span.end);
      const near = nearNames(baseName(written), SHIPPED, 1).map(
        (name) => written.slice(0, written.length - baseName(written).length) + name,
      );
      yield {
        ...finding,
        fixes: fixes(...near.map((path) => suggest(t`Write ${path}`, inFile(document.uri, replace(finding.span, path))))),
      };
    }
  },
});

/** Files that come with nginx. */
const SHIPPED = ["uwsgi_params", "fastcgi_params", "scgi_params", "proxy_params", "mime.types", "fastcgi.conf"];
