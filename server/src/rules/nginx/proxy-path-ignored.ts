import { t } from "../../text/l10n";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

export const proxyPathIgnored = rule({
  id: "proxy-path-ignored",
  title: "A rewrite makes the path of proxy_pass void",
  why: "When `rewrite … break` has changed the path, nginx sends the changed path as it is and leaves out the one in `proxy_pass http://host/path/`: with `rewrite ^/a/(.*)$ /r/$1 break` the server behind `http://host/new/` gets `/r/x`, not `/new/x`. Tried on nginx 1.22. Write the whole path in the rewrite.",
  severity: "warning",
  languages: ["nginx"],
  needs: ["proxy_pass"],
  link: "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location /a/ {\n    rewrite ^/a/(.*)$ /r/$1 break;\n    proxy_pass http://127.0.0.1:8000/new/;\n  }\n  location /b/ {\n    rewrite ^/b/(.*)$ /$1 break;\n    proxy_pass http://127.0.0.1:8000/;\n  }\n  location /c/ {\n    rewrite ^/c/(.*)$ /new/$1 break;\n    proxy_pass http://127.0.0.1:8000/new/;\n  }\n}\n",
      },
      finds: ["shop.conf:5"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const pass of statementsOf(document, reading, "proxy_pass")) {
        const [word] = pass.directive.args;
        const path = word && !word.text.includes("$") ? /^https?:\/\/[^/]+(\/.+)$/i.exec(word.text)?.[1] : undefined;
        if (!word || path === undefined || pass.block.context !== "http.location") continue;
        const rewrite = pass.block.statements.find(
          ({ directive: { name, args } }) => name.text === "rewrite" && args[2]?.text === "break" && !args[1]?.text.startsWith(path),
        );
        if (!rewrite) continue;
        yield {
          span: word.span,
          message: t`Requests that the rewrite has changed are passed on without ${path.slice(0, 80)}: nginx sends the path that rewrite made. Write the whole path there.`,
          related: [{ uri: rewrite.source.uri, span: headOf(rewrite), message: t`makes the path` }],
        };
      }
    }),
});
