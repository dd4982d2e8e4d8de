import { show } from "../../stack/address";
import { isAppSocket } from "../../stack/endpoint";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { atLink, nginxSpelling } from "../words";

/** Options that give a process an application. */
const APPS = [
  "module",
  "wsgi-file",
  "mount",
  "wsgi",
  "pyargv",
  "rack",
  "psgi",
  "php-docroot",
  "cgi",
  "perl",
  "lua",
  "python-raw",
  "paste",
  "pecan",
] as const;

export const emperorSocket = rule({
  id: "emperor-socket",
  title: "nginx connects to the emperor, which has no application",
  why: "An emperor starts vassals; it passes no requests on to them. A `socket` in its own file is bound, and every request there ends with 502, for nothing serves it.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["emperor"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Emperor.html",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nsocket = /run/uwsgi/emperor.sock\nchmod-socket = 666\n",
        "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.sock\nchmod-socket = 666\n",
        "etc/nginx/conf.d/a.conf":
          "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass unix:/run/uwsgi/emperor.sock;\n  }\n}\n",
      },
      finds: ["etc/uwsgi/emperor.ini:3"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.isEmperor || !instance.effective.complete || APPS.some((key) => instance.all(key).length > 0)) continue;
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        const links = stack.linksTo(endpoint).filter((link) => link.reached.some((one) => one.endpoint === endpoint));
        const [link] = links;
        if (at?.uri !== document.uri || !link || !isAppSocket(endpoint.option)) continue;
        const vassals = stack
          .vassalsOf(instance)
          .flatMap((one) =>
            one.endpoints.filter((each) => isAppSocket(each.option) && (each.address.kind === "unix" || each.address.kind === "tcp")),
          );
        const [vassal] = vassals.length === 1 ? vassals : [];
        yield {
          span: at.span,
          message: t`The emperor has no application: requests to ${show(endpoint.address)} end with 502. Connect nginx to the socket of a vassal.`,
          related: atLink(link, t`nginx connects here`),
          fixes: fixes(
            vassal &&
              suggest(
                t`Let nginx connect to ${nginxSpelling(vassal.address)}`,
                ...links.map(({ connection }) => inFile(connection.document.uri, replace(connection.span, nginxSpelling(vassal.address)))),
              ),
          ),
        };
      }
    }
  },
});
