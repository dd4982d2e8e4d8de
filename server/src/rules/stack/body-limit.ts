import { nginxSetting, nginxSize } from "../../stack/nginx-setting";
import { t } from "../../text/l10n";
import { addDirective, fixes, inFile, replace, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const bodyLimit = rule({
  id: "body-limit",
  title: "nginx and uWSGI allow different body sizes",
  why: "nginx takes bodies of `client_max_body_size`, 1m unless set, and answers 413 to larger ones; uWSGI takes `limit-post` bytes and closes the connection of larger ones (`Invalid (too big) CONTENT_LENGTH. skip.`), which nginx turns into 502.",
  severity: "warning",
  languages: ["nginx", "uwsgi"],
  needs: ["limit-post"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\nlimit-post = 104857600\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["app.ini:3", "nginx/app.conf:4"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const link of stack.linksAbout(document)) {
      const { pass } = link.connection;
      const set = nginxSetting(stack, pass.document, pass.nested, "client_max_body_size");
      if (set === undefined) continue;
      const nginx = set ? nginxSize(set.directive.args[0]?.text) : 1024 ** 2;
      if (nginx === undefined) continue;
      for (const { endpoint } of link.reached) {
        const setting = endpoint.instance.last("limit-post");
        const uwsgi = endpoint.instance.number("limit-post");
        if (!setting || !uwsgi || nginx === uwsgi || (!set && uwsgi < nginx)) continue;
        const lower = nginx !== 0 && nginx < uwsgi;
        if (!lower && nginx === 0 && !set) continue;
        const size = readable(uwsgi);
        const message = lower
          ? lowerWords(uwsgi, set?.directive.args[0]?.text, size)
          : higherWords(uwsgi, set?.directive.args[0]?.text, nginx);
        const all = fixes(
          suggest(
            `client_max_body_size ${size}`,
            set
              ? inFile(set.document.uri, replace(set.directive.span, `client_max_body_size ${size};`))
              : addDirective(pass.document, pass.nested, `client_max_body_size ${size};`),
          ),
          nginx > 0 && !lower && suggest(`limit-post = ${nginx}`, setOption(workspace, setting, setting, "limit-post", String(nginx))),
        );
        const severity = lower && set ? "info" : "warning";
        if (setting.origin?.uri === document.uri)
          yield {
            span: setting.origin.span,
            message,
            severity,
            fixes: all,
            related: [
              {
                uri: pass.document.uri,
                span: (set?.document === pass.document ? set.directive : pass.nested.directive).span,
                message: t`nginx's side`,
              },
            ],
          };
        if ((set?.document ?? pass.document) === document)
          yield {
            span: (set?.directive ?? pass.nested.directive).span,
            message,
            severity,
            fixes: all,
            related: setting.origin ? [{ ...setting.origin, message: t`uWSGI's side` }] : [],
          };
      }
    }
  },
});

/** Bytes in nginx's units, rounded down to a whole one. */
const lowerWords = (uwsgi: number, set: string | undefined, size: string): string =>
  set === undefined
    ? t`uWSGI takes bodies of ${uwsgi} bytes, but nginx answers 413 above 1m, its default. Set client_max_body_size ${size}.`
    : t`uWSGI takes bodies of ${uwsgi} bytes, but nginx answers 413 above ${set}. Set client_max_body_size ${size}.`;

const higherWords = (uwsgi: number, set: string | undefined, nginx: number): string =>
  nginx === 0 || set === undefined
    ? t`uWSGI closes the connection for bodies above limit-post = ${uwsgi} bytes, and nginx, which lets any size in, answers 502 instead of 413. Let nginx be the stricter one.`
    : t`uWSGI closes the connection for bodies above limit-post = ${uwsgi} bytes, and nginx, which lets ${set} in, answers 502 instead of 413. Let nginx be the stricter one.`;

function readable(bytes: number): string {
  if (bytes >= 1024 ** 2) return `${Math.floor(bytes / 1024 ** 2)}m`;
  return bytes >= 1024 ? `${Math.floor(bytes / 1024)}k` : String(bytes);
}
