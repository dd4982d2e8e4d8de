import { isIp, nginxTarget } from "../../stack/address";
import { nginxSetting } from "../../stack/nginx-setting";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

export const variableNeedsResolver = rule({
  id: "variable-needs-resolver",
  title: "A host name in a variable needs a resolver",
  why: "A name written out is looked up once, at start. A name that comes from a variable is looked up with each request, and only through `resolver`: without one nginx answers 502, `no resolver defined to resolve …`. An IP address, a unix socket or the name of an upstream needs none.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver",
  examples: [
    {
      files: {
        "nginx/app.conf": "server {\n  location / {\n    set $app backend:3031;\n    include uwsgi_params;\n    uwsgi_pass $app;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:5"],
    },
  ],
  *check(document, { stack }) {
    for (const pass of stack.passesOf(document)) {
      const name = /^(?:[a-z]+:\/\/)?(\$\w+)$/.exec(pass.word.text)?.[1];
      if (name === undefined) continue;
      const values = document
        .named("set")
        .filter(({ directive }) => directive.args[0]?.text === name)
        .map(({ directive }) => directive.args[1]?.text ?? "");
      const [value] = values;
      if (values.length !== 1 || value === undefined || /[${}]/.test(value)) continue;
      const { address } = nginxTarget(value);
      const host = address.kind === "tcp" ? address.host : undefined;
      if (host === undefined || isIp(host) || stack.upstreams.has(host) || nginxSetting(stack, document, pass.nested, "resolver") !== null)
        continue;
      const scheme = pass.word.text.slice(0, -name.length);
      const plain = host === "localhost" ? value.replace(/localhost/i, "127.0.0.1") : value;
      yield {
        span: pass.word.span,
        message: t`${name} holds the host ${host}, and no resolver is set: nginx answers 502 (no resolver defined to resolve ${host}).`,
        fixes: fixes(
          suggest(t`Write ${scheme}${plain} without a variable`, inFile(document.uri, replace(pass.word.span, `${scheme}${plain}`))),
        ),
      };
    }
  },
});
