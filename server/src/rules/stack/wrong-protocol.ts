import { show } from "../../stack/address";
import type { PassProtocol } from "../../stack/connection";
import type { Endpoint, Protocol } from "../../stack/endpoint";
import type { Connection, Link } from "../../stack/links";
import { t } from "../../text/l10n";
import { fixes, inFile, insertLine, replace, suggest } from "../edits";
import { type Context, type Fix, rule } from "../rule";
import { atEndpoint, atLink, nginxSpelling } from "../words";

/** Which protocols a listener understands from which pass. uwsgi's fastcgi and scgi sockets are only met by their own pass. */
export const FITS: Readonly<Record<PassProtocol, readonly Protocol[]>> = {
  uwsgi: ["uwsgi", "puwsgi"],
  suwsgi: ["suwsgi"],
  http: ["http"],
  https: ["https"],
  fastcgi: ["fastcgi"],
  scgi: ["scgi"],
  grpc: [],
  memcached: [],
};

const SYMPTOM: Partial<Readonly<Record<PassProtocol, () => string>>> = {
  uwsgi: () => t`nginx answers 502 or 504 and the worker is blocked meanwhile`,
  http: () => t`uWSGI logs \`invalid request block size: 21573 (max 4096)...skip\` and nginx answers 502`,
};

export const wrongProtocol = rule({
  id: "wrong-protocol",
  title: "nginx and uWSGI speak different protocols on the same address",
  why: "`uwsgi_pass` needs `socket` or `uwsgi-socket`; `proxy_pass` needs `http-socket` or the `http` router; `fastcgi_pass` and `scgi_pass` need their own sockets. Everything else starts without complaint and fails with every request: 502 after uWSGI's socket timeout of 4 seconds, 504 with the `http` router. Each pair was run on the real programs.",
  severity: "error",
  languages: ["nginx", "uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Nginx.html",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nhttp-socket = 127.0.0.1:5000\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:5000;\n  }\n}\n",
      },
      finds: ["app.ini:2", "nginx/app.conf:4"],
    },
    {
      title: "where nginx runs, another server answers at that address",
      files: {
        "conf/uwsgi.ini": "[uwsgi]\nsocket = 0.0.0.0:8000\n",
        "conf/nginx.debug.conf": "server {\n  location / { proxy_pass http://app:8000; }\n}\n",
        "docker-compose.debug.yml":
          "services:\n  nginx:\n    image: nginx\n    volumes:\n      - ./conf/nginx.debug.conf:/etc/nginx/conf.d/default.conf\n  app:\n    image: shop\n    volumes:\n      - .:/srv/shop\n    command: python manage.py runserver 0.0.0.0:8000\n",
        "docker-compose.yml": "services:\n  app:\n    image: shop\n    build: .\n    command: /bin/bash\n",
      },
      finds: [],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const link of stack.linksAbout(document)) {
      const { connection } = link;
      const { protocol } = connection.pass;
      const wrong = link.reached
        .map((one) => one.endpoint)
        .filter(
          (endpoint) =>
            endpoint.protocol !== "unknown" &&
            endpoint.protocol !== "raw" &&
            endpoint.setting.certain &&
            !FITS[protocol].includes(endpoint.protocol),
        );
      if (wrong.length === 0 || wrong.length < link.reached.length) continue;
      const [endpoint] = wrong;
      if (!endpoint) continue;
      const isStats = endpoint.protocol === "stats";
      const message = isStats
        ? t`${show(connection.address)} is uWSGI's statistics server, which answers JSON and no requests: nginx says "upstream sent invalid header".`
        : mismatch(link, endpoint);
      const severity = endpoint.instance.start.certain ? "error" : "warning";
      const all = isStats ? toTheApp(link, endpoint) : ways(workspace, link, endpoint);
      const pass = connection.pass;
      if (pass.document === document)
        yield {
          span: pass.nested.directive.span,
          message,
          severity,
          related: atEndpoint(endpoint, t`${endpoint.option} is set here`),
          fixes: all,
        };
      const own = endpoint.setting.origin;
      if (own?.uri === document.uri) yield { span: own.span, message, severity, related: atLink(link, t`nginx connects here`), fixes: all };
    }
  },
});

