import { nearNames } from "../../facts/near";
import type { Document } from "../../model/document";
import type { NginxProblem } from "../../model/nginx/reading";
import { isAnyHost, isIp } from "../../stack/address";
import type { Stack } from "../../stack/stack";
import type { Directive } from "../../syntax/tree";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import { scriptsOf } from "../deployed";
import { fixes, inFile, replace, suggest } from "../edits";
import { type Context, type Finding, type Fix, rule } from "../rule";
import { refusals } from "./refusals";

export const nginxAddress = rule({
  id: "nginx-address",
  title: "The address is not in the form nginx wants",
  why: "`uwsgi_pass` and servers of an upstream take `unix:/path`, `host:port` or an upstream's name, without `http://` and without a path; `proxy_pass` needs `http://`. Else: `invalid host in upstream`, `invalid URL prefix`, `no port in upstream`. A path in `proxy_pass` is not possible in a location given by a pattern.",
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location / { uwsgi_pass /run/shop.sock; }\n  location /a { proxy_pass 127.0.0.1:8000; }\n  location /b { uwsgi_pass http://127.0.0.1:8000; }\n  location ~ ^/c { proxy_pass http://127.0.0.1:8000/c; }\n  location /d { uwsgi_pass 127.0.0.1; }\n}\n",
      },
      finds: ["shop.conf:3", "shop.conf:4", "shop.conf:5", "shop.conf:6", "shop.conf:7"],
    },
    {
      title: "a slip in the scheme, and an upstream where there is none",
      files: {
        "shop.conf":
          "upstream shop { server 127.0.0.1:3031; }\nserver {\n  listen 80;\n  location / { proxy_pass htp://shop; }\n  location /a { uwsgi_pass http://shop; }\n  location /b { uwsgi_pass shop; }\n}\n",
      },
      finds: ["shop.conf:4", "shop.conf:5"],
    },
    {
      title: "the image writes the upstream",
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location / { fastcgi_pass php-upstream; }\n  location /a { fastcgi_pass php-upstraem; }\n}\n",
        Dockerfile:
          'FROM nginx\nRUN echo "upstream php-upstream { server php:9000; }" > /etc/nginx/conf.d/upstream.conf\nCOPY shop.conf /etc/nginx/conf.d/\n',
      },
      finds: ["shop.conf:4"],
    },
  ],
  *check(document, context) {
    for (const finding of refusals(document, context, "nginx-address", (problem) => isUpstream(document, problem, context))) {
      const at = directiveAt(document, finding.span);
      const named = at?.name.text.endsWith("_pass") ? byName(document, finding, context.stack) : [];
      const mended = finding.fixes?.length || !at ? [] : fixes(mend(document, finding, at), ...named);
      yield mended.length > 0 ? { ...finding, fixes: mended } : finding;
    }
  },
});

/** Which files nginx reads together is not always told: an upstream of any file may be meant. */
function isUpstream({ text }: Document, { isName, span }: NginxProblem, { workspace, stack }: Context): boolean {
  if (!isName) return false;
  const name = text
    .slice(span.start, span.end)
    .replace(/^[a-z]+:\/\//i, "")
    .toLowerCase();
  return stack.upstreams.has(name) || workspace.derive(WRITTEN, () => writtenUpstreams(workspace)).has(name);
}

const WRITTEN = {};

/** Upstreams that an image or a script writes into a file of its own: `echo "upstream app { … }" > …/upstream.conf`. */
const writtenUpstreams = (workspace: Context["workspace"]): ReadonlySet<string> =>
  new Set(
    scriptsOf(workspace).flatMap(({ text }) =>
      Array.from(text.matchAll(/\bupstream\s+([\w.-]+)\s*\{/g), (match) => (match[1] ?? "").toLowerCase()),
    ),
  );

/** An upstream that is meant, and the port that uWSGI binds. */
function byName(document: Document, { span }: Finding, { upstreams, instances }: Stack): readonly (Fix | undefined)[] {
  const text = document.text.slice(span.start, span.end);
  const write = (right: string): Fix | undefined => suggest(t`Write ${right}`, inFile(document.uri, replace(span, right)));
  const host = text.replace(/:\d+$/, "").toLowerCase();
  if (host !== text && upstreams.has(host)) return [write(host)];
  const ports = new Set(
    instances.flatMap((one) =>
      one.endpoints.flatMap(({ address }) =>
        address.kind === "tcp" && (address.host === host || isAnyHost(address.host)) ? [address.port] : [],
      ),
    ),
  );
  if (isIp(host) && !/[/?]/.test(host)) return ports.size === 1 ? [write(`${host}:${[...ports][0]}`)] : [];
  const names = [...upstreams.keys()];
  return /^[\w.-]+$/.test(text) ? (names.length === 1 ? names : nearNames(text, names)).map(write) : [];
}

const directiveAt = (document: Document, at: Span): Directive | undefined =>
  document.all.find(
    ({ directive }) => !directive.body && directive.span.start <= at.start && at.end <= directive.span.end && directive.args.length > 0,
  )?.directive;

/** The same address in the form that its directive takes. */
function mend(document: Document, { span: at }: Finding, { name, args: [word] }: Directive): Fix | undefined {
  if (!word || word.span.end < at.start || word.span.start > at.end) return undefined;
  const right = spelled(name.text, word.text);
  return right === undefined || right === word.text
    ? undefined
    : suggest(t`Write ${right}`, inFile(document.uri, replace(word.span, right)));
}

function spelled(directive: string, text: string): string | undefined {
  if (directive === "proxy_pass") return /^(?:unix:|[\w.[\]:-]+:\d)/.test(text) ? `http://${text}` : undefined;
  if (!/^(?:uwsgi_pass|fastcgi_pass|scgi_pass|grpc_pass|server)$/.test(directive)) return undefined;
  const bare = text.replace(/^(?:https?|uwsgi):\/\//i, "");
  if (bare.startsWith("/")) return `unix:${bare}`;
  if (/^unix:/i.test(bare)) return bare.replace(/(?<=.\/[^/:]+)(?::.*|\/)$/, "");
  return bare.replace(/[/?].*$/, "");
}
