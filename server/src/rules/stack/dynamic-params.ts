import { t } from "../../text/l10n";
import { rule } from "../rule";

const PARAMS = new Set(["UWSGI_PYHOME", "UWSGI_CHDIR", "UWSGI_MODULE", "UWSGI_CALLABLE", "UWSGI_SCRIPT", "UWSGI_FILE", "UWSGI_SETENV"]);

export const dynamicParams = rule({
  id: "dynamic-params",
  title: "Parameters that load an application have no effect here",
  why: "`UWSGI_PYHOME`, `UWSGI_CHDIR`, `UWSGI_MODULE` and their kin load applications on request, in dynamic mode. An instance that loads its application from its own configuration does not look at them.",
  severity: "warning",
  languages: ["nginx"],
  needs: ["uwsgi_param"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/DynamicApps.html",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\nmodule = shop.wsgi\n",
        "nginx/app.conf":
          "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_param UWSGI_CHDIR /srv/shop;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:4"],
    },
  ],
  *check(document, { stack }) {
    for (const link of stack.linksOf(document.uri)) {
      const { pass } = link.connection;
      const instance = link.reached[0]?.endpoint.instance;
      if (pass.document !== document || pass.protocol !== "uwsgi" || !instance || instance.flag("vhost") === true) continue;
      const app = instance.last("module") ?? instance.last("wsgi-file");
      if (!app || app.holes.length > 0) continue;
      for (const directive of pass.nested.parent?.directive.body ?? []) {
        const name = directive.args[0]?.text ?? "";
        if (directive.name.text === "uwsgi_param" && PARAMS.has(name))
          yield {
            span: directive.span,
            message: t`${name} acts only where applications are loaded on request; this instance loads ${app.value} itself. Set it in the uWSGI file.`,
            related: app.origin ? [{ ...app.origin, message: t`loaded here` }] : [],
          };
      }
    }
  },
});
