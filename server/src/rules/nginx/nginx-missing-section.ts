import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import { baseName } from "../../text/uri";
import { fixes, fixSafely, inFile, replace } from "../edits";
import { rule } from "../rule";
import { refusals } from "./refusals";

/** What only the file that nginx starts with sets. */
const MAIN = ["user", "worker_processes", "worker_rlimit_nofile", "pid", "daemon", "master_process", "load_module"];

const isFirst = (document: Document): boolean =>
  /^nginx\.conf/.test(baseName(document.path)) || document.tree.directives.some((directive) => MAIN.includes(directive.name.text));

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
        severity: isFirst(document) ? ("error" as const) : ("warning" as const),
        fixes: fixes(fixSafely(t`Add events {}`, inFile(document.uri, replace({ start: line, end: line }, "events {}\n")))),
      };
    }
  },
});
