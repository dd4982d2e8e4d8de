import { every, may } from "../../stack/access";
import { directoriesOf, runIdentity } from "../../stack/access-setup";
import { t } from "../../text/l10n";
import { machinePath } from "../../workspace/paths";
import { fixes, inFile, replace, suggest } from "../edits";
import { removeOption } from "../option-edits";
import { rule } from "../rule";

/** Files written once uid and gid count, by the option that is written before. */
const AFTER: Readonly<Record<string, string | undefined>> = { pidfile2: "pidfile", logto2: "logto" };

export const writtenAfterDrop = rule({
  id: "written-after-drop",
  title: "A file that uWSGI may no longer write",
  why: "`pidfile` and `logto` are opened as root, `pidfile2` and `logto2` after uWSGI became `uid`: in a folder of root it then exits with `Permission denied`, and nginx finds a dead socket.",
  severity: "error",
  languages: ["uwsgi"],
  needs: Object.keys(AFTER),
  examples: [
    {
      files: {
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\n",
        "app.ini": "[uwsgi]\nuid = www-data\ngid = www-data\nsocket = :3031\npidfile2 = /run/app.pid\n",
      },
      finds: ["app.ini:5"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.start.certain) continue;
      const who = runIdentity(stack, instance);
      for (const [key, before] of Object.entries(AFTER)) {
        const setting = instance.last(key);
        const at = setting?.origin;
        const path = instance.text(key);
        if (at?.uri !== document.uri || path === undefined || !path.startsWith("/")) continue;
        const folders = directoriesOf(stack, { kind: "unix", path: machinePath(path), relative: false }, instance);
        const last = folders.at(-1);
        if (!last || folders.some((folder) => folder.exists === false)) continue;
        if (every([...folders.map((folder) => may(who, "search", folder).answer), may(who, "write", last).answer]) !== "no") continue;
        const name = setting?.keyOrigin;
        yield {
          span: at.span,
          message: t`uWSGI is ${who.user ?? t`no longer root`} when it writes ${path}, and may not write in ${last.path}: it exits (Permission denied).`,
          fixes: fixes(
            before !== undefined &&
              name &&
              suggest(t`Use ${before}, which is written as root`, inFile(name.uri, replace(name.span, before))),
            suggest(t`Remove it`, removeOption(document, at.span)),
          ),
        };
      }
    }
  },
});
