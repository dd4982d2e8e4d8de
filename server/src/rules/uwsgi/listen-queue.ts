import { t } from "../../text/l10n";
import { targetOf } from "../../workspace/known";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Connections: what kernels since 5.4 allow unless set otherwise; older ones 128. */
const USUAL = 4096;

export const listenQueue = rule({
  id: "listen-queue",
  title: "`listen` is greater than the kernel allows",
  why: "On Linux uWSGI exits with `Listen queue size is greater than the system max net.core.somaxconn` when `listen` is above that setting: 4096 on current kernels, 128 before 5.4, for unix sockets too. In a container the setting is the container's own.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["listen"],
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nlisten = 8192\n" }, facts: { system: { somaxconn: 4096 } }, finds: ["app.ini:3"] },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const setting = instance.last("listen");
      const size = instance.number("listen");
      if (setting?.origin?.uri !== document.uri || size === undefined) continue;
      const raised = stack.hosts
        .ofInstance(instance)
        .map((host) => Number(host.container.sysctls.get("net.core.somaxconn")))
        .find((value) => value > 0);
      const most = raised ?? targetOf(workspace, document.uri).somaxconn;
      if (most !== undefined && size > most)
        yield {
          span: setting.origin.span,
          message: t`listen = ${size} is greater than net.core.somaxconn (${most}): uWSGI exits. Lower it, or raise the sysctl.`,
          fixes: fixes(suggest(t`listen = ${most}`, setOption(workspace, setting, setting, "listen", String(most)))),
        };
      else if (most === undefined && size > USUAL)
        yield {
          span: setting.origin.span,
          severity: "info",
          message: t`listen = ${size} needs net.core.somaxconn of at least as much, else uWSGI exits; most kernels have ${USUAL}.`,
        };
    }
  },
});
