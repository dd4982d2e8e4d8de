import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { removeOption } from "../option-edits";
import { rule } from "../rule";

/** Options of the HTTP router that need one of these listeners. */
const HTTP_LISTENERS = ["http", "https", "http-socket", "https2", "http-to-https", "httprouter", "http11-socket", "https-socket"];
const ROUTER_ONLY =
  /^http-(?:timeout|connect-timeout|headers-timeout|keepalive|auto-chunked|auto-gzip|raw-body|websockets|chunked-input|manage-expect|processes|workers|harakiri|buffer-size|backend-http|stud-prefix|stats|modifier[12]|use-code-string|use-socket|cheap|events|use-pattern|use-base|use-cache|subscription-server|zerg|enable-proxy-protocol|resubscribe)$/;

export const optionWithoutListener = rule({
  id: "option-without-listener",
  title: "An option of the HTTP router without a router",
  why: "The `http-…` options act in the process of the `http` router. Without `http` or `https` there is none, and nginx speaks to the workers directly: the option has no effect. Time-outs between nginx and uWSGI are `uwsgi_read_timeout` and `harakiri`.",
  severity: "info",
  languages: ["uwsgi"],
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nhttp-timeout = 300\n" }, finds: ["app.ini:3"] }],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (
        !instance.effective.complete ||
        !instance.start.certain ||
        instance.isEmperor ||
        instance.endpoints.length === 0 ||
        !instance.effective.settings.some(({ key }) => ROUTER_ONLY.test(key)) ||
        HTTP_LISTENERS.some((key) => instance.all(key).length > 0)
      )
        continue;
      for (const setting of instance.effective.settings) {
        if (setting.origin?.uri !== document.uri || !ROUTER_ONLY.test(setting.key)) continue;
        yield {
          span: setting.origin.span,
          tag: "unnecessary",
          message: t`${setting.key} acts in the http router, and there is none here: it has no effect.`,
          fixes: fixes(suggest(t`Remove it`, removeOption(document, setting.origin.span))),
        };
      }
    }
  },
});
