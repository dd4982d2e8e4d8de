import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const noWorkers = rule({
  id: "no-workers",
  title: "No worker at all",
  why: "`processes` is read like a number in C: `auto`, `true` or anything that does not begin with a digit is 0, and uWSGI runs with no worker: requests hang until nginx says 504. `%k` is the number of processors.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["processes"],
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nprocesses = auto\n" }, finds: ["app.ini:3"] }],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const setting = instance.last("processes");
      if (
        setting?.origin?.uri !== document.uri ||
        setting.holes.length > 0 ||
        !setting.certain ||
        instance.isEmperor ||
        instance.all("cheaper").length > 0
      )
        continue;
      if (/^\s*[+]?0*[1-9]/.test(setting.value) || setting.value.startsWith("-")) continue;
      yield {
        span: setting.origin.span,
        message: t`uWSGI reads "${setting.value}" as 0: no worker is started and every request hangs until 504. Write a number, or %k for one worker per processor.`,
        fixes: fixes(suggest(t`Write %k`, setOption(workspace, setting, setting, setting.key, "%k"))),
      };
    }
  },
});
