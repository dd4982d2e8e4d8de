import { show } from "../../stack/address";
import type { Endpoint } from "../../stack/endpoint";
import { t } from "../../text/l10n";
import { fixes } from "../edits";
import { moveBelowRun } from "../meeting-place";
import { rule } from "../rule";
import { atLink } from "../words";

export const privateTmp = rule({
  id: "private-tmp",
  title: "A socket in /tmp that another service may not see",
  why: "A unit with `PrivateTmp=yes` has a /tmp and /var/tmp of its own. The nginx units of Fedora and RHEL have it. nginx then says `(2: No such file or directory)` although `ls` shows the socket.",
  severity: "info",
  languages: ["uwsgi"],
  link: "https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateTmp=",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = /tmp/app.sock\nchmod-socket = 666\n",
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\nPrivateTmp=yes\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass unix:/tmp/app.sock;\n  }\n}\n",
      },
      finds: ["app.ini:2"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (at?.uri !== document.uri || !isTemporary(endpoint)) continue;
        const links = stack.linksTo(endpoint);
        if (links.length === 0) continue;
        const units = [
          instance.start.starter ?? instance.start.emperor?.start.starter,
          ...stack.starters.filter((starter) => starter.startsNginx),
        ].filter((starter) => starter?.privateTmp?.value === true);
        const [unit] = units;
        const name = show(endpoint.address).split("/").at(-1) ?? "app.sock";
        yield {
          span: at.span,
          severity: unit ? "error" : "info",
          message: unit
            ? t`${unit.name} has PrivateTmp=yes: its /tmp is its own, so nginx never finds ${show(endpoint.address)} (2: No such file or directory). Put the socket below /run.`
            : t`A socket in /tmp breaks as soon as nginx or uWSGI runs with PrivateTmp, as on Fedora and RHEL. Prefer a folder below /run.`,
          related: [
            ...(unit?.privateTmp ? [{ ...unit.privateTmp.at, message: t`PrivateTmp is set here` }] : []),
            ...links.slice(0, 3).flatMap((link) => atLink(link, t`nginx connects here`)),
          ],
          fixes: fixes(moveBelowRun(stack, endpoint, name)),
        };
      }
    }
  },
});

const isTemporary = (endpoint: Endpoint): boolean => endpoint.address.kind === "unix" && /^\/(?:var\/)?tmp\//.test(endpoint.address.path);
