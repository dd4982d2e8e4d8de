import { t } from "../../text/l10n";
import { rule } from "../rule";

export const vacuumDenied = rule({
  id: "vacuum-denied",
  title: "vacuum may not remove the socket",
  why: "A socket directly in /run is bound while uWSGI is still root; at the end it is `uid`, which may not write there: `unlink(): Permission denied`. It does no harm but leaves the file behind. A folder of its own for the socket cures it.",
  severity: "hint",
  languages: ["uwsgi"],
  needs: ["vacuum"],
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nuid = www-data\ngid = www-data\nchown-socket = www-data\nsocket = /run/app.sock\nvacuum = true\n" },
      finds: ["app.ini:6"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const vacuum = instance.last("vacuum");
      const uid = instance.text("uid");
      if (
        vacuum?.origin?.uri !== document.uri ||
        instance.flag("vacuum") !== true ||
        uid === undefined ||
        uid === "root" ||
        instance.flag("master-as-root") === true
      )
        continue;
      const direct = instance.endpoints.find(
        (endpoint) => endpoint.address.kind === "unix" && /^\/run\/[^/]+$/.test(endpoint.address.path),
      );
      if (direct)
        yield {
          span: vacuum.origin.span,
          message: t`${uid} may not remove the socket from /run at the end: unlink(): Permission denied. Give the socket a folder of its own.`,
        };
    }
  },
});
