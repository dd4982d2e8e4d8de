import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Options that start a master by themselves. */
const IMPLIES = ["cheaper", "stats", "touch-reload", "spooler", "log-master", "cron", "emperor", "mule", "daemonize"];

export const harakiriWithoutMaster = rule({
  id: "harakiri-without-master",
  title: "Without a master nobody replaces a worker",
  why: "`harakiri` and `max-requests` end a worker; the master starts a new one. Without a master the first time-out ends the instance for good (`F*CK !!! i must kill myself`).",
  severity: "warning",
  languages: ["uwsgi"],
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nharakiri = 30\npost-buffering = 1\n" }, finds: ["app.ini:3"] }],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.effective.complete || !instance.start.certain || instance.isVassal || instance.start.debian || instance.isEmperor)
        continue;
      const master = instance.flag("master");
      if (master === true || (master === undefined && instance.all("master").length > 0)) continue;
      if (
        master === undefined &&
        instance.effective.settings.some((setting) => IMPLIES.includes(setting.key) || impliesMaster(setting.key))
      )
        continue;
      const setting = instance.last("harakiri") ?? instance.last("max-requests");
      if (setting?.origin?.uri !== document.uri || !instance.number(setting.key)) continue;
      yield {
        span: setting.origin.span,
        message: t`${setting.key} ends the worker, and without a master nobody starts a new one: the instance is gone. Set master = true.`,
        fixes: fixes(suggest(t`Set master = true`, setOption(workspace, instance.last("master"), setting, "master", "true"))),
      };
    }
  },
});

const impliesMaster = (key: string): boolean => optionOf(key)?.implies?.includes("master") === true;
