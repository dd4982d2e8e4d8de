import { t } from "../../text/l10n";
import { pathFacts, targetOf } from "../../workspace/known";
import { rule } from "../rule";
import { atLink } from "../words";

export const homeFolder = rule({
  id: "home-folder",
  title: "A socket below a home folder",
  why: "Home folders are 0700 on Debian 12 and Fedora and 0750 on Ubuntu: nginx's user may not pass through, and gets (13: Permission denied) although the socket is 666. A folder below /run is reachable; or `chmod o+x` on the home folder.",
  severity: "info",
  languages: ["uwsgi"],
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = /home/deploy/app/app.sock\nchmod-socket = 666\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass unix:/home/deploy/app/app.sock;\n  }\n}\n",
      },
      finds: ["app.ini:2"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (stack.hosts.ofInstance(instance).length > 0 || instance.start.starter?.kind === "dockerfile") continue;
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        const home = endpoint.address.kind === "unix" ? /^\/home\/[^/]+(?=\/)/.exec(endpoint.address.path)?.[0] : undefined;
        if (at?.uri !== document.uri || !home) continue;
        const [link] = stack.linksTo(endpoint);
        if (!link || pathFacts(targetOf(stack.workspace, document.uri), home)?.mode !== undefined) continue;
        yield {
          span: at.span,
          message: t`Most distributions close ${home} to others: nginx then gets (13: Permission denied) whatever the mode of the socket. Prefer a folder below /run, or let others pass with chmod o+x ${home}.`,
          related: atLink(link, t`nginx connects here`),
        };
      }
    }
  },
});
