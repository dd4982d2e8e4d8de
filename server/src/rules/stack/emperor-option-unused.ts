import { isAppSocket } from "../../stack/endpoint";
import { t } from "../../text/l10n";
import { fixes, inFile, removeLine, replace, suggest } from "../edits";
import { rule } from "../rule";

/** Options that act on requests, sockets or the application: an emperor has none of these. */
const FOR_APPS: ReadonlySet<string> = new Set([
  "chmod-socket",
  "chown-socket",
  "buffer-size",
  "lazy-apps",
  "lazy",
  "enable-threads",
  "threads",
  "harakiri",
  "max-requests",
  "post-buffering",
  "module",
  "wsgi-file",
  "callable",
  "home",
  "virtualenv",
  "venv",
  "pythonpath",
  "need-app",
  "single-interpreter",
  "listen",
  "cheaper",
  "limit-post",
  "static-map",
  "manage-script-name",
  "mount",
  "reload-on-rss",
  "max-worker-lifetime",
]);
const useless = (key: string): string =>
  key === "chmod-socket"
    ? t`chmod-socket here concerns the process of the emperor, which binds no socket of an application; vassals do not inherit it.`
    : t`${key} in the emperor's file acts on the emperor alone; vassals do not inherit it.`;

export const emperorOptionUnused = rule({
  id: "emperor-option-unused",
  title: "An option of the emperor does not reach its vassals",
  why: "Vassals read their own file only. Of the emperor's options they get `uid`, `gid` and `umask` as a process does from its parent, and what `vassal-set`, `vassals-include` and `vassals-inherit` hand down; everything else acts on the emperor alone. Verified with chmod-socket, buffer-size and plugins.",
  severity: "info",
  languages: ["uwsgi"],
  needs: ["emperor"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Emperor.html",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nchmod-socket = 664\n",
        "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.sock\n",
      },
      finds: ["etc/uwsgi/emperor.ini:3"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.isEmperor || !instance.effective.complete || instance.endpoints.some((endpoint) => isAppSocket(endpoint.option)))
        continue;
      for (const setting of instance.effective.settings) {
        const at = setting.origin;
        if (at?.uri !== document.uri) continue;
        if (setting.key === "vassals-default") {
          yield {
            span: at.span,
            severity: "warning",
            message: t`uWSGI has no option vassals-default, and ignores it. vassal-set hands options down.`,
            fixes: fixes(suggest(t`Write vassal-set`, inFile(document.uri, replace(at.span, `vassal-set = ${setting.value}`)))),
          };
          continue;
        }
        if (!FOR_APPS.has(setting.key)) continue;
        const matters = setting.key === "chmod-socket" || setting.key === "chown-socket" || setting.key === "buffer-size";
        yield {
          span: at.span,
          severity: matters ? "warning" : "info",
          message: `${useless(setting.key)} ${t`Write it in the vassal, or hand it down: vassal-set = ${setting.key}=${setting.value}.`}`,
          fixes: fixes(
            suggest(
              t`Hand it down: vassal-set = ${setting.key}=${setting.value}`,
              inFile(document.uri, replace(at.span, `vassal-set = ${setting.key}=${setting.value}`)),
            ),
            suggest(t`Remove it`, inFile(document.uri, removeLine(document, at.span))),
          ),
        };
      }
    }
  },
});
