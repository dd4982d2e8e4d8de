import type { Document } from "../../model/document";
import { isAnyHost, show } from "../../stack/address";
import type { Instance } from "../../stack/instance";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { removeOption, setOption } from "../option-edits";
import { type Finding, rule } from "../rule";

export const exposedListener = rule({
  id: "exposed-listener",
  title: "A listener is open to the network",
  why: "Whoever reaches a socket of the uwsgi protocol can make uWSGI load files and run code; the statistics show every request; an HTTP router left over from development bypasses nginx and all that it guards. Where nginx is on the same machine, bind 127.0.0.1 or a unix socket.",
  severity: "info",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/ThingsToKnow.html",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = /run/app/app.sock\nchmod-socket = 666\nhttp = 0.0.0.0:8080\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass unix:/run/app/app.sock;\n  }\n}\n",
      },
      finds: ["app.ini:4"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.start.certain || !instance.endpoints.some(({ address }) => address.kind === "tcp")) continue;
      yield* published(document, stack, instance);
      if (stack.hosts.ofInstance(instance).length > 0 || instance.start.starter?.kind === "dockerfile") continue;
      const linked = instance.endpoints.filter((one) => stack.linksTo(one).length > 0).slice(0, 2);
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        const { address } = endpoint;
        if (at?.uri !== document.uri || address.kind !== "tcp" || !isAnyHost(address.host)) continue;
        const links = stack.linksTo(endpoint).filter((link) => link.reached.some((one) => one.endpoint === endpoint));
        const others = linked.some((one) => one !== endpoint);
        const local =
          links.length > 0 &&
          links.every((link) => link.connection.address.kind === "tcp" && /^(?:127\.|localhost$)/.test(link.connection.address.host));
        const loopback = `127.0.0.1:${address.port}`;
        const bind = suggest(t`Bind ${loopback}`, setOption(workspace, endpoint.setting, endpoint.setting, endpoint.option, loopback));
        if (endpoint.protocol === "stats")
          yield {
            span: at.span,
            severity: "warning",
            message: t`The statistics of uWSGI are open to the network on ${show(address)}: they show every request. Bind ${loopback}.`,
            fixes: fixes(bind),
          };
        else if (endpoint.protocol === "http" && links.length === 0 && others)
          yield {
            span: at.span,
            message: t`Besides the socket that nginx uses, HTTP is served on all interfaces: it bypasses nginx. Remove it or bind ${loopback}.`,
            fixes: fixes(suggest(t`Remove it`, removeOption(document, at.span)), bind),
          };
        else if (endpoint.protocol === "uwsgi" && local)
          yield {
            span: at.span,
            message: t`The uwsgi protocol is open to the network, while nginx connects from this machine: whoever reaches the port can run code. Bind ${loopback}.`,
            fixes: fixes(bind),
          };
      }
    }
  },
});

/** A port of the uwsgi protocol that compose publishes on all interfaces of the host. */
function* published(document: Document, stack: Stack, instance: Instance): Iterable<Finding> {
  for (const endpoint of instance.endpoints) {
    const { address } = endpoint;
    const at = endpoint.setting.origin;
    if (at?.uri !== document.uri || endpoint.protocol !== "uwsgi" || address.kind !== "tcp") continue;
    if (!stack.linksTo(endpoint).some((link) => link.connection.hosts.length > 0)) continue;
    for (const host of stack.hosts.ofInstance(instance)) {
      const port = host.container.ports.find((one) => one.value.container === address.port && one.value.host !== undefined);
      const text = port && stack.workspace.get(port.at.uri)?.text.slice(port.at.span.start, port.at.span.end);
      if (!port || /127\.0\.0\.1|localhost|::1/.test(text ?? "")) continue;
      yield {
        span: at.span,
        message: t`The compose file publishes this port of the uwsgi protocol on the host: whoever reaches it can run code. nginx needs no published port.`,
        fixes: fixes(
          /^(["']?)\d+:\d+\1$/.test(text ?? "") &&
            suggest(
              t`Publish it for this machine alone`,
              inFile(port.at.uri, replace(port.at.span, (text ?? "").replace(/^(["']?)/, "$1127.0.0.1:"))),
            ),
        ),
        related: [{ ...port.at, message: t`published here` }],
      };
    }
  }
}
