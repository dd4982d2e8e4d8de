import { nearNames } from "../../facts/near";
import { madeFor } from "../../stack/access-setup";
import type { Instance } from "../../stack/instance";
import { t } from "../../text/l10n";
import { baseName, folderOf, joinPath } from "../../text/uri";
import type { Setting } from "../../workspace/effective";
import { isMissing, pathFacts, targetOf } from "../../workspace/known";
import type { Target } from "../../workspace/target";
import type { Workspace } from "../../workspace/workspace";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Options whose path, or whose folder, must be there; what happens otherwise. */
const PATHS: Readonly<
  Record<string, { readonly what: "itself" | "folder"; readonly symptom: () => string; readonly relative?: "chdir" | "start" }>
> = {
  home: { what: "itself", symptom: () => t`Python finds no modules (No module named encodings) and uWSGI exits`, relative: "chdir" },
  chdir: { what: "itself", symptom: () => t`chdir(): No such file or directory, and uWSGI exits` },
  "wsgi-file": { what: "itself", symptom: () => t`failed to open python file: no application is loaded` },
  logto: { what: "folder", symptom: () => t`open(): No such file or directory, and uWSGI exits before it binds` },
  logto2: { what: "folder", symptom: () => t`open(): No such file or directory, and uWSGI exits` },
  daemonize: { what: "folder", symptom: () => t`open(): No such file or directory, and uWSGI exits` },
  pidfile: { what: "folder", symptom: () => t`the file cannot be written and uWSGI exits` },
  pidfile2: { what: "folder", symptom: () => t`the file cannot be written and uWSGI exits` },
  "safe-pidfile": { what: "folder", symptom: () => t`the file cannot be written` },
  spooler: { what: "itself", symptom: () => t`uWSGI exits` },
};

const ENTRIES = Object.entries(PATHS);

export const missingPath = rule({
  id: "missing-path",
  title: "A path that is not there",
  why: "uWSGI creates no folders: a missing log folder, working directory or virtual environment ends it at start, and nginx then finds no socket. Reported where the facts of the target say that the path is missing. A relative virtual environment is looked for where uWSGI starts.",
  severity: "error",
  languages: ["uwsgi"],
  needs: Object.keys(PATHS),
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nlogto = /var/log/uwsgi/app.log\n" },
      facts: { system: { missing: ["/var/log/uwsgi"] } },
      finds: ["app.ini:3"],
    },
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = :3031\nhome = venv\n",
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\nKillSignal=SIGQUIT\n",
      },
      finds: ["app.ini:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    const target = targetOf(workspace, document.uri);
    for (const instance of stack.startedFrom(document.uri)) {
      for (const [key, { what, symptom }] of ENTRIES) {
        for (const setting of instance.all(key)) {
          const at = setting.origin;
          if (
            at?.uri !== document.uri ||
            setting.holes.length > 0 ||
            !setting.certain ||
            setting.value === "" ||
            (what === "folder" && setting.value.includes(":"))
          )
            continue;
          const path = absolute(instance, setting, key);
          if (path === undefined) continue;
          const wanted = what === "folder" ? path.slice(0, path.lastIndexOf("/")) || "/" : path;
          if (isMissing(target, wanted) && !isMade(instance, wanted) && !madeFor(stack, instance, wanted)) {
            const other =
              key === "home" ? nearVenv(target, wanted) : (besideIni(workspace, document.uri, setting) ?? nearPath(workspace, wanted));
            yield {
              span: at.span,
              message: t`${wanted} does not exist: ${symptom()}. Create it, or correct the path.`,
              fixes: fixes(
                other !== undefined && suggest(t`Write ${other}`, setOption(workspace, setting, setting, setting.key, other)),
                what === "folder" &&
                  suggest(
                    t`Create it at start: exec-asap = mkdir -p ${wanted}`,
                    setOption(workspace, undefined, setting, "exec-asap", `mkdir -p ${wanted}`),
                  ),
              ),
            };
            continue;
          }
          if (key !== "home") continue;
          if (pathFacts(target, wanted)?.type === "file" || /\/bin\/(?:python[\d.]*|activate)?\/?$/.test(wanted))
            yield {
              span: at.span,
              message: t`${setting.key} takes the folder of the virtual environment, not a file in it: write ${wanted.replace(/\/bin(?:\/.*)?$/, "")}.`,
              fixes: fixes(
                suggest(
                  t`Write ${wanted.replace(/\/bin(?:\/.*)?$/, "")}`,
                  setOption(workspace, setting, setting, setting.key, wanted.replace(/\/bin(?:\/.*)?$/, "")),
                ),
              ),
            };
          else if (isLost(instance, setting))
            yield {
              span: at.span,
              message:
                instance.start.starter?.kind === "systemd"
                  ? t`A relative virtual environment is looked for where uWSGI starts; systemd starts it in / it means ${wanted}. Write the absolute path.`
                  : t`A relative virtual environment is looked for where uWSGI starts; there it means ${wanted}. Write the absolute path.`,
              related: instance.start.starter
                ? [
                    {
                      uri: instance.start.starter.uri,
                      span: instance.start.starter.at.span,
                      message: t`started here, without WorkingDirectory`,
                    },
                  ]
                : [],
              fixes: venvFix(instance, setting),
            };
        }
      }
    }

    function venvFix(instance: Instance, setting: Setting) {
      const ini = instance.start.command?.args.find((arg) => arg.name === "ini" || arg.name === "")?.value.replace(/:[^/]*$/, "");
      const right = ini?.startsWith("/") ? `${ini.slice(0, ini.lastIndexOf("/"))}/${setting.value.replace(/^\.\//, "")}` : undefined;
      return fixes(right !== undefined && suggest(t`Write ${right}`, setOption(workspace, setting, setting, setting.key, right)));
    }
  },
});

