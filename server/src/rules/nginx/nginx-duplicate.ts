import { t } from "../../text/l10n";
import { fixes, inFile, removeLine, suggest } from "../edits";
import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxDuplicate = rule({
  id: "nginx-duplicate",
  title: "What may stand once stands twice",
  why: "Most directives may be given once in a block, an upstream, a log format and a location once in all: the second one is refused (`directive is duplicate`, `duplicate location`, `duplicate upstream`). Directives that build lists (`add_header`, `uwsgi_param`) may be repeated.",
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  root /srv/a;\n  root /srv/b;\n  location / { return 204; }\n  location ^~ / { return 404; }\n}\n",
      },
      finds: ["shop.conf:4", "shop.conf:6"],
    },
  ],
  *check(document, context) {
    for (const finding of refusals(document, context, "nginx-duplicate")) {
      const nested = document.all.find(
        ({ directive }) => directive.span.start <= finding.span.start && finding.span.end <= directive.span.end && !directive.body,
      );
      const own = nested && document.lines.line(nested.directive.span.start) === document.lines.line(nested.directive.span.end);
      yield {
        ...finding,
        fixes: fixes(own && suggest(t`Remove this one`, inFile(document.uri, removeLine(document, nested.directive.span)))),
      };
    }
  },
});
