import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

/** Headers with a place of their own in WSGI. */
const OWN: Readonly<Record<string, string>> = { "content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH" };

export const paramName = rule({
  id: "param-name",
  title: "A uwsgi_param named like a header",
  why: "`uwsgi_param` names variables of the WSGI environment, `proxy_set_header` names headers. A header `X-Real-IP` is the variable `HTTP_X_REAL_IP`; under its own name no framework finds it.",
  severity: "warning",
  languages: ["nginx"],
  needs: ["uwsgi_param"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_param",
  examples: [
    {
      files: {
        "nginx/app.conf": "location / {\n  include uwsgi_params;\n  uwsgi_param X-Real-IP $remote_addr;\n  uwsgi_pass 127.0.0.1:3031;\n}\n",
      },
      finds: ["nginx/app.conf:3"],
    },
  ],
  *check(document) {
    for (const { directive } of document.named("uwsgi_param")) {
      const [name] = directive.args;
      if (
        !name ||
        !(
          /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+$/.test(name.text) ||
          /^(?:Host|Cookie|Authorization|Accept|Referer|Upgrade|Connection)$/.test(name.text)
        )
      )
        continue;
      const right = OWN[name.text.toLowerCase()] ?? `HTTP_${name.text.toUpperCase().replaceAll("-", "_")}`;
      yield {
        span: name.span,
        message: t`The application looks for ${right}: ${name.text} is the name of a header, and no WSGI variable.`,
        fixes: fixes(suggest(t`Write ${right}`, inFile(document.uri, replace(name.span, right)))),
      };
    }
  },
});
