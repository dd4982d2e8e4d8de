import { t } from "../../text/l10n";
import { baseName, pathOf } from "../../text/uri";
import { rule } from "../rule";

export const baseFileAsVassal = rule({
  id: "base-file-as-vassal",
  title: "A shared file in the vassals' folder is started as a vassal",
  why: "The emperor starts every .ini of its folder. A file that others include and that binds no socket fails (`The -s/--socket option is missing`) and is started again and again. Move it elsewhere or give it another ending.",
  severity: "warning",
  languages: ["uwsgi"],
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
        "etc/uwsgi/vassals/base.ini": "[uwsgi]\nmaster = true\n",
        "etc/uwsgi/vassals/a.ini": "[uwsgi]\nini = /etc/uwsgi/vassals/base.ini\nsocket = /run/uwsgi/a.sock\n",
      },
      finds: ["etc/uwsgi/vassals/base.ini:1"],
    },
  ],
  *check(document, { stack }) {
    const readers = stack.instancesOf(document.uri).filter((instance) => instance.uri !== document.uri && instance.isVassal);
    if (readers.length === 0) return;
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.isVassal || !instance.effective.complete || instance.endpoints.length > 0) continue;
      if (
        ["module", "wsgi-file", "mule", "cron", "attach-daemon", "spooler", "emperor", "http"].some((key) => instance.all(key).length > 0)
      )
        continue;
      const first = document.all[0]?.directive;
      yield {
        span: first?.name.span ?? { start: 0, end: 0 },
        message: t`The emperor starts ${baseName(pathOf(document.uri))} as a vassal too, and it fails again and again: it binds nothing. Move it out of the folder.`,
        related: readers.slice(0, 2).map((reader) => ({ uri: reader.uri, span: { start: 0, end: 0 }, message: t`reads it in` })),
      };
    }
  },
});
