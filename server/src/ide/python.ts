/** Python files of the workspace as applications: their modules as an import names them, and what can be called in them. */
import type { Document } from "../model/document";
import { stackOf } from "../stack/stack";
import { baseName, folderOf, pathOf, withPath } from "../text/uri";
import { machinePath } from "../workspace/paths";
import type { Workspace } from "../workspace/workspace";
import type { Completion } from "./completion";
import type { At } from "./place";

const MAKES =
  /^(\w+)\s*(?::[^=\n]+)?=\s*(?:await\s+)?(?:[\w.]+\.)?(?:Flask|FastAPI|Starlette|Bottle|Falcon|Sanic|Quart|Dash|WSGIApplication|WSGIHandler|get_wsgi_application|get_asgi_application|make_wsgi_app|create_app|make_app|default_app|App|API|Application)\b/gm;
const NAMED = /^(?:def\s+)?(application|app)\b(?:\s*\(|\s*(?::[^=\n]+)?=(?!=))/gm;

/** Names of a module that can serve requests. uWSGI calls `application` when none is named. */
export function applicationsOf(document: Document): readonly { readonly name: string; readonly offset: number }[] {
  const found = new Map<string, number>();
  for (const pattern of [NAMED, MAKES])
    for (const match of document.text.matchAll(pattern)) if (!found.has(match[1] ?? "")) found.set(match[1] ?? "", match.index);
  return Array.from(found, ([name, offset]) => ({ name, offset }));
}

/** The name an import finds a file by: below `chdir` where that is known, else below the outermost package around it. */
export function moduleName(workspace: Workspace, uri: string, chdir: string | undefined): string {
  const deployed = workspace.paths.deployed(uri);
  if (chdir !== undefined && deployed?.startsWith(`${chdir}/`)) return dotted(deployed.slice(chdir.length + 1));
  const path = pathOf(uri);
  let base = folderOf(path);
  while (base !== "" && workspace.exists(withPath(uri, `${base}/__init__.py`))) base = folderOf(base);
  return dotted(path.slice(base.length + 1));
}

const dotted = (path: string): string => path.replace(/(?:\/__init__)?\.py$/, "").replaceAll("/", ".");

export function modulesOf({ workspace, document }: At, typed: string): readonly Completion[] {
  const items = new Map<string, Completion>();
  const [instance] = stackOf(workspace).startedFrom(document.uri);
  const chdir = instance?.text("chdir");
  const own = baseName(document.path).replace(/\.[^.]*$/, "");
  for (const python of workspace.of("python")) {
    const names = applicationsOf(python).map(({ name }) => name);
    const path = pathOf(python.uri);
    const module = moduleName(workspace, python.uri, chdir && machinePath(chdir));
    const far = path.includes(`/${own}/`) || path.endsWith(`/${own}.py`) ? 0 : 5;
    const add = (label: string, rank: number): void => {
      if (/^[\w.]+(?::\w+)?$/.test(label))
        items.set(label, { label, kind: "module", detail: path.split("/").slice(-3).join("/"), rank: rank + far });
    };
    for (const name of names) add(`${module}:${name}`, name === "application" ? 1 : 2);
    if (!typed.includes(":") && names.includes("application")) add(module, 0);
  }
  return [...items.values()];
}

/** Names to call in the module that this file names; in any module when it names none. */
export function callablesOf({ workspace, document }: At): readonly Completion[] {
  const named = new Set(
    stackOf(workspace)
      .instancesOf(document.uri)
      .flatMap((instance) => [...instance.all("module"), ...instance.all("wsgi-file")].map((setting) => setting.value)),
  );
  const of = [...workspace.of("python")].filter((python) => [...named].some((value) => isModule(python.uri, value)));
  const items = new Map<string, Completion>();
  for (const python of of.length > 0 ? of : workspace.of("python"))
    for (const { name } of applicationsOf(python))
      items.set(name, { label: name, kind: "function", detail: pathOf(python.uri).split("/").slice(-2).join("/"), rank: 0 });
  return [...items.values()];
}

/** Whether a file is the one that `module` or `wsgi-file` means, as far as its path tells. */
export function isModule(uri: string, value: string): boolean {
  const path = pathOf(uri);
  const [module = ""] = value.split(":");
  if (module === "") return false;
  if (module.endsWith(".py")) return path === module || path.endsWith(`/${module.replace(/^(?:\.?\/)+/, "")}`);
  const file = module.replaceAll(".", "/");
  return path.endsWith(`/${file}.py`) || path.endsWith(`/${file}/__init__.py`);
}
