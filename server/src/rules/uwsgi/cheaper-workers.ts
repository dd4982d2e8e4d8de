import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const cheaperWorkers = rule({
  id: "cheaper-workers",
  title: "`cheaper` must be lower than `processes`",
  why: "`cheaper` is the least number of workers, `processes` the most. uWSGI exits with `invalid cheaper value: must be lower than processes` when it is not lower. Either may come from the environment: images set UWSGI_CHEAPER and UWSGI_PROCESSES.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["cheaper"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Cheaper.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nprocesses = 2\ncheaper = 2\n" }, finds: ["app.ini:4"] }],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const cheaper = instance.last("cheaper");
      const least = instance.number("cheaper");
      const workers = instance.last("processes");
      const most = workers ? instance.number("processes") : instance.effective.complete ? 1 : undefined;
      if (!cheaper || !least || least < 1 || most === undefined || least < most) continue;
      const at = cheaper.origin?.uri === document.uri ? cheaper.origin : workers?.origin?.uri === document.uri ? workers.origin : undefined;
      if (!at) continue;
      const isHere = cheaper.origin?.uri === document.uri;
      const fallback = Math.max(1, most - 1);
      yield {
        span: at.span,
        severity: isHere ? "error" : "warning",
        message: isHere
          ? t`cheaper = ${least} is not lower than processes = ${most}: uWSGI exits (invalid cheaper value: must be lower than processes).`
          : t`cheaper = ${least} (UWSGI_CHEAPER in the environment) is not lower than processes = ${most}: uWSGI exits (invalid cheaper value: must be lower than processes).`,
        related: !cheaper.origin || isHere ? [] : [{ ...cheaper.origin, message: t`set here` }],
        fixes: fixes(
          isHere && most > 1 && suggest(t`cheaper = ${fallback}`, setOption(workspace, cheaper, cheaper, "cheaper", String(fallback))),
          workers && suggest(t`processes = ${least * 2}`, setOption(workspace, workers, workers, workers.key, String(least * 2))),
          !workers && suggest(t`processes = ${least * 2}`, setOption(workspace, undefined, cheaper, "processes", String(least * 2))),
        ),
      };
    }
  },
});
