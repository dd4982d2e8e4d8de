import type { Endpoint } from "../../stack/endpoint";
import type { Instance } from "../../stack/instance";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { isMissing, pathFacts, targetOf } from "../../workspace/known";
import { machinePath } from "../../workspace/paths";
import { rule } from "../rule";
import { madeBy } from "./bind-denied";

export const runtimeFolderNotMade = rule({
  id: "runtime-folder-not-made",
  title: "Nothing creates the folder of the socket at boot",
  why: "/run (and /var/run, a link to it) is a tmpfs: a folder made there by hand is gone after a reboot, and uWSGI does not create it: `bind(): No such file or directory`. `RuntimeDirectory=` in the unit, an entry of tmpfiles.d or an @reboot line makes it anew.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html",
  examples: [
    {
      files: {
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\nUser=www-data\nKillSignal=SIGQUIT\n",
        "app.ini": "[uwsgi]\nsocket = /run/app/app.sock\n",
      },
      finds: ["app.ini:2"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const starter = instance.start.starter ?? instance.start.emperor?.start.starter;
      if (starter?.kind !== "systemd" || !instance.start.certain) continue;
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        const folder = runFolder(endpoint);
        if (at?.uri !== document.uri || folder === undefined || isMade(stack, instance, folder)) continue;
        yield {
          span: at.span,
          message: t`${folder} is on a tmpfs and nothing here creates it at boot: after a reboot uWSGI says bind(): No such file or directory.`,
          related: [{ uri: starter.uri, span: starter.at.span, message: t`started by this unit` }],
          fixes: madeBy(stack, instance, endpoint, folder),
        };
      }
    }
  },
});

function runFolder(endpoint: Endpoint): string | undefined {
  if (endpoint.address.kind !== "unix" || endpoint.address.relative) return undefined;
  return /^\/run\/[^/]+(?=\/)/.exec(endpoint.address.path)?.[0];
}

const MADE = {};

/** Folders of /run that units, images and tmpfiles.d make, or make something in. */
function madeBelowRun({ workspace, deployments, starters, folders }: Stack): ReadonlySet<string> {
  const made = (): ReadonlySet<string> => {
    const paths = [...starters.flatMap((starter) => starter.makes.map((one) => one.value)), ...folders.map((one) => one.path)];
    return new Set(paths.map((path) => machinePath(path).split("/").slice(0, 3).join("/")));
  };
  return workspace.derive(MADE, made, deployments);
}

function isMade(stack: Stack, instance: Instance, folder: string): boolean {
  const target = targetOf(stack.workspace, instance.uri);
  if (folder === "/run/lock" || folder === "/run/user" || folder === "/run/shm" || isMissing(target, folder) || pathFacts(target, folder))
    return true;
  if (madeBelowRun(stack).has(folder)) return true;
  const commands = [
    "exec-asap",
    "exec-pre-jail",
    "exec-post-jail",
    "exec-as-root",
    "exec-in-jail",
    "hook-asap",
    "hook-as-root",
    "hook-pre-jail",
    "exec-pre-app",
  ];
  const settings = [...instance.effective.settings, ...(instance.start.emperor?.effective.settings ?? [])];
  return settings.some((setting) => commands.includes(setting.key) && /mkdir|install|exec:/.test(setting.value));
}
