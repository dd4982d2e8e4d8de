import { t } from "../../text/l10n";
import { fixes, inFile, removeLine, suggest } from "../edits";
import { rule } from "../rule";

const HANDLERS: ReadonlySet<string> = new Set(["uwsgi_pass", "proxy_pass", "fastcgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"]);

export const twoHandlers = rule({
  id: "two-handlers",
  title: "Two handlers in one location",
  why: "A location has one handler. nginx accepts `uwsgi_pass` beside `proxy_pass` and takes the later one, without a word; the other line and its settings do nothing.",
  severity: "warning",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "nginx/app.conf": "location / {\n  include uwsgi_params;\n  uwsgi_pass 127.0.0.1:3031;\n  proxy_pass http://127.0.0.1:8080;\n}\n",
      },
      finds: ["nginx/app.conf:3"],
    },
  ],
  *check(document) {
    // Both may stand in different branches of a template.
    if (document.tree.templates?.length) return;
    for (const { directive } of document.all) {
      const passes = directive.body?.filter((one) => HANDLERS.has(one.name.text)) ?? [];
      const last = passes.at(-1);
      for (const one of passes) {
        if (!last || one.name.text === last.name.text) continue;
        yield {
          span: one.span,
          message: t`${last.name.text} stands behind it and wins: this ${one.name.text} does nothing.`,
          related: [{ uri: document.uri, span: last.span, message: t`this one handles the requests` }],
          fixes: fixes(
            suggest(t`Keep ${one.name.text}, remove ${last.name.text}`, inFile(document.uri, removeLine(document, last.span))),
            suggest(t`Keep ${last.name.text}, remove ${one.name.text}`, inFile(document.uri, removeLine(document, one.span))),
          ),
        };
      }
    }
  },
});
