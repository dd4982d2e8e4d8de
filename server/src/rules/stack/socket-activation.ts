import { show, uwsgiAddress } from "../../stack/address";
import { isAppSocket } from "../../stack/endpoint";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { removeOption } from "../option-edits";
import { rule } from "../rule";

export const socketActivation = rule({
  id: "socket-activation",
  title: "A socket unit and a socket of uWSGI's own",
  why: "With a .socket unit systemd binds the address and hands it over. If `socket` names another address, the handed one is never served; if it names the same one, `vacuum` or a reload unlinks what systemd holds.",
  severity: "info",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Systemd.html",
  examples: [
    {
      files: {
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\nKillSignal=SIGQUIT\n",
        "systemd/app.socket": "[Socket]\nListenStream=/run/app.sock\n",
        "app.ini": "[uwsgi]\nsocket = /run/app.sock\nvacuum = true\n",
      },
      finds: ["app.ini:2"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const starter = instance.start.starter;
      if (starter?.kind !== "systemd") continue;
      const unit = starter.name.replace(/\.service$/, "");
      const sockets = units(stack).get(unit) ?? [];
      const [listen] = sockets;
      if (!listen) continue;
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (at?.uri !== document.uri || !isAppSocket(endpoint.option) || endpoint.address.kind === "inherited") continue;
        const same = show(uwsgiAddress(listen.value, [])) === show(endpoint.address);
        yield {
          span: at.span,
          message: same
            ? t`systemd binds ${listen.value} for this unit; a socket of uWSGI's own takes it over, and vacuum or a reload removes it.`
            : t`systemd hands ${listen.value} over, but uWSGI binds ${show(endpoint.address)}: the activation is never used.`,
          related: [{ ...listen.at, message: t`systemd listens here` }],
          fixes: fixes(same && suggest(t`Remove the line`, removeOption(document, at.span))),
        };
      }
    }
  },
});

const UNITS = {};

/** The sockets of systemd's units, by the name of the unit without its ending. */
function units({ workspace, starters }: Stack) {
  const listening = () => {
    const byName = Map.groupBy(starters, (one) => (one.kind === "systemd" ? one.name.replace(/\.socket$/, "") : ""));
    return new Map([...byName].map(([name, all]) => [name, all.flatMap((one) => one.listens)]));
  };
  return workspace.derive(UNITS, listening, starters);
}
