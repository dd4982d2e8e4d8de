import { nginxSetting, nginxSize } from "../../stack/nginx-setting";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Bytes: what fits the socket buffers is taken by the kernel even when the application reads nothing. */
const SMALL = 10 * 1024 ** 2;

export const unreadBody = rule({
  id: "unread-body",
  title: "An application that does not read a large body breaks the answer",
  why: "When an application answers without reading the request's body (a 401, a redirect) uWSGI closes the connection with data unread, and nginx sees `writev() failed (32: Broken pipe)` or `recv() failed (104)`: 502 or a cut answer. With `post-buffering` uWSGI reads the body itself. Seen from about 50 KB on; with harakiri slow uploads count as well.",
  severity: "info",
  languages: ["nginx"],
  needs: ["client_max_body_size"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/ThingsToKnow.html",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\n",
        "nginx/app.conf":
          "server {\n  client_max_body_size 500m;\n  location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:2"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const link of stack.linksOf(document.uri)) {
      const { pass } = link.connection;
      const set = nginxSetting(stack, pass.document, pass.nested, "client_max_body_size");
      const size = nginxSize(set?.directive.args[0]?.text);
      if (set?.document !== document || size === undefined || (size !== 0 && size < SMALL) || pass.protocol !== "uwsgi") continue;
      for (const { endpoint } of link.reached) {
        if (!endpoint.instance.lacks("post-buffering") || !endpoint.instance.start.certain) continue;
        yield {
          span: set.directive.span,
          message: t`Uploads of ${set.directive.args[0]?.text ?? ""} and no post-buffering: when the application answers without reading the body, nginx gives 502 or a cut answer. Set post-buffering = 65536.`,
          related: endpoint.setting.origin ? [{ ...endpoint.setting.origin, message: t`the uWSGI that gets them` }] : [],
          fixes: fixes(
            suggest(t`Set post-buffering = 65536`, setOption(workspace, undefined, endpoint.setting, "post-buffering", "65536")),
          ),
        };
      }
    }
  },
});
