import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxIncludeCycle = rule({
  id: "nginx-include-cycle",
  title: "A file includes itself",
  why: "A file that includes itself, directly or through others, makes nginx read until it has no file handles left.",
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: { "a.conf": "server {\n  listen 80;\n  include a.conf;\n}\n" },
      finds: ["a.conf:3"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-include-cycle"),
});
