import { t } from "../../text/l10n";
import { fixes, inFile, removeLine, suggest } from "../edits";
import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxInvalidValue = rule({
  id: "nginx-invalid-value",
  title: "nginx cannot read the value",
  why: "Numbers, sizes (k, m), times (ms, s, m, h, d, w), on/off and words of a list are checked when nginx reads the file: `75MB`, `60sec` and `yes` are refused.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/syntax.html",
  examples: [
    {
      files: {
        "shop.conf": "server {\n  listen 80;\n  client_max_body_size 75MB;\n  uwsgi_read_timeout 60sec;\n  uwsgi_buffering yes;\n}\n",
      },
      finds: ["shop.conf:3", "shop.conf:4", "shop.conf:5"],
    },
  ],
  *check(document, context) {
    for (const finding of refusals(document, context, "nginx-invalid-value")) {
      const at = document.all.find(
        ({ directive }) => !directive.body && directive.span.start <= finding.span.start && finding.span.end <= directive.span.end,
      );
      const remove = at && suggest(t`Remove it: the default counts`, inFile(document.uri, removeLine(document, at.directive.span)));
      yield finding.fixes?.length || !at || !/_(?:modifier[12]|timeout|size|buffers|buffering)$/.test(at.directive.name.text)
        ? finding
        : { ...finding, fixes: fixes(remove) };
    }
  },
});
