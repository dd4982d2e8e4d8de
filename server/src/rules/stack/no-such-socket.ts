import type { Document } from "../../model/document";
import { isLoopback, show } from "../../stack/address";
import type { Endpoint } from "../../stack/endpoint";
import type { Link } from "../../stack/links";
import type { Why } from "../../stack/reach";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, inFile, removeLine, replace, suggest } from "../edits";
import { mayBind } from "../meeting-place";
import { setOption } from "../option-edits";
import { type Fix, rule } from "../rule";
import { atEndpoint, atLink, nginxSpelling } from "../words";

/** Reasons that have rules of their own. */
const ELSEWHERE: ReadonlySet<Why | undefined> = new Set<Why>([
  "container-loopback",
  "networks",
  "published-port",
  "bound-loopback",
  "mount",
]);

export const noSuchSocket = rule({
  id: "no-such-socket",
  title: "nginx connects to an address that no uWSGI configuration binds",
  why: "nginx answers 502: `connect() failed (2: No such file or directory)` for a path, `(111: Connection refused)` for a port. Paths are compared as the kernel sees them: `//`, `unix:///`, `/var/run` and placeholders make no difference, letter case does. Verified on nginx 1.22 and uWSGI 2.0.",
  severity: "error",
  languages: ["nginx", "uwsgi", "compose", "dockerfile", "systemd", "shell", "supervisor"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_pass",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = /run/app/app.sock\nchmod-socket = 666\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass unix:/run/app/aap.sock;\n  }\n}\n",
      },
      finds: ["app.ini:2", "nginx/app.conf:4"],
    },
  ],
  *check(document, { stack }) {
    for (const link of stack.linksAbout(document)) {
      const { near } = link;
      if (!near || ELSEWHERE.has(near.reach.why) || near.endpoint.address.kind === "nowhere") continue;
      const { connection } = link;
      const severity = near.sure ? "error" : "warning";
      const bound = show(near.endpoint.address);
      const missing = near.endpoint.setting.origin
        ? t`nginx connects to ${show(connection.address)}, but no uWSGI configuration here binds it; ${near.endpoint.option} is ${bound}.`
        : t`nginx connects to ${show(connection.address)}, but no uWSGI configuration here binds it; Debian's service binds ${bound}.`;
      const words = `${missing} ${hint(link)}`.trim();
      const both = bothWays(stack, link, near.endpoint);
      if (connection.document === document)
        yield {
          span: connection.span,
          message: `${words} ${t`Requests fail with 502.`}`,
          severity,
          related: atEndpoint(near.endpoint, t`uWSGI binds ${show(near.endpoint.address)} here`),
          fixes: both,
        };
      const own = near.endpoint.setting.origin;
      if (own?.uri === document.uri)
        yield {
          span: (near.endpoint.setting.valueOrigin ?? own).span,
          message: words,
          severity,
          related: atLink(link, t`nginx connects to ${show(connection.address)} here`),
          fixes: both,
        };
      else if (!own && near.endpoint.instance.uri === document.uri)
        yield { span: lastLine(document), message: words, severity, related: atLink(link, t`nginx connects here`), fixes: both };
    }
  },
});

function hint(link: Link): string {
  const { address } = link.connection;
  const bound = link.near?.endpoint.address;
  if (
    address.kind === "unix" &&
    bound?.kind === "unix" &&
    /^[:/]/.test(address.path.slice(bound.path.length)) &&
    address.path.startsWith(bound.path)
  )
    return t`What stands behind the path is part of it here.`;
  if (address.kind === "unix" && bound?.kind === "unix" && address.path.toLowerCase() === bound.path.toLowerCase())
    return t`Letter case counts in paths.`;
  if (address.kind === "unix" && bound?.kind === "tcp") return t`One is a unix socket, the other TCP.`;
  if (address.kind === "tcp" && bound?.kind === "unix") return t`One is TCP, the other a unix socket.`;
  if (address.kind === "tcp" && bound?.kind === "tcp" && address.port === bound.port && isLoopback(address.host))
    return t`The ports are equal, the hosts are not.`;
  return "";
}

function lastLine(document: Document): { start: number; end: number } {
  const last = document.all.at(-1);
  return last ? last.directive.name.span : { start: 0, end: 0 };
}

/** nginx follows uWSGI, or uWSGI follows nginx where it may bind. */
function bothWays(stack: Stack, link: Link, endpoint: Endpoint): readonly Fix[] {
  const { connection } = link;
  const right = nginxSpelling(endpoint.address);
  const canFollow = (endpoint.address.kind === "unix" || endpoint.address.kind === "tcp") && !/[\s;{}"'$#]/.test(right);
  return fixes(
    canFollow && suggest(t`Let nginx connect to ${right}`, inFile(connection.document.uri, replace(connection.span, reachable(right)))),
    uwsgiFollows(stack, link, endpoint),
  );
}

function uwsgiFollows(stack: Stack, { connection }: Link, endpoint: Endpoint): Fix | undefined {
  const { address } = connection;
  const { instance, setting } = endpoint;
  if ((address.kind !== "unix" && address.kind !== "tcp") || setting.from.length > 0) return undefined;
  if (address.kind === "unix" && (/:|\/$/.test(address.path) || mayBind(stack, endpoint, address.path) === "no")) return undefined;
  if (address.kind === "tcp" && !connection.document.text.slice(connection.span.start, connection.span.end).endsWith(`:${address.port}`))
    return undefined; // a port nginx added by itself
  const title = t`Let uWSGI bind ${show(address)}`;
  const abstract = endpoint.address.kind === "abstract" ? instance.last("abstract-socket")?.origin : undefined;
  const document = abstract && stack.workspace.get(abstract.uri);
  if (abstract && document)
    return setting.value === show(address) ? suggest(title, inFile(abstract.uri, removeLine(document, abstract.span))) : undefined;
  const anchor = setting.origin ? setting : (instance.effective.settings.findLast((one) => one.origin?.uri === instance.uri) ?? setting);
  return suggest(title, setOption(stack.workspace, setting.origin ? setting : undefined, anchor, "socket", show(address)));
}

/** A wildcard is an address to bind, not one to connect to. */
const reachable = (address: string): string => address.replace(/^(?:0\.0\.0\.0|\[::\])?(?=:\d+$)/, "127.0.0.1");