/** A command that uWSGI runs before it opens anything makes the folder. */
const isMade = (instance: Instance, folder: string): boolean =>
  instance.all("exec-asap").some((setting) => setting.value.startsWith("mkdir -p ") && setting.value.slice(9).split(" ").includes(folder));

function absolute(instance: Instance, setting: Setting, key: string): string | undefined {
  if (setting.value.startsWith("/")) return setting.value;
  const base = key === "home" || key === "wsgi-file" ? instance.socketBase : instance.cwd;
  return base === undefined ? undefined : `${base.replace(/\/$/, "")}/${setting.value.replace(/^\.\//, "")}`;
}

/** A relative path of a process that systemd starts in `/`. */
const isLost = (instance: Instance, setting: Setting): boolean =>
  !setting.value.startsWith("/") &&
  instance.all("chdir").length === 0 &&
  instance.start.starter?.kind === "systemd" &&
  !instance.start.starter.workingDirectory;

/** The file that a relative name would mean if it started from the ini. */
function besideIni(workspace: Workspace, uri: string, { value }: Setting): string | undefined {
  const own = workspace.paths.deployed(uri);
  if (own === undefined || value.startsWith("/")) return undefined;
  const path = joinPath(folderOf(own), value);
  return workspace.paths.resolve(path) === undefined ? undefined : path;
}

/** A file or folder of the workspace beside the missing one, with a name like it. */
function nearPath(workspace: Workspace, wanted: string): string | undefined {
  const parent = folderOf(wanted);
  const names = new Set([...workspace.paths.below(parent)].map(({ path }) => path.slice(parent.length + 1).split("/")[0] ?? ""));
  const [near] = nearNames(baseName(wanted), names, 1);
  return near === undefined ? undefined : `${parent}/${near}`;
}

function nearVenv({ paths }: Target, wanted: string): string | undefined {
  const folder = wanted.slice(0, wanted.lastIndexOf("/"));
  return paths?.find((one) => one.type === "dir" && one.path.startsWith(`${folder}/`) && /env/i.test(one.path))?.path;
}
