import { type Address, isAnyHost, isIp, uwsgiAddress } from "../../stack/address";
import { isAppSocket } from "../../stack/endpoint";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { removeOption } from "../option-edits";
import { rule } from "../rule";

export const socketActivation = rule({
  id: "socket-activation",
  title: "A port is bound by systemd and once more by uWSGI",
  why: "What a .socket unit has bound is handed over, and uWSGI serves it beside sockets of its own. A port that `socket` names too is left to systemd only where both write it alike; else uWSGI binds it a second time, says `bind(): Address already in use` and exits. `ListenStream=3031` means `[::]:3031`, so `socket = :3031` is another one. Tried on uWSGI 2.0.21.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Systemd.html",
  examples: [
    {
      files: {
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\nKillSignal=SIGQUIT\n",
        "systemd/app.socket": "[Socket]\nListenStream=3031\n",
        "app.ini": "[uwsgi]\nsocket = :3031\n",
      },
      finds: ["app.ini:2"],
    },
    {
      title: "The same path is left to systemd, another one is served as well",
      files: {
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\nKillSignal=SIGQUIT\n",
        "systemd/app.socket": "[Socket]\nListenStream=/run/app.sock\nListenStream=127.0.0.1:3031\n",
        "app.ini": "[uwsgi]\nsocket = /run/app.sock\nsocket = /run/other.sock\nsocket = 127.0.0.1:3031\nsocket = 127.0.0.2:3031\n",
      },
      finds: [],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const starter = instance.start.starter;
      if (starter?.kind !== "systemd") continue;
      const listens = units(stack).get(starter.name.replace(/\.service$/, "")) ?? [];
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (at?.uri !== document.uri || !isAppSocket(endpoint.option)) continue;
        const listen = listens.find(({ value }) => collides(value, endpoint.address, endpoint.setting.value));
        // Where systemd keeps IPv6 to itself, the port is free for IPv4.
        if (!listen || stack.workspace.get(listen.at.uri)?.text.includes("BindIPv6Only")) continue;
        yield {
          span: at.span,
          message: t`systemd has bound ${listen.value} for this unit, and uWSGI binds ${endpoint.setting.value} once more: "Address already in use", and it exits. It serves what systemd hands over without this line.`,
          related: [{ ...listen.at, message: t`systemd listens here` }],
          fixes: fixes(suggest(t`Remove the line`, removeOption(document, at.span))),
        };
      }
    }
  },
});

/** Whether uWSGI takes an address for another one than what it was handed, though the port is taken. */
function collides(listen: string, own: Address, written: string): boolean {
  const handed = uwsgiAddress(/^\d+$/.test(listen) ? `[::]:${listen}` : listen, []);
  if (handed.kind !== "tcp" || own.kind !== "tcp" || handed.port !== own.port) return false;
  const isV6 = handed.host.includes(":");
  const name = isV6 ? `[${handed.host}]` : isAnyHost(handed.host) ? "" : handed.host;
  if (written === `${name}:${handed.port}` || (!isAnyHost(own.host) && !isIp(own.host))) return false;
  if (isV6) return handed.host === "::" && !own.host.includes(":");
  return !own.host.includes(":") && (isAnyHost(handed.host) || isAnyHost(own.host) || handed.host === own.host);
}

const UNITS = {};

/** The sockets of systemd's units, by the name of the unit without its ending. */
function units({ workspace, starters }: Stack) {
  const listening = () => {
    const byName = Map.groupBy(starters, (one) => (one.kind === "systemd" ? one.name.replace(/\.socket$/, "") : ""));
    return new Map([...byName].map(([name, all]) => [name, all.flatMap((one) => one.listens)]));
  };
  return workspace.derive(UNITS, listening, starters);
}
