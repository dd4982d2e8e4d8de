import { editDistance } from "../../facts/near";
import { isIp, isLoopback, show } from "../../stack/address";
import { t } from "../../text/l10n";

import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

export const unknownService = rule({
  id: "unknown-service",
  title: "The host nginx connects to is no service of the compose file",
  why: "Between containers a host name is a service name, a container name or an alias. nginx resolves it once, at start, and stops with `host not found in upstream` when it is none.",
  severity: "error",
  languages: ["nginx"],
  link: "https://docs.docker.com/compose/how-tos/networking/",
  examples: [
    {
      files: {
        "compose.yaml":
          "services:\n  web_app:\n    build: .\n    command: uwsgi --ini uwsgi.ini\n  nginx:\n    image: nginx:1.27\n    volumes:\n      - ./nginx/default.conf:/etc/nginx/conf.d/default.conf:ro\n",
        "uwsgi.ini": "[uwsgi]\nsocket = :3031\n",
        "nginx/default.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass app:3031;\n  }\n}\n",
      },
      finds: ["nginx/default.conf:4"],
    },
  ],
  *check(document, { stack }) {
    for (const link of stack.linksOf(document.uri)) {
      const { connection } = link;
      const { address } = connection;
      if (connection.document !== document || address.kind !== "tcp" || connection.hosts.length === 0) continue;
      if (connection.pass.protocol !== "uwsgi" && connection.pass.protocol !== "suwsgi") continue;
      if (
        isIp(address.host) ||
        isLoopback(address.host) ||
        address.host === "" ||
        address.host.includes(".") ||
        address.host === "host.docker.internal"
      )
        continue;
      if (stack.hosts.isName(address.host)) continue;
      const projects = new Set(connection.hosts.map((host) => host.container.project));
      const others = stack.hosts.all.filter((host) => projects.has(host.container.project));
      const apps = stack.instances
        .flatMap((instance) => stack.hosts.ofInstance(instance).map((host) => ({ host, instance })))
        .filter(({ host }) => projects.has(host.container.project));
      if (others.length < 2 || apps.length === 0) continue;
      const best =
        apps
          .map(({ host }) => host.container.names[0] ?? host.starter.name)
          .sort((a, b) => editDistance(a, address.host, 64) - editDistance(b, address.host, 64))[0] ?? "";
      const right = `${best}:${address.port}`;
      yield {
        span: connection.span,
        message: t`No service, container name or alias of the compose file is called "${address.host}", so nginx does not start: host not found in upstream. uWSGI runs in "${best}".`,
        related: apps
          .slice(0, 1)
          .map(({ host }) => ({ uri: host.starter.uri, span: host.starter.at.span, message: t`the service that runs uWSGI: ${best}` })),
        fixes: fixes(suggest(t`Connect to ${right} instead of ${show(address)}`, inFile(document.uri, replace(connection.span, right)))),
      };
    }
  },
});
