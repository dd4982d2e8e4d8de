import { isRoot } from "../../stack/access";
import { startIdentity } from "../../stack/access-setup";
import type { Endpoint } from "../../stack/endpoint";
import { isAppSocket } from "../../stack/endpoint";
import type { Instance } from "../../stack/instance";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import type { Workspace } from "../../workspace/workspace";
import { COMMANDS } from "../deployed";
import { fixes, inFile, replace, suggest } from "../edits";
import { startedIn } from "../evaluated";
import { setOption } from "../option-edits";
import { type FileEdit, rule } from "../rule";

export const privilegedPort = rule({
  id: "privileged-port",
  title: "A port below 1024 after root is given up",
  why: "uWSGI becomes `uid` before it binds, and only root may bind ports below 1024: `bind(): Permission denied`, and it exits. `chown-socket` delays the change of user, `shared-socket` and `cap = net_bind_service` keep the right; or take a high port and let nginx have the low one.",
  severity: "error",
  languages: ["uwsgi", ...COMMANDS],
  examples: [
    { files: { "app.ini": "[uwsgi]\nuid = www-data\ngid = www-data\nsocket = 127.0.0.1:808\n" }, finds: ["app.ini:4"] },
    {
      title: "On a command line; systemd may leave the right",
      files: {
        "a.service": "[Service]\nUser=www-data\nExecStart=/usr/bin/uwsgi --http-socket :80 --module shop\nKillSignal=SIGQUIT\n",
        "b.service":
          "[Service]\nUser=www-data\nAmbientCapabilities=CAP_NET_BIND_SERVICE\nExecStart=/usr/bin/uwsgi --http-socket :81 --module shop\nKillSignal=SIGQUIT\n",
      },
      finds: ["a.service:3"],
    },
  ],
  *check(document, context) {
    const { workspace, stack } = context;
    for (const instance of startedIn(document, context)) {
      if (!instance.start.certain || stack.hosts.ofInstance(instance).length > 0 || instance.start.starter?.kind === "dockerfile") continue;
      if (keepsRight(workspace, instance)) continue;
      const { who, sure } = startIdentity(stack, instance);
      const uid = instance.text("uid");
      const drops = uid !== undefined && uid !== "root" && instance.all("chown-socket").length === 0;
      const notRoot = sure && isRoot(who) === "no";
      if (!drops && !notRoot) continue;
      if (["cap", "master-as-root", "drop-after-init", "drop-after-apps", "shared-socket"].some((key) => instance.all(key).length > 0))
        continue;
      for (const endpoint of instance.endpoints) {
        const { address } = endpoint;
        const at = endpoint.setting.origin;
        if (
          at?.uri !== document.uri ||
          address.kind !== "tcp" ||
          address.port === 0 ||
          address.port >= 1024 ||
          // Routers bind before root is given up.
          !(notRoot || isAppSocket(endpoint.option))
        )
          continue;
        const high = `${address.host}:${address.port + 8000}`;
        yield {
          span: at.span,
          severity: instance.start.starter?.kind === "systemd" ? "error" : "warning",
          message: t`uWSGI is ${(notRoot ? who.user : uid) ?? ""} when it binds port ${address.port}, and ports below 1024 are for root: bind(): Permission denied. Take a port from 1024 on.`,
          fixes: fixes(
            suggest(
              t`Use port ${address.port + 8000} on both sides`,
              setOption(workspace, endpoint.setting, endpoint.setting, endpoint.option, high),
              ...followers(stack, endpoint, high),
            ),
          ),
        };
      }
    }
  },
});

/** systemd can leave the one right of root that this takes. */
const keepsRight = (workspace: Workspace, { start }: Instance): boolean =>
  [start.starter, start.emperor?.start.starter].some(
    (starter) => starter && workspace.get(starter.uri)?.text.includes("CAP_NET_BIND_SERVICE"),
  );

function followers(stack: Stack, endpoint: Endpoint, address: string): readonly FileEdit[] {
  const connections = new Map(
    stack.linksTo(endpoint).map(({ connection }) => [`${connection.document.uri}:${connection.span.start}`, connection]),
  );
  const to = address.startsWith(":") ? `127.0.0.1${address}` : address;
  return [...connections.values()].map(({ document, span }) => inFile(document.uri, replace(span, to)));
}
