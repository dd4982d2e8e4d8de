import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const harakiriPostBuffering = rule({
  id: "harakiri-post-buffering",
  title: "harakiri counts the time of slow uploads",
  why: "Without `post-buffering` the worker reads the body while the clock of `harakiri` runs: a slow client gets the worker killed. uWSGI warns of it at start. nginx reads bodies first unless `uwsgi_request_buffering off`.",
  severity: "info",
  languages: ["uwsgi"],
  needs: ["harakiri"],
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nharakiri = 30\n" }, finds: ["app.ini:3"] }],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const setting = instance.last("harakiri");
      if (
        setting?.origin?.uri !== document.uri ||
        !instance.number("harakiri") ||
        !instance.lacks("post-buffering") ||
        !instance.start.certain
      )
        continue;
      yield {
        span: setting.origin.span,
        message: t`harakiri without post-buffering: the time of a slow upload counts, and the worker is killed. Set post-buffering = 8192.`,
        fixes: fixes(suggest(t`Set post-buffering = 8192`, setOption(workspace, undefined, setting, "post-buffering", "8192"))),
      };
    }
  },
});
