import { nginxSeconds, nginxSetting } from "../../stack/nginx-setting";
import { t } from "../../text/l10n";
import { addDirective, fixes, inFile, replace, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Seconds: nginx's default for uwsgi_read_timeout and its kin. */
const DEFAULT = 60;

export const timeoutOrder = rule({
  id: "timeout-order",
  title: "nginx gives up before uWSGI's harakiri",
  why: "`harakiri` ends a request that takes too long; `uwsgi_read_timeout` (60 seconds unless set) is how long nginx waits. With harakiri longer, the client sees 504 while the worker goes on; with equal times 504 and 502 alternate. harakiri should be a little shorter.",
  severity: "warning",
  languages: ["nginx", "uwsgi"],
  needs: ["harakiri"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_read_timeout",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\nharakiri = 120\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["app.ini:3", "nginx/app.conf:4"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const link of stack.linksAbout(document)) {
      const { pass } = link.connection;
      const name = pass.protocol === "uwsgi" ? "uwsgi_read_timeout" : pass.protocol === "http" ? "proxy_read_timeout" : undefined;
      if (!name) continue;
      const set = nginxSetting(stack, pass.document, pass.nested, name);
      if (set === undefined) continue;
      const wait = set ? nginxSeconds(set.directive.args[0]?.text) : DEFAULT;
      if (wait === undefined || wait === 0) continue;
      for (const { endpoint } of link.reached) {
        const setting = endpoint.instance.last("harakiri");
        const kill = endpoint.instance.number("harakiri");
        if (!setting || !kill || kill < wait || !endpoint.instance.start.certain) continue;
        const equal = kill === wait;
        const message = equal
          ? t`harakiri and ${name} are both ${wait} seconds: sometimes the client gets 504 from nginx, sometimes 502 from the kill. Let harakiri be a little shorter.`
          : set
            ? t`nginx gives up after ${wait} seconds (${name}), before harakiri = ${kill} ends the request: the client gets 504 and the worker goes on.`
            : t`nginx gives up after ${wait} seconds (the default of ${name}), before harakiri = ${kill} ends the request: the client gets 504 and the worker goes on.`;
        const longer = `${name} ${kill + 10}s;`;
        const all = fixes(
          equal &&
            suggest(
              `harakiri = ${Math.max(1, wait - 5)}`,
              setOption(workspace, setting, setting, "harakiri", String(Math.max(1, wait - 5))),
            ),
          suggest(
            `${longer.slice(0, -1)}`,
            set ? inFile(set.document.uri, replace(set.directive.span, longer)) : addDirective(pass.document, pass.nested, longer),
          ),
          !equal &&
            suggest(
              `harakiri = ${Math.max(1, wait - 5)}`,
              setOption(workspace, setting, setting, "harakiri", String(Math.max(1, wait - 5))),
            ),
        );
        const severity = equal ? "info" : "warning";
        const place = set ?? { document: pass.document, directive: pass.nested.directive };
        if (setting.origin?.uri === document.uri)
          yield {
            span: setting.origin.span,
            message,
            severity,
            fixes: all,
            related: [{ uri: place.document.uri, span: place.directive.span, message: t`nginx's side` }],
          };
        if (place.document === document)
          yield {
            span: place.directive.span,
            message,
            severity,
            fixes: all,
            related: setting.origin ? [{ ...setting.origin, message: t`uWSGI's side` }] : [],
          };
      }
    }
  },
});
