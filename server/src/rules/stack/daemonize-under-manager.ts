import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { startedIn } from "../evaluated";
import { removeOption, renameOption } from "../option-edits";
import { rule } from "../rule";

/** Who is left without the process it started, how bad that is, and the words for it. */
const MANAGERS = {
  emperor: { severity: "warning", loses: (key: string) => t`${key} sends the process to the background, and the emperor loses it.` },
  supervisor: { severity: "error", loses: (key: string) => t`${key} sends the process to the background, and supervisor loses it.` },
  systemd: {
    severity: "error",
    loses: (key: string, type: string) => t`${key} sends the process to the background, and systemd (Type=${type}) loses it.`,
  },
  container: { severity: "info", loses: (key: string) => t`${key} sends the process to the background, and the container loses it.` },
} as const;

export const daemonizeUnderManager = rule({
  id: "daemonize-under-manager",
  title: "daemonize takes the process away from whoever manages it",
  why: "`daemonize` forks into the background. Supervisor and systemd (all types but forking) then think that it ended, an emperor loses its vassal (`emperor_notify_ready()/write(): Broken pipe`), a container stops. With `Type=forking` and a PIDFile it is right.",
  severity: "warning",
  languages: ["uwsgi", "systemd", "supervisor"],
  needs: ["daemonize", "daemonize2"],
  examples: [
    {
      files: { "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.sock\ndaemonize = /var/log/a.log\n" },
      finds: ["etc/uwsgi/vassals/a.ini:3"],
    },
  ],
  *check(document, context) {
    for (const instance of startedIn(document, context)) {
      const { starter } = instance.start;
      const manager = instance.isVassal
        ? "emperor"
        : starter?.kind === "supervisor"
          ? "supervisor"
          : starter?.kind === "systemd" && starter.type?.value !== "forking" && starter.type?.value !== "oneshot"
            ? "systemd"
            : starter?.kind === "compose" || starter?.kind === "dockerfile"
              ? "container"
              : undefined;
      if (!manager) continue;
      const { severity, loses } = MANAGERS[manager];
      for (const key of ["daemonize", "daemonize2"]) {
        for (const setting of instance.all(key)) {
          const at = setting.origin;
          if (
            at?.uri !== document.uri ||
            !setting.certain ||
            (starter?.kind === "dockerfile" && (starter.commands.length !== 1 || starter.commands[0] !== instance.start.command))
          )
            continue;
          const name = setting.keyOrigin?.span;
          yield {
            span: at.span,
            severity,
            message: `${loses(setting.key, starter?.type?.value ?? "simple")} ${setting.value.includes("/") ? t`For a log file use logto.` : t`Remove it.`}`,
            related: starter ? [{ uri: starter.uri, span: starter.at.span, message: t`started by ${starter.name}` }] : [],
            fixes: fixes(
              name && setting.value.startsWith("/") && suggest(t`Use logto instead`, renameOption(document, at.span, name, "logto")),
              suggest(t`Remove it`, removeOption(document, at.span)),
            ),
          };
        }
      }
    }
  },
});
