import { t } from "../../text/l10n";
import { targetOf } from "../../workspace/known";
import { rule } from "../rule";
import { atEndpoint } from "../words";

export const selinuxSocket = rule({
  id: "selinux-socket",
  title: "SELinux may keep nginx from uWSGI",
  why: "Where SELinux is enforcing, nginx (type httpd_t) may use sockets of certain types and folders only, and TCP only with `httpd_can_network_connect`. The log says `(13: Permission denied)` whatever the mode is. `audit2why` tells; `setsebool -P httpd_can_network_connect 1`, `semanage fcontext` or a socket below /run cure it.",
  severity: "info",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = /srv/app/app.sock\nchmod-socket = 666\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass unix:/srv/app/app.sock;\n  }\n}\n",
      },
      facts: { system: { selinux: "enforcing" } },
      finds: ["nginx/app.conf:4"],
    },
  ],
  *check(document, { workspace, stack }) {
    if (targetOf(workspace, document.uri).selinux !== "enforcing") return;
    for (const { connection, reached } of stack.linksOf(document.uri)) {
      const { address } = connection;
      const [first] = reached;
      if (connection.document !== document || !first) continue;
      if (address.kind === "unix" && !address.path.startsWith("/run/"))
        yield {
          span: connection.span,
          message: t`SELinux is enforcing: nginx (httpd_t) is denied a socket outside of the types it knows, even at mode 666. Put it below /run with httpd_var_run_t (semanage fcontext).`,
          related: atEndpoint(first.endpoint, t`uWSGI binds here`),
        };
      if (address.kind === "tcp")
        yield {
          span: connection.span,
          message: t`SELinux is enforcing: nginx may open TCP connections only with httpd_can_network_connect (setsebool -P httpd_can_network_connect 1).`,
          related: atEndpoint(first.endpoint, t`uWSGI binds here`),
        };
    }
  },
});
