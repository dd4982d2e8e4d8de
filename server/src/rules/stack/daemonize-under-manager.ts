import { fixes, suggest } from "../edits";
import { removeOption, renameOption } from "../option-edits";
import { rule } from "../rule";

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
  *check(document, { stack }) {
    const isFile = document.language === "uwsgi";
    for (const instance of isFile ? stack.startedFrom(document.uri) : stack.startedBy(document.uri)) {
      const { starter } = instance.start;
      const manager = instance.isVassal
        ? "the emperor"
        : starter?.kind === "supervisor"
          ? "supervisor"
          : starter?.kind === "systemd" && starter.type?.value !== "forking" && starter.type?.value !== "oneshot"
            ? `systemd (Type=${starter.type?.value ?? "simple"})`
            : starter?.kind === "compose" || starter?.kind === "dockerfile"
              ? "the container"
              : undefined;
      if (!manager) continue;
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
            severity: manager === "the container" ? "info" : manager === "the emperor" ? "warning" : "error",
            message: `${setting.key} sends the process to the background, and ${manager} loses it. ${setting.value.includes("/") ? "For a log file use logto." : "Remove it."}`,
            related: starter ? [{ uri: starter.uri, span: starter.at.span, message: `started by ${starter.name}` }] : [],
            fixes: fixes(
              name && setting.value.startsWith("/") && suggest("Use logto instead", renameOption(document, at.span, name, "logto")),
              suggest("Remove it", removeOption(document, at.span)),
            ),
          };
        }
      }
    }
  },
});
