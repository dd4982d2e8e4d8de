import { isRoot } from "../../stack/access";
import { identityOf, socketSetup } from "../../stack/access-setup";
import { show } from "../../stack/address";
import type { Endpoint } from "../../stack/endpoint";
import type { Instance } from "../../stack/instance";
import { bind } from "../../stack/permission";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { targetOf } from "../../workspace/known";
import { fixes, inFile, insertLine, replace, suggest } from "../edits";
import { runtimeFolder } from "../meeting-place";
import { setOption } from "../option-edits";
import { type Fix, rule } from "../rule";

export const bindDenied = rule({
  id: "bind-denied",
  title: "uWSGI may not create its socket there",
  why: "uWSGI drops to `uid` before it binds, unless `chown-socket` is set, and never creates the folder of a socket. In a folder of root it exits with `bind(): Permission denied`, in a missing one with `bind(): No such file or directory`. Giving a socket away with `chown-socket` needs root: otherwise `chown(): Operation not permitted`.",
  severity: "error",
  languages: ["uwsgi"],
  examples: [
    {
      files: {
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\n",
        "app.ini": "[uwsgi]\nuid = www-data\ngid = www-data\nsocket = /run/app.sock\n",
      },
      finds: ["app.ini:4"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.start.certain) continue;
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (
          at?.uri !== document.uri ||
          endpoint.address.kind !== "unix" ||
          endpoint.address.relative ||
          instance.flag("abstract-socket") === true
        )
          continue;
        const folder = endpoint.address.path.slice(0, endpoint.address.path.lastIndexOf("/")) || "/";
        const setup = socketSetup(stack, endpoint);
        const binding = bind(setup);
        if (binding.message?.endsWith("No such file or directory")) {
          yield {
            span: at.span,
            message: t`The folder ${folder} does not exist, and uWSGI does not create it: bind(): No such file or directory. Create it before uWSGI starts.`,
            fixes: madeBy(stack, instance, endpoint, folder),
          };
          continue;
        }
        if (binding.binds !== "no" || !binding.message || /chmod|tyrant|set[ug]id|setgroups/.test(binding.message)) continue;
        const sure = setup.sure || instance.all("uid").length > 0;
        const { user } = binding.identity;
        const who = user ?? t`its user`;
        const rootFirst = isRoot(setup.start) === "no" ? "" : t`With chown-socket it would bind as root first.`;
        const why = binding.message.startsWith("chown")
          ? t`uWSGI starts as ${who} and only root may give the socket to ${setup.chown ?? t`others`}: ${binding.message}, and it exits.`
          : `${t`uWSGI is ${who} when it binds ${show(endpoint.address)}, and may not write in ${binding.obstacle?.path ?? folder}: ${binding.message}.`} ${rootFirst}`;
        const chown = instance.last("chown-socket");
        const all = binding.message.startsWith("chown")
          ? fixes(
              chown?.origin &&
                suggest(
                  t`Remove chown-socket and set chmod-socket = 666`,
                  setOption(stack.workspace, instance.last("chmod-socket"), endpoint.setting, "chmod-socket", "666"),
                  removeSetting(stack, chown),
                ),
            )
          : ways(stack, instance, endpoint, user, folder);
        yield {
          span: (binding.message.startsWith("chown") ? chown?.origin?.uri === document.uri && chown.origin.span : undefined) || at.span,
          message: why.trim(),
          severity: sure ? "error" : "warning",
          fixes: all,
        };
      }
    }
  },
});

function removeSetting(stack: Stack, setting: { readonly origin: { uri: string; span: { start: number; end: number } } | undefined }) {
  const document = setting.origin && stack.workspace.get(setting.origin.uri);
  if (!document || !setting.origin) return undefined;
  const { lines } = document;
  const line = lines.line(setting.origin.span.start);
  return inFile(document.uri, replace({ start: lines.start(line), end: Math.min(document.text.length, lines.end(line) + 1) }, ""));
}

function ways(stack: Stack, instance: Instance, endpoint: Endpoint, user: string | undefined, folder: string): readonly Fix[] {
  const canChown = mayBeRoot(stack, endpoint);
  const target = targetOf(stack.workspace, instance.uri);
  const owner = user !== undefined && identityOf(target, user).group ? `${user}:${target.nginxUser ?? "www-data"}` : user;
  return fixes(
    canChown &&
      owner !== undefined &&
      suggest(
        t`Bind as root first: chown-socket = ${owner}`,
        setOption(stack.workspace, instance.last("chown-socket"), endpoint.setting, "chown-socket", owner),
      ),
    ...(folder === "/run"
      ? [runtimeFolder(stack, endpoint, show(endpoint.address).split("/").at(-1) ?? "app.sock")]
      : madeBy(stack, instance, endpoint, folder)),
  );
}

/** A tyrant's vassal starts as the owner of its file. */
function mayBeRoot(stack: Stack, endpoint: Endpoint): boolean {
  const { start, tyrant } = socketSetup(stack, endpoint);
  return tyrant === undefined && isRoot(start) !== "no";
}

/** Fixes that let somebody make the folder before uWSGI starts. */
export function madeBy(stack: Stack, instance: Instance, endpoint: Endpoint, folder: string): readonly Fix[] {
  const starter = instance.start.starter ?? instance.start.emperor?.start.starter;
  const user = instance.text("uid") ?? starter?.user?.value ?? "www-data";
  const group = instance.text("gid") ?? starter?.group?.value ?? user;
  const unit = starter?.kind === "systemd" ? stack.workspace.get(starter.uri) : undefined;
  const runtime = /^\/run\/([\w.-]+)$/.exec(folder)?.[1];
  const command = starter?.commands[0]?.at.span ?? starter?.at.span;
  const name = runtime ?? (folder.split("/").filter(Boolean).join("-") || "uwsgi");
  const mine = starter?.user === undefined && user !== "root" ? `\nExecStartPre=/bin/chown ${user}:${group} /run/${runtime}` : "";
  return fixes(
    unit &&
      runtime !== undefined &&
      command &&
      suggest(
        t`RuntimeDirectory=${runtime} in ${starter?.name ?? ""}`,
        inFile(unit.uri, insertLine(unit, command, `RuntimeDirectory=${runtime}${mine}`)),
      ),
    runtime !== undefined &&
      suggest(
        t`Create it at boot with tmpfiles.d (new file, goes to /etc/tmpfiles.d/${name}.conf)`,
        inFile(tmpfilesUri(stack, unit?.uri ?? instance.uri, name), replace({ start: 0, end: 0 }, `d ${folder} 0755 ${user} ${group} -\n`)),
      ),
    mayBeRoot(stack, endpoint) &&
      endpoint.setting.origin !== undefined &&
      suggest(
        t`Create it before uWSGI binds: exec-as-root = install -d -o ${user} -g ${group} ${folder}`,
        setOption(stack.workspace, undefined, endpoint.setting, "exec-as-root", `install -d -o ${user} -g ${group} ${folder}`),
      ),
  );
}

/** In the workspace's image of /etc if there is one, else beside the unit or the ini: a folder that is there, whatever the layout. */
function tmpfilesUri(stack: Stack, near: string, name: string): string {
  const path = stack.workspace.paths.deployed(near);
  if (path !== undefined && near.endsWith(path)) return `${near.slice(0, -path.length)}/etc/tmpfiles.d/${name}.conf`;
  return `${near.replace(/\/[^/]*$/, "")}/tmpfiles-${name}.conf`;
}
