import type { Starter } from "../../stack/deploy";
import type { Instance } from "../../stack/instance";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const sigtermReloads = rule({
  id: "sigterm-reloads",
  title: "SIGTERM reloads uWSGI instead of stopping it",
  why: "uWSGI 2.0 takes SIGTERM as a reload. `systemctl stop`, `docker stop` and supervisor send it and then wait until their time-out kills the process. `die-on-term = true`, another stop signal (SIGQUIT, SIGINT), an ExecStop or a hook on signal 15 cure it. 2.1 stops on SIGTERM.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Management.html#signals-for-controlling-uwsgi",
  examples: [
    {
      files: {
        Dockerfile: 'FROM python:3.12\nCOPY . /app\nCMD ["uwsgi", "--ini", "/app/uwsgi.ini"]\n',
        "uwsgi.ini": "[uwsgi]\nmaster = true\nsocket = :3031\n",
      },
      finds: ["uwsgi.ini:2"],
    },
  ],
  *check(document, { workspace, stack }) {
    if ((workspace.target.uwsgiVersion ?? "2.0").startsWith("2.1")) return;
    for (const instance of stack.startedFrom(document.uri)) {
      const starter = instance.start.starter;
      if (!starter || !instance.start.certain || !stopsByTerm(starter, stack.starters) || !reloadsOnTerm(instance)) continue;
      const master = instance.last("master");
      const anchor =
        master?.origin?.uri === document.uri
          ? master
          : instance.effective.settings.findLast((setting) => setting.origin?.uri === document.uri);
      if (!anchor?.origin) continue;
      yield {
        span: anchor.origin.span,
        severity: "warning",
        message: t`${who(starter)} stops uWSGI with SIGTERM, which uWSGI 2.0 takes as a reload: it is killed after the time-out. Set die-on-term = true.`,
        related: [{ uri: starter.uri, span: (instance.start.command?.at ?? starter.at).span, message: t`started here` }],
        fixes: fixes(suggest(t`Set die-on-term = true`, setOption(workspace, instance.last("die-on-term"), anchor, "die-on-term", "true"))),
      };
    }
  },
});

const who = (starter: Starter): string =>
  starter.kind === "systemd" ? "systemd" : starter.kind === "supervisor" ? "Supervisor" : "docker stop";

function stopsByTerm(starter: Starter, all: readonly Starter[]): boolean {
  if (starter.execStop) return false;
  const signal = starter.stopSignal?.value.replace(/^SIG/, "") ?? "TERM";
  if (signal !== "TERM") return false;
  if (starter.kind === "systemd" || starter.kind === "supervisor") return true;
  if (starter.kind === "compose") return !all.some((one) => one.kind === "dockerfile" && one.stopSignal);
  return starter.kind === "dockerfile" && !all.some((one) => one.kind === "compose" && one.stopSignal);
}

function reloadsOnTerm(instance: Instance): boolean {
  if (!instance.effective.complete || instance.all("die-on-term").length > 0 || instance.all("exit-on-reload").length > 0) return false;
  if (instance.flag("master") !== true) return false;
  return !instance.effective.settings.some(
    (setting) => /hook-master-start/.test(setting.key) && /unix_signal:(?:15|TERM)/i.test(setting.value),
  );
}
