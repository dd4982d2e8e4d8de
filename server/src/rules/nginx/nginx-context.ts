import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import { inFile, replace, suggest } from "../edits";
import { type Finding, type Fix, rule } from "../rule";
import { refusals } from "./refusals";

export const nginxContext = rule({
  id: "nginx-context",
  title: "The directive may not stand in this block",
  why: 'nginx refuses a directive in a block it does not belong in: `"uwsgi_pass" directive is not allowed here`. A file that another one includes is judged where it is included; one that nobody includes, by what it holds.',
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/dirindex.html",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  uwsgi_pass unix:/run/shop.sock;\n  location / {\n    server_name shop.example.com;\n    return 204;\n  }\n}\n",
      },
      finds: ["shop.conf:3", "shop.conf:5"],
    },
  ],
  *check(document, context) {
    for (const finding of refusals(document, context, "nginx-context")) {
      const wrapped = intoLocation(document, finding);
      yield wrapped ? { ...finding, fixes: [wrapped] } : finding;
    }
  },
});

/** A handler that stands in a server without a location for `/` wants to be in one. */
function intoLocation(document: Document, { span }: Finding): Fix | undefined {
  const at = document.all.find(
    ({ directive }) =>
      directive.span.start <= span.start &&
      span.end <= directive.span.end &&
      /^(?:uwsgi|proxy|fastcgi|scgi|grpc)_pass$/.test(directive.name.text),
  );
  const server = at?.parent?.directive;
  if (!at || server?.name.text !== "server" || server.body?.some((one) => one.name.text === "location" && one.args.at(-1)?.text === "/"))
    return undefined;
  const { lines, text } = document;
  const line = lines.line(at.directive.span.start);
  const indent = /^[ \t]*/.exec(text.slice(lines.start(line), lines.end(line)))?.[0] ?? "";
  const written = text.slice(at.directive.span.start, at.directive.span.end);
  return suggest(
    t`Put it into location /`,
    inFile(document.uri, replace(at.directive.span, `location / {\n${indent}${indent || "    "}${written}\n${indent}}`)),
  );
}
