import type { Statement } from "../../model/nginx/reading";
import { readRegex } from "../../model/nginx/regex";
import { t } from "../../text/l10n";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

/** They run in their order before anything else of the location does. */
const REWRITES = new Set(["rewrite", "if", "set", "return", "break"]);

export const captureOverwritten = rule({
  id: "capture-overwritten",
  title: "What the location has matched is lost before it is used",
  why: "Every `rewrite` and every `if ($a ~ …)` begins `$1`, `$2` … anew, even when it does not match. In `location ~ ^/u/(\\w+)` with an `if ($arg_a ~ ^q)` the `$1` of `proxy_pass`, `alias` or `return` is then empty. Tried on nginx 1.22; the same in 1.31. Names as in `(?<user>\\w+)` and a `set` before it keep the text.",
  severity: "warning",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_rewrite_module.html",
  examples: [
    {
      files: {
        "shop.conf":
          'server {\n  listen 80;\n  location ~ ^/u/(\\w+) {\n    if ($http_user_agent ~ "bot") {\n      return 403;\n    }\n    alias /srv/users/$1;\n  }\n  location ~ ^/v/(\\w+) {\n    set $user $1;\n    rewrite ^/old$ /new last;\n    return 200 $user;\n  }\n  location ~ ^/w/(\\w+) {\n    rewrite ^/w/(\\w+)/(.*)$ /$2 break;\n    proxy_pass http://127.0.0.1:8000/$1;\n  }\n  location ~ ^/x/(?<name>\\w+) {\n    if ($arg_a ~ b) { return 403; }\n    return 200 $name;\n  }\n}\n',
      },
      finds: ["shop.conf:7"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const location of statementsOf(document, reading, "location")) {
        const groups = groupsOfLocation(location);
        if (groups === 0 || !location.inner || location.inner.gap) continue;
        const { statements } = location.inner;
        const end = statements.findIndex(({ directive: { name } }) => name.text === "return" || name.text === "break");
        const anew = statements.slice(0, end < 0 ? undefined : end).filter((it) => patternOf(it) !== undefined);
        const [first] = anew;
        if (!first) continue;
        const most = Math.max(...anew.map((it) => readRegex(patternOf(it) ?? "").groups));
        const from = statements.indexOf(first);
        for (const [at, it] of statements.entries()) {
          const inOrder = REWRITES.has(it.directive.name.text);
          if (it.source.uri !== document.uri || patternOf(it) !== undefined || (inOrder && at < from)) continue;
          const word = it.directive.args.find((arg) => capturesIn(arg.text).some((number) => number > most && number <= groups));
          if (!word) continue;
          yield {
            span: word.span,
            message: t`The captures of the location are lost here: ${first.directive.name.text} begins them anew, even without a match. Name the group, as in (?<name>…), and write $name.`,
            related: [{ uri: first.source.uri, span: headOf(first), message: t`begins $1 anew` }],
          };
        }
      }
    }),
});

function groupsOfLocation({ directive: { args } }: Statement): number {
  const [operator, pattern] = args;
  return operator && pattern && /^~\*?$/.test(operator.text) ? readRegex(pattern.text).groups : 0;
}

/** The regular expression that a statement of the rewrite module tries. */
function patternOf({ directive: { name, args } }: Statement): string | undefined {
  if (name.text === "rewrite") return args[0]?.text;
  const at = name.text === "if" ? args.findIndex((word) => /^!?~\*?$/.test(word.text)) : -1;
  return at < 0 ? undefined : (args[at + 1]?.text ?? "").replace(/\)$/, "");
}

const capturesIn = (text: string): readonly number[] =>
  Array.from(text.matchAll(/\$(?:(\d)|\{(\d)\})/g), (found) => Number(found[1] ?? found[2]));
