import { t } from "../../text/l10n";
import { fixes, inFile, insertLine, removeLine, suggest } from "../edits";
import { rule } from "../rule";

export const scriptName = rule({
  id: "script-name",
  title: "SCRIPT_NAME alone leaves the prefix on the path",
  why: "nginx sends the whole path as PATH_INFO. `uwsgi_param SCRIPT_NAME /shop;` does not take `/shop` off it, nor does `uwsgi_modifier1 30` with Python 3: the application gets /shop/page below /shop and answers 404. Either uWSGI strips it (`mount = /shop=…` with `manage-script-name = true`), or nginx does (`rewrite … break`).",
  severity: "warning",
  languages: ["nginx"],
  needs: ["uwsgi_param", "uwsgi_modifier1"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Nginx.html",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\nwsgi-file = app.py\n",
        "nginx/app.conf":
          "server {\n  location /shop {\n    include uwsgi_params;\n    uwsgi_param SCRIPT_NAME /shop;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:4"],
    },
  ],
  *check(document, { stack }) {
    for (const link of stack.linksOf(document.uri)) {
      const { pass } = link.connection;
      const location = pass.nested.parent?.directive;
      const instances = link.reached.map(({ endpoint }) => endpoint.instance);
      if (
        pass.document !== document ||
        pass.protocol !== "uwsgi" ||
        location?.name.text !== "location" ||
        !location.body ||
        instances.length === 0
      )
        continue;
      const param = location.body.find((one) => one.name.text === "uwsgi_param" && one.args[0]?.text === "SCRIPT_NAME");
      const modifier = location.body.find((one) => one.name.text === "uwsgi_modifier1" && one.args[0]?.text === "30");
      const prefix = location.args.at(-1)?.text.replace(/\/+$/, "");
      const shown = param ?? modifier;
      if (!shown || !prefix?.startsWith("/") || param?.args[1]?.text.replace(/\/+$/, "") !== prefix) continue;
      if (
        location.body.some((one) => one.name.text === "rewrite" || (one.name.text === "uwsgi_param" && one.args[0]?.text === "PATH_INFO"))
      )
        continue;
      if (
        !instances.every(
          (one) =>
            one.effective.complete &&
            ["manage-script-name", "mount", "route", "route-uri", "route-run"].every((key) => one.all(key).length === 0),
        )
      )
        continue;
      const line = `rewrite ^${prefix.replace(/[.+*?()[\]{}|^$\\]/g, "\\$&")}(?:/(.*))?$ /$1 break;`;
      yield {
        span: shown.span,
        message: t`PATH_INFO keeps ${prefix}, and nothing in uWSGI takes it off (no manage-script-name): the application looks for ${prefix}/… below ${prefix}.`,
        related: [{ uri: document.uri, span: pass.nested.directive.span, message: t`passed on here` }],
        fixes: fixes(
          suggest(
            t`Take it off in nginx: ${line}`,
            inFile(
              document.uri,
              insertLine(document, shown.span, line, "before"),
              ...(modifier ? [removeLine(document, modifier.span)] : []),
            ),
          ),
        ),
      };
    }
  },
});
