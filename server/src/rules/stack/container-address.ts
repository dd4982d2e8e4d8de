import type { Document } from "../../model/document";
import { show } from "../../stack/address";
import type { Link } from "../../stack/links";
import type { Why } from "../../stack/reach";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, inFile, insertLine, replace, suggest } from "../edits";
import { setOption } from "../option-edits";
import { type Fix, rule } from "../rule";
import { atEndpoint, atLink } from "../words";

const WORDS: Partial<Readonly<Record<Why, (target: string, right: string) => string>>> = {
  "container-loopback": (target, right) =>
    t`${target} is nginx's own container; uWSGI runs in another one. Use its service name: ${right}.`,
  networks: (target) =>
    t`The container of nginx and the one behind ${target} share no network, so the name does not resolve and nginx does not start. Put both on one network.`,
  "published-port": (target, right) => t`${target} is the port published on the host; between containers it is ${right}.`,
  "bound-loopback": (target) =>
    t`uWSGI listens on the loopback of its own container, so ${target} is refused. Bind 0.0.0.0 or leave the host out.`,
  mount: (target, right) => {
    const unshared = t`${target} is not shared with the container of uWSGI under this path.`;
    return `${unshared} ${right ? t`The volume makes it ${right} in the container of nginx.` : t`Mount one volume in both containers.`}`;
  },
};

export const containerAddress = rule({
  id: "container-address",
  title: "nginx and uWSGI run in different containers and do not meet",
  why: "Each container has its own loopback and its own file system: `127.0.0.1` and `0.0.0.0` in nginx mean the container of nginx, published ports exist on the host only, a unix socket is shared only through a volume, and a name resolves only on a shared network. nginx answers 502, or stops at start with `host not found in upstream`.",
  severity: "error",
  languages: ["nginx", "uwsgi"],
  link: "https://docs.docker.com/compose/how-tos/networking/",
  examples: [
    {
      files: {
        "compose.yaml":
          "services:\n  app:\n    build: .\n    command: uwsgi --ini uwsgi.ini\n  nginx:\n    image: nginx:1.27\n    volumes:\n      - ./nginx/default.conf:/etc/nginx/conf.d/default.conf:ro\n",
        "uwsgi.ini": "[uwsgi]\nsocket = :3031\n",
        "nginx/default.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/default.conf:4", "uwsgi.ini:2"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const link of stack.linksAbout(document)) {
      const { near, connection } = link;
      const why = near?.reach.why;
      const words = why && WORDS[why];
      if (!near || !words) continue;
      const right = near.reach.right ?? "";
      const message = words(connection.address.kind === "unix" ? connection.address.path : show(connection.address), right);
      const { setting } = near.endpoint;
      const bindAll = why === "bound-loopback" && near.endpoint.address.kind === "tcp" ? `:${near.endpoint.address.port}` : undefined;
      const all = fixes(
        right !== "" &&
          why !== "networks" &&
          why !== "bound-loopback" &&
          suggest(t`Connect to ${right}`, inFile(connection.document.uri, replace(connection.span, right))),
        why === "networks" && joinNetwork(stack, link),
        bindAll !== undefined && suggest(t`Bind ${bindAll}`, setOption(workspace, setting, setting, near.endpoint.option, bindAll)),
      );
      if (connection.document === document)
        yield { span: connection.span, message, related: atEndpoint(near.endpoint, t`uWSGI binds here`), fixes: all };
      if (setting.origin?.uri === document.uri)
        yield { span: setting.origin.span, message, related: atLink(link, t`nginx connects here`), fixes: all };
    }
  },
});

/** Puts nginx's service into a network of uWSGI's, where the compose file lists networks line by line. */
function joinNetwork(stack: Stack, link: Link): Fix | undefined {
  const from = link.connection.hosts[0];
  const at =
    link.near && stack.hosts.ofInstance(link.near.endpoint.instance).find((host) => host.container.project === from?.container.project);
  const network = at?.container.networks[0];
  const document = from && stack.workspace.get(from.starter.uri);
  if (!from || !document || network === undefined || /[:$]/.test(network)) return undefined;
  const start = document.lines.line(from.starter.at.span.start);
  const indent = /^\s*/.exec(lineText(document, start))?.[0].length ?? 0;
  for (let line = start + 1; line < document.lines.count; line++) {
    const text = lineText(document, line);
    if (text.trim() !== "" && (/^\s*/.exec(text)?.[0].length ?? 0) <= indent) return undefined;
    if (!/^\s+networks:\s*$/.test(text) || !/^\s+- /.test(lineText(document, line + 1))) continue;
    const item = document.lines.span(line + 1);
    return suggest(
      t`Put ${from.starter.name} on the network ${network} too`,
      inFile(document.uri, insertLine(document, item, `- ${network}`)),
    );
  }
  return undefined;
}

const lineText = (document: Document, line: number): string => document.text.slice(document.lines.start(line), document.lines.end(line));
