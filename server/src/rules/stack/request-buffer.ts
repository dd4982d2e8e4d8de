import type { Link } from "../../stack/links";
import { isSaid, nginxSetting, nginxSize } from "../../stack/nginx-setting";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Bytes: uWSGI's default and the most that the protocol's 16 bit length allows. */
const DEFAULT = 4096;
const MOST = 65535;
/** nginx's own, of large_client_header_buffers. */
const DEFAULT_FURTHER = 8192;

export const requestBuffer = rule({
  id: "request-buffer",
  title: "nginx lets larger requests in than uWSGI takes",
  why: "All variables of a request (headers, cookies, the query string twice) must fit into uWSGI's `buffer-size`, 4096 bytes unless set, 65535 at most. A larger one gets 502: uWSGI logs `invalid request block size: N (max 4096)...skip`, nginx `recv() failed (104: Connection reset by peer)`. `uwsgi_buffer_size` and `uwsgi_buffers` of nginx are for responses and do not help.",
  severity: "warning",
  languages: ["nginx", "uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Options.html#buffer-size",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\n",
        "nginx/app.conf":
          "large_client_header_buffers 4 16k;\nserver {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:1", "app.ini:2"],
    },
  ],
  *check(document, { workspace, stack }) {
    if (!isSaid(workspace, FURTHER) && !isSaid(workspace, FIRST)) return;
    for (const link of stack.linksAbout(document)) {
      const { pass } = link.connection;
      if (pass.protocol !== "uwsgi" && pass.protocol !== "http") continue;
      const { limit, line } = longestHeader(stack, link);
      if (!limit || line === undefined) continue;
      for (const { endpoint } of link.reached) {
        const { instance } = endpoint;
        if (endpoint.protocol !== pass.protocol) continue;
        const set = instance.last("buffer-size");
        const size = set ? instance.number("buffer-size") : instance.effective.complete ? DEFAULT : undefined;
        if (size === undefined || line <= Math.min(size, MOST) || size >= MOST || !instance.start.certain) continue;
        const right = Math.min(MOST, Math.max(32768, 2 ** Math.ceil(Math.log2(line * 2))));
        const message = set
          ? t`nginx takes header lines of ${line} bytes, but uWSGI takes requests of ${size} bytes only: larger ones get 502. Set buffer-size = ${right}; uwsgi_buffer_size and uwsgi_buffers are for responses.`
          : t`nginx takes header lines of ${line} bytes, but uWSGI takes requests of ${size} bytes only (no buffer-size is set): larger ones get 502. Set buffer-size = ${right}; uwsgi_buffer_size and uwsgi_buffers are for responses.`;
        const all = fixes(
          suggest(t`Set buffer-size = ${right}`, setOption(workspace, set, endpoint.setting, "buffer-size", String(right))),
        );
        const at = set?.origin ?? endpoint.setting.origin;
        if (limit.document === document)
          yield { span: limit.directive.span, message, fixes: all, related: at ? [{ ...at, message: t`uWSGI's side` }] : [] };
        if (at?.uri === document.uri)
          yield {
            span: at.span,
            message,
            fixes: all,
            related: [{ uri: limit.document.uri, span: limit.directive.span, message: t`nginx's side` }],
          };
      }
    }
  },
});

const FURTHER = "large_client_header_buffers";
const FIRST = "client_header_buffer_size";

/** What the longest header may be: the larger of the first buffer and the further ones. */
function longestHeader(stack: Stack, { connection: { pass } }: Link) {
  const further = nginxSetting(stack, pass.document, pass.nested, FURTHER);
  const first = nginxSetting(stack, pass.document, pass.nested, FIRST);
  const furtherSize = nginxSize(further?.directive.args[1]?.text);
  const firstSize = nginxSize(first?.directive.args[0]?.text);
  if (firstSize !== undefined && firstSize > (furtherSize ?? DEFAULT_FURTHER)) return { limit: first, line: firstSize };
  return { limit: further, line: furtherSize };
}