function mismatch({ connection: { pass } }: Link, { option, address, protocol }: Endpoint): string {
  const name = pass.nested.directive.name.text;
  const spoken = pass.protocol === "http" ? "HTTP" : pass.protocol;
  const symptom = SYMPTOM[pass.protocol]?.() ?? t`every request fails with 502`;
  return protocol === "http"
    ? t`${name} speaks ${spoken}, but ${option} on ${show(address)} expects HTTP: ${symptom}.`
    : t`${name} speaks ${spoken}, but ${option} on ${show(address)} expects the ${protocol} protocol: ${symptom}.`;
}

const OPTION: Partial<Readonly<Record<PassProtocol, string>>> = {
  uwsgi: "socket",
  http: "http-socket",
  fastcgi: "fastcgi-socket",
  scgi: "scgi-socket",
  suwsgi: "suwsgi-socket",
};
const PASS: Partial<Readonly<Record<Protocol, string>>> = {
  uwsgi: "uwsgi_pass",
  http: "proxy_pass",
  fastcgi: "fastcgi_pass",
  scgi: "scgi_pass",
};

function ways(workspace: Context["workspace"], link: Link, endpoint: Endpoint): readonly Fix[] {
  const { pass } = link.connection;
  const option = OPTION[pass.protocol];
  const key = endpoint.setting.keyOrigin;
  const protocolLine = endpoint.option === "socket" ? endpoint.instance.last("protocol") : undefined;
  const byProtocol =
    protocolLine?.valueOrigin && pass.protocol === "uwsgi"
      ? inFile(protocolLine.valueOrigin.uri, replace(protocolLine.valueOrigin.span, "uwsgi"))
      : undefined;
  const plain = /^https(?=:\/\/)/i.exec(pass.word.text);
  const start = pass.word.span.start + (pass.word.quote ? 1 : 0);
  return fixes(
    plain !== null &&
      endpoint.protocol === "http" &&
      suggest(t`Write http://`, inFile(pass.document.uri, replace({ start, end: start + 5 }, "http"))),
    byProtocol && suggest(t`Speak the uwsgi protocol: protocol = uwsgi`, byProtocol),
    !byProtocol &&
      option !== undefined &&
      pass.protocol !== "suwsgi" &&
      key !== undefined &&
      suggest(t`Make it ${option}`, inFile(key.uri, replace(key.span, option))),
    passWay(workspace, link.connection, PASS[endpoint.protocol]),
  );
}

/** The socket of the same process that serves requests in nginx's language, if there is exactly one. */
function toTheApp({ connection }: Link, stats: Endpoint): readonly Fix[] {
  const served = stats.instance.endpoints.filter((one) => FITS[connection.pass.protocol].includes(one.protocol) && one.setting.certain);
  const [one] = served.length === 1 ? served : [];
  if (!one || (one.address.kind !== "unix" && one.address.kind !== "tcp")) return [];
  const right = nginxSpelling(one.address).replace(/^(?:0\.0\.0\.0)?(?=:\d)/, "127.0.0.1");
  return fixes(suggest(t`Let nginx connect to ${right}`, inFile(connection.document.uri, replace(connection.span, right))));
}

/** The same way with another directive. */
export function passWay(workspace: Context["workspace"], { pass, target }: Connection, name: string | undefined): Fix | undefined {
  const { document, nested, word } = pass;
  if (name === undefined || target.scheme === "https") return undefined;
  const address = word.text.slice(pass.target.start, pass.target.end);
  const to = name === "proxy_pass" ? `http://${address}` : address;
  const edits = [replace(nested.directive.name.span, name), replace(word.span, to)];
  const hasParams = nested.parent?.directive.body?.some((one) => one.name.text === "include" && /_params/.test(one.args[0]?.text ?? ""));
  if (name === "uwsgi_pass" && !hasParams && workspace.get(document.uri))
    edits.push(insertLine(document, nested.directive.span, "include uwsgi_params;", "before"));
  return suggest(t`Use ${name}`, inFile(document.uri, ...edits));
}
