import { argument, firstIn, type Statement } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { fixes, inFile, suggest } from "../edits";
import { rule } from "../rule";
import { headOf, inEachReading, line, outwards, statementsOf } from "./scope";

/** Headers that protect, whose loss nobody notices. */
const PROTECTS =
  /^(?:strict-transport-security|content-security-policy|x-frame-options|x-content-type-options|referrer-policy|permissions-policy)$/i;

export const headerNotInherited = rule({
  id: "header-not-inherited",
  title: "add_header here drops the headers set outside",
  why: "A block takes `add_header` from around it only when it has none of its own; an `if` is such a block too. One header for a location removes `Strict-Transport-Security` and its like from its answers. Tried on nginx 1.22; from 1.29.3 on `add_header_inherit merge` keeps them.",
  severity: "info",
  languages: ["nginx"],
  needs: ["add_header"],
  link: "https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  add_header X-Frame-Options DENY;\n  location / {\n    add_header Cache-Control no-store;\n    return 204;\n  }\n  location /b {\n    add_header Cache-Control no-store;\n    add_header X-Frame-Options DENY;\n    return 204;\n  }\n}\n",
      },
      finds: ["shop.conf:5"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "add_header")) {
        if (firstIn(it.block, "add_header") !== it || it.block.gap || firstIn(it.block, "add_header_inherit")) continue;
        const outer = [...outwards(it.block)].slice(1).find((block) => firstIn(block, "add_header"));
        const own = new Set(headers(it.block.statements).map(nameOf));
        const lost = headers(outer?.statements ?? []).filter((one) => PROTECTS.test(argument(one, 0)) && !own.has(nameOf(one)));
        const [first] = lost;
        if (!first) continue;
        const names = [...new Set(lost.map((one) => argument(one, 0)))].join(", ").slice(0, 200);
        yield {
          span: headOf(it),
          message:
            lost.length > 1
              ? t`With an add_header of its own this block loses ${names}. Repeat them here.`
              : t`With an add_header of its own this block loses ${names}. Repeat it here.`,
          related: lost.slice(0, 8).map((one) => ({ uri: one.source.uri, span: headOf(one), message: t`not in force here` })),
          fixes: fixes(
            first.source.uri === document.uri &&
              suggest(
                t`Repeat the headers here`,
                inFile(
                  document.uri,
                  line(document, it, lost.map((one) => document.text.slice(one.directive.span.start, one.directive.span.end)).join("\n")),
                ),
              ),
          ),
        };
      }
    }),
});

const headers = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter((one) => one.directive.name.text === "add_header");
const nameOf = (it: Statement): string => argument(it, 0).toLowerCase();
