import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

export const vassalIncludeOverrides = rule({
  id: "vassal-include-overrides",
  title: "`vassals-include` comes after the vassal's own options and wins",
  why: "The emperor hands a vassal `--include FILE` behind its own file: for options where the last one counts, the shared file overrides the vassal. `vassals-include-before` comes first and gives defaults. `%n` in the shared file is the name of that file.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Emperor.html",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nvassals-include = /etc/uwsgi/defaults.ini\n",
        "etc/uwsgi/defaults.ini": "[uwsgi]\nprocesses = 2\n",
        "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.sock\nprocesses = 8\n",
      },
      finds: ["etc/uwsgi/vassals/a.ini:3", "etc/uwsgi/emperor.ini:3"],
    },
  ],
  *check(document, { stack }) {
    if (stack.emperors.every((emperor) => emperor.all("vassals-include").length === 0)) return;
    const mine = stack.startedFrom(document.uri);
    for (const instance of [...mine, ...mine.flatMap((emperor) => stack.vassalsOf(emperor))]) {
      const { emperor } = instance.start;
      const line = emperor?.last("vassals-include");
      if (!emperor || !line?.origin) continue;
      for (const setting of instance.effective.settings) {
        if (setting.origin?.uri !== instance.uri || optionOf(setting.key)?.combine !== "last") continue;
        const last = instance.last(setting.key);
        if (!last?.origin || last === setting || last.origin.uri === instance.uri || last.value === setting.value) continue;
        const name = line.keyOrigin;
        const all = fixes(name && suggest(t`Use vassals-include-before`, inFile(name.uri, replace(name.span, "vassals-include-before"))));
        if (instance.uri === document.uri)
          yield {
            span: setting.origin.span,
            message: t`${setting.key} = ${setting.value} has no effect: the file that the emperor includes afterwards sets ${last.value}.`,
            related: [{ ...last.origin, message: t`this one wins` }],
            fixes: all,
          };
        if (line.origin.uri === document.uri)
          yield {
            span: line.origin.span,
            message: t`vassals-include is read after the vassals and overrides what they set (${setting.key} and maybe more). For defaults use vassals-include-before.`,
            related: [{ ...setting.origin, message: t`overridden here` }],
            fixes: all,
          };
      }
    }
  },
});
