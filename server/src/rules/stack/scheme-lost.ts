import { around } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { rule } from "../rule";

const SCHEME = /^(?:HTTPS|REQUEST_SCHEME|UWSGI_SCHEME|HTTP_X_FORWARDED_PROTO|HTTP_X_FORWARDED_SSL|wsgi\.url_scheme)$/i;

export const schemeLost = rule({
  id: "scheme-lost",
  title: "The application does not learn that the client speaks TLS",
  why: "nginx ends TLS; the application knows of it by `HTTPS` or `REQUEST_SCHEME` only, which nginx's own uwsgi_params hold. With a set of one's own that lacks them it makes http:// links and redirects in a circle.",
  severity: "warning",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_param",
  examples: [
    {
      files: {
        "nginx/app.conf":
          "server {\n  listen 443 ssl;\n  location / {\n    uwsgi_param REQUEST_METHOD $request_method;\n    uwsgi_param PATH_INFO $document_uri;\n    uwsgi_param QUERY_STRING $query_string;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:7"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const pass of stack.passesOf(document)) {
      if (pass.protocol !== "uwsgi") continue;
      const blocks = [...around(pass.nested)].map((up) => up.directive);
      const server = blocks.find((block) => block.name.text === "server");
      const tls = server?.body?.some(
        (one) => one.name.text === "listen" && one.args.some((arg) => arg.text === "ssl" || arg.text === "quic"),
      );
      if (!tls) continue;
      const level = blocks.find((block) =>
        block.body?.some(
          (one) => one.name.text === "uwsgi_param" || (one.name.text === "include" && /param/.test(one.args[0]?.text ?? "")),
        ),
      );
      if (!level?.body) continue;
      const names: string[] = [];
      let known = true;
      for (const one of level.body) {
        if (one.name.text === "uwsgi_param") names.push(one.args[0]?.text ?? "");
        if (one.name.text !== "include") continue;
        const uri = workspace.paths.byEnding(one.args[0]?.text ?? "");
        const file = uri === undefined ? undefined : workspace.get(uri);
        if (!file) known = false;
        else for (const { directive } of file.named("uwsgi_param")) names.push(directive.args[0]?.text ?? "");
      }
      if (!known || names.length === 0 || names.some((name) => SCHEME.test(name))) continue;
      yield {
        span: pass.nested.directive.span,
        message: t`This server speaks TLS, but none of HTTPS, REQUEST_SCHEME or HTTP_X_FORWARDED_PROTO is passed on: the application takes every request for plain http. Add uwsgi_param HTTPS $https if_not_empty;.`,
        fixes: [
          {
            title: t`Add uwsgi_param HTTPS $https if_not_empty;`,
            safe: false,
            edits: [
              {
                uri: document.uri,
                edits: [
                  {
                    span: { start: pass.nested.directive.span.start, end: pass.nested.directive.span.start },
                    text: "uwsgi_param HTTPS $https if_not_empty;\n        ",
                  },
                ],
              },
            ],
          },
        ],
      };
    }
  },
});
