import type { Document } from "../../model/document";
import { nginxSize } from "../../stack/nginx-setting";
import type { Directive } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { inFile, insertLine, removeLine, replace, suggest } from "../edits";
import { type Finding, type Fix, rule } from "../rule";
import { refusals } from "./refusals";

export const nginxBufferSizes = rule({
  id: "nginx-buffer-sizes",
  title: "Buffers of answers do not fit together",
  why: 'With a larger `uwsgi_buffer_size` alone the sum of nginx no longer works out: the busy buffers (twice the largest one) must fit into all `uwsgi_buffers` but one. Else: `"uwsgi_busy_buffers_size" must be less than the size of all "uwsgi_buffers" minus one buffer`. The same holds for proxy, fastcgi and scgi.',
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "nginx.conf":
          "events {}\nhttp {\n  server {\n    listen 80;\n    location / {\n      include uwsgi_params;\n      uwsgi_pass 127.0.0.1:3031;\n      uwsgi_buffer_size 32k;\n    }\n  }\n}\n",
      },
      finds: ["nginx.conf:8"],
    },
  ],
  *check(document, context) {
    for (const finding of refusals(document, context, "nginx-buffer-sizes")) {
      const fits = finding.fixes?.length ? undefined : fitting(document, finding);
      yield fits ? { ...finding, fixes: [fits] } : finding;
    }
  },
});

/** Eight buffers of the largest size that stands there, and no limit of their own for the busy ones. */
function fitting(document: Document, { span }: Finding): Fix | undefined {
  const at = document.all.find(({ directive }) => !directive.body && directive.span.start <= span.start && span.end <= directive.span.end);
  const family = at && /^(uwsgi|proxy|fastcgi|scgi)_/.exec(at.directive.name.text)?.[1];
  const block = at?.parent?.directive.body ?? document.tree.directives;
  if (!at || !family) return undefined;
  const named = (name: string): Directive | undefined => block.findLast((one) => one.name.text === `${family}_${name}`);
  const [first, buffers, busy] = [named("buffer_size"), named("buffers"), named("busy_buffers_size")];
  const sizes = [first?.args[0], buffers?.args[1]].filter((word) => word !== undefined);
  const largest = sizes.sort((a, b) => (nginxSize(b.text) ?? 0) - (nginxSize(a.text) ?? 0))[0];
  const anchor = first ?? buffers;
  if (!largest || nginxSize(largest.text) === undefined || !anchor) return undefined;
  const line = `${family}_buffers 8 ${largest.text};`;
  const edits = [
    buffers ? replace(buffers.span, line) : insertLine(document, anchor.span, line),
    ...(busy ? [removeLine(document, busy.span)] : []),
  ];
  return suggest(t`Set ${family}_buffers 8 ${largest.text}`, inFile(document.uri, ...edits));
}
