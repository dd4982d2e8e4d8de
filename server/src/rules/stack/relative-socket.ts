import type { Link } from "../../stack/links";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { baseName } from "../../text/uri";
import { fixes, suggest } from "../edits";
import { mayBind } from "../meeting-place";
import { setOption } from "../option-edits";
import { rule } from "../rule";
import { atLink } from "../words";

export const relativeSocket = rule({
  id: "relative-socket",
  title: "A relative socket path depends on where uWSGI starts",
  why: "A relative path is created in `chdir` if that is set, else where the process starts: `/` under systemd without WorkingDirectory, the vassals' folder under an emperor. It never is the folder of the ini file. nginx needs an absolute path, and does not find it elsewhere: (2: No such file or directory).",
  severity: "info",
  languages: ["uwsgi"],
  examples: [
    {
      files: {
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\nKillSignal=SIGQUIT\n",
        "app.ini": "[uwsgi]\nsocket = run/app.sock\n",
        "nginx/app.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass unix:/srv/app/run/app.sock;\n  }\n}\n",
      },
      finds: ["app.ini:2"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (
          at?.uri !== document.uri ||
          endpoint.address.kind !== "unix" ||
          endpoint.setting.value.startsWith("/") ||
          endpoint.setting.holes.length > 0 ||
          !instance.start.certain
        )
          continue;
        if (instance.all("chdir").length > 0 && instance.socketBase !== undefined) continue;
        const ending = `/${endpoint.setting.value.replace(/^\.\//, "")}`;
        const wanted = linksNamed(stack, baseName(ending)).find(
          ({ connection: { address } }) => address.kind === "unix" && address.path.endsWith(ending),
        );
        const target = wanted?.connection.address;
        const elsewhere = !endpoint.address.relative && target?.kind === "unix" && target.path !== endpoint.address.path;
        if (!elsewhere && !endpoint.address.relative) continue;
        const right = target?.kind === "unix" ? target.path : undefined;
        yield {
          span: at.span,
          severity: elsewhere ? "error" : "info",
          message: elsewhere
            ? t`There is neither chdir nor a working directory that leads there: the socket is ${endpoint.address.path}, and nginx looks for ${right ?? ""}.`
            : t`A relative socket is created where uWSGI starts, or in chdir: not beside this file. Write the absolute path.`,
          related: wanted ? atLink(wanted, t`nginx connects here`) : [],
          fixes: fixes(
            right !== undefined &&
              mayBind(stack, endpoint, right) !== "no" &&
              suggest(t`Write ${right}`, setOption(workspace, endpoint.setting, endpoint.setting, endpoint.option, right)),
          ),
        };
      }
    }
  },
});

const BY_NAME = {};

/** Links to a socket of this name in whatever folder. */
function linksNamed({ workspace, links }: Stack, name: string): readonly Link[] {
  const nameOf = ({ connection: { address } }: Link): string => (address.kind === "unix" ? baseName(address.path) : "");
  return workspace.derive(BY_NAME, () => Map.groupBy(links, nameOf), links).get(name) ?? [];
}
