import { t } from "../../text/l10n";
import { fixes, fixSafely, inFile, replace } from "../edits";
import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxMissingSemicolon = rule({
  id: "nginx-missing-semicolon",
  title: "A semicolon is missing",
  why: 'Without the semicolon nginx reads the next line as further arguments and complains about that line or a brace far below (`unexpected "}"`, `invalid number of arguments`, `directive is not terminated`). Reported here where it is missing.',
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/beginners_guide.html",
  examples: [
    {
      files: {
        "shop.conf": "server {\n  listen 80;\n  root /srv/shop\n  index index.html;\n  location / {\n    try_files $uri =404\n  }\n}\n",
      },
      finds: ["shop.conf:3", "shop.conf:6"],
    },
    { files: { "shop.conf": "server {\n  listen 80 # for all\n  root /srv/shop;\n}\n" }, finds: ["shop.conf:2"] },
  ],
  *check(document, context) {
    for (const finding of refusals(document, context, "nginx-missing-semicolon")) {
      yield { ...finding, fixes: fixes(fixSafely(t`Add the semicolon`, inFile(document.uri, replace(finding.span, ";")))) };
    }
  },
});
