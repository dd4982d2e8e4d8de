import { baseName } from "../../text/uri";
import { fixes, fixSafely, inFile, replace } from "../edits";
import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxMissingSection = rule({
  id: "nginx-missing-section",
  title: "The events block is missing",
  why: 'nginx does not start without `events { }` at the main level, even an empty one: `no "events" section in configuration`.',
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: { "nginx.conf": "http {\n  server {\n    listen 80;\n    return 204;\n  }\n}\n" },
      finds: ["nginx.conf:1"],
    },
  ],
  *check(document, context) {
    for (const finding of refusals(document, context, "nginx-missing-section")) {
      const line = document.lines.start(document.lines.line(finding.span.start));
      yield {
        ...finding,
        // Another file may include this one; an nginx.conf is the first.
        severity: /^nginx\.conf/.test(baseName(document.path)) ? ("error" as const) : ("warning" as const),
        fixes: fixes(fixSafely("Add events {}", inFile(document.uri, replace({ start: line, end: line }, "events {}\n")))),
      };
    }
  },
});
