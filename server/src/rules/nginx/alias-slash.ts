import { isTemplated } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { brokenRequests } from "../words";

export const aliasSlash = rule({
  id: "alias-slash",
  title: "location and alias must both end with a slash, or neither",
  why: "nginx cuts off the location's prefix and puts the rest behind `alias` as it is: with `location /static/` and `alias /srv/static` it opens `/srv/staticapp.css` (404). The other way round `/static../` leaves the folder.",
  severity: "error",
  languages: ["nginx"],
  needs: ["alias"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#alias",
  examples: [
    { files: { "nginx/app.conf": "server {\n  location /static/ {\n    alias /srv/app/static;\n  }\n}\n" }, finds: ["nginx/app.conf:3"] },
    {
      title: "leaving the folder",
      files: { "nginx/app.conf": "server {\n  location /static {\n    alias /srv/app/static/;\n  }\n}\n" },
      finds: ["nginx/app.conf:3"],
    },
  ],
  *check(document, { stack }) {
    for (const { directive, parent } of document.named("alias")) {
      const location = parent?.directive;
      const [path] = directive.args;
      if (location?.name.text !== "location" || !path || path.text.includes("$") || isTemplated(path.text)) continue;
      // Where another program answers, no file is opened.
      if (location.body?.some((one) => /_pass$/.test(one.name.text)) && !location.body.some((one) => one.name.text === "try_files"))
        continue;
      const [first, second] = location.args;
      const prefix = second ? (first?.text === "^~" ? second.text : undefined) : first?.text;
      if (prefix === undefined || !prefix.startsWith("/") || prefix.endsWith("/") === path.text.endsWith("/")) continue;
      const right = prefix.endsWith("/") ? `${path.text}/` : path.text.replace(/\/+$/, "");
      // A location without a slash may stand for one file; no client gets into an internal one.
      if (!prefix.endsWith("/") && (/\.\w+$/.test(prefix) || location.body?.some((one) => one.name.text === "internal"))) continue;
      yield {
        span: path.span,
        severity: prefix.endsWith("/") ? brokenRequests(stack) : "warning",
        message: prefix.endsWith("/")
          ? t`nginx opens ${path.text}FILE for ${prefix}FILE: the slash between them is missing.`
          : t`With ${prefix}../ a client leaves ${path.text}: the location lacks the slash that the alias has.`,
        fixes: fixes(
          prefix.endsWith("/") && path.quote === undefined && suggest(t`Write ${right}`, inFile(document.uri, replace(path.span, right))),
          !prefix.endsWith("/") &&
            location.args.at(-1)?.quote === undefined &&
            suggest(t`Write location ${prefix}/`, inFile(document.uri, replace((second ?? first ?? path).span, `${prefix}/`))),
        ),
      };
    }
  },
});
