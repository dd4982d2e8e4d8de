import { t } from "../../text/l10n";
import { rule } from "../rule";

export const typeForking = rule({
  id: "type-forking",
  title: "The unit's Type does not fit how uWSGI runs",
  why: "`Type=forking` waits until the started process ends and leaves a daemon behind: without `daemonize` uWSGI stays in the foreground, and systemd stops it after the start time-out. Without daemonize use `Type=notify` (uWSGI tells when it is ready) or `simple`.",
  severity: "error",
  languages: ["systemd"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Systemd.html",
  examples: [
    {
      files: {
        "systemd/app.service": "[Service]\nType=forking\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\n",
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\n",
      },
      finds: ["systemd/app.service:2"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedBy(document.uri)) {
      const starter = instance.start.starter;
      if (starter?.type?.value !== "forking" || !instance.effective.complete) continue;
      if (
        instance.all("daemonize").length > 0 ||
        instance.all("daemonize2").length > 0 ||
        instance.start.command?.args.some((arg) => /^daemonize/.test(arg.name))
      )
        continue;
      yield {
        span: starter.type.at.span,
        message: t`Type=forking, but uWSGI has no daemonize and stays in the foreground: systemd stops it after the start time-out. Use Type=notify with NotifyAccess=all, or simple.`,
        fixes: [
          {
            title: t`Use Type=notify`,
            safe: false,
            edits: [
              {
                uri: document.uri,
                edits: [
                  { span: starter.type.at.span, text: typeLine(document.text.slice(starter.type.at.span.start, starter.type.at.span.end)) },
                ],
              },
            ],
          },
        ],
      };
    }
  },
});

const typeLine = (written: string): string => (written.includes("=") ? "Type=notify\nNotifyAccess=all" : "notify\nNotifyAccess=all");
