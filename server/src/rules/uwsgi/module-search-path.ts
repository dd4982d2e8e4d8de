import { t } from "../../text/l10n";
import type { Workspace } from "../../workspace/workspace";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const moduleSearchPath = rule({
  id: "module-search-path",
  title: "Nothing says where the module is to be found",
  why: "Python looks for the module in the directory where uWSGI starts, in `chdir`, in `pythonpath` and in the virtual environment. A vassal starts in the emperor's folder, a unit in `/`: there the module is found only if it is installed.",
  severity: "info",
  languages: ["uwsgi"],
  needs: ["module"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Python.html",
  examples: [
    {
      files: { "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.sock\nmodule = shop.wsgi\n" },
      finds: ["etc/uwsgi/vassals/a.ini:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const module = instance.last("module");
      const starter = instance.start.starter;
      const startsAway = instance.isVassal || (starter?.kind === "systemd" && !starter.workingDirectory);
      if (module?.origin?.uri !== document.uri || !startsAway || !instance.effective.complete) continue;
      if (["chdir", "pythonpath", "python-path", "pp", "chdir2", "wsgi-file", "pyimport"].some((key) => instance.all(key).length > 0))
        continue;
      const found = folderOfModule(workspace, module.value);
      const folder = /^(\/.+)\/\.?(?:venv|env|virtualenv)\/?$/.exec(instance.text("home") ?? "")?.[1] ?? found;
      const name = module.value.split(":")[0] ?? "";
      yield {
        span: module.origin.span,
        severity: found !== undefined && !instance.isVassal ? "warning" : "info",
        message: instance.isVassal
          ? t`Neither chdir nor pythonpath is set, and a vassal starts in the emperor's folder: ${name} is found only if it is installed. Set chdir to the folder that holds it.`
          : t`Neither chdir nor pythonpath is set, and the unit starts in /: ${name} is found only if it is installed. Set chdir to the folder that holds it.`,
        fixes: fixes(folder !== undefined && suggest(t`Set chdir = ${folder}`, setOption(workspace, undefined, module, "chdir", folder))),
      };
    }
  },
});

/** The folder below which the one file of that module lies. */
function folderOfModule(workspace: Workspace, module: string): string | undefined {
  const name = `/${(module.split(":")[0] ?? "").replaceAll(".", "/")}.py`;
  const found = workspace
    .of("python")
    .map((document) => workspace.paths.deployed(document.uri))
    .filter((path): path is string => path?.endsWith(name) === true);
  const [path] = found;
  return path !== undefined && found.length === 1 && path.length > name.length ? path.slice(0, -name.length) : undefined;
}
