import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const noMaster = rule({
  id: "no-master",
  title: "Without a master nobody replaces a dead worker",
  why: "Without `master = true` a worker that crashes or reaches `max-requests` is gone for good, and with the last one the server: nginx gets (111: Connection refused). Options such as cheaper, stats, cron, spooler and touch-reload turn the master on by themselves.",
  severity: "hint",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/ThingsToKnow.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nmodule = app\n" }, finds: ["app.ini:2"] }],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.lacks("master") || instance.isEmperor || instance.isVassal || instance.start.debian || !instance.start.certain)
        continue;
      if (Array.from(instance.options).some((name) => optionOf(name)?.implies?.includes("master"))) continue;
      const [endpoint] = instance.endpoints;
      const at = endpoint?.setting.origin;
      if (!endpoint || at?.uri !== document.uri) continue;
      yield {
        span: at.span,
        message: t`No master: a worker that dies is not replaced, and the server ends with its last one.`,
        fixes: fixes(suggest(t`Set master = true`, setOption(workspace, undefined, endpoint.setting, "master", "true"))),
      };
    }
  },
});
