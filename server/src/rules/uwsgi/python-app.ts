import type { Document } from "../../model/document";
import type { Instance } from "../../stack/instance";
import { t } from "../../text/l10n";
import { baseName, joinPath, pathOf, withPath } from "../../text/uri";
import type { Setting } from "../../workspace/effective";
import type { Workspace } from "../../workspace/workspace";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const pythonApp = rule({
  id: "python-app",
  title: "The Python file has no such application object",
  why: 'uWSGI imports the module and takes the object that `module = pkg:name` or `callable` names, `application` by default. When the file has none at its top level it says `unable to find "application" callable` and answers 500 to everything. What is made under `if __name__ == "__main__"` does not exist for an import.',
  severity: "warning",
  languages: ["uwsgi"],
  needs: ["module", "wsgi-file"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Python.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nwsgi-file = shop.py\n", "shop.py": "from flask import Flask\napp = Flask(__name__)\n" },
      finds: ["app.ini:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    if (workspace.of("python").length === 0) return;
    for (const instance of stack.startedFrom(document.uri)) {
      const found = appFile(workspace, instance);
      if (!found) continue;
      const { python, name, setting } = found;
      if (setting.origin?.uri !== document.uri) continue;
      const state = stateOf(python.text, name);
      if (state === "there" || state === "unknown") continue;
      const others = topLevelApps(python.text);
      const [other] = others;
      const file = baseName(python.path);
      const callable = instance.last("callable");
      const make = (right: string) =>
        setting.key === "module" && setting.value.includes(":")
          ? setOption(workspace, setting, setting, setting.key, setting.value.replace(/:.*$/, `:${right}`))
          : setOption(workspace, callable, setting, "callable", right);
      yield {
        span: setting.origin.span,
        message:
          state === "main"
            ? t`${name} is made under if __name__ == "__main__" only, so it does not exist when uWSGI imports the file. Make it at the top level.`
            : other
              ? t`${file} has no "${name}" at its top level, but "${other}": uWSGI answers 500 (no python application found).`
              : t`${file} has no "${name}" at its top level: uWSGI answers 500 (no python application found).`,
        related: [{ uri: python.uri, span: place(python.text, name), message: state === "main" ? t`made here` : t`the file` }],
        fixes: fixes(...others.slice(0, 2).map((right) => suggest(t`Use ${right}`, make(right)))),
      };
    }
  },
});

type Found = { readonly python: Document; readonly name: string; readonly setting: Setting };

function appFile(workspace: Workspace, instance: Instance): Found | undefined {
  const wanted = instance.text("callable");
  const file = instance.last("wsgi-file");
  const module = instance.last("module");
  const setting = file ?? module;
  if (
    !setting ||
    setting.holes.length > 0 ||
    !setting.certain ||
    instance.all("mount").length > 0 ||
    (instance.all("callable").length > 0 && wanted === undefined)
  )
    return undefined;
  const [path = "", named] = file ? [setting.value, undefined] : setting.value.split(":");
  if (named?.includes("(")) return undefined;
  const relative = file ? path : `${path.replaceAll(".", "/")}.py`;
  if (!file && /[/\\]/.test(path)) return undefined;
  const python =
    nearFile(workspace, instance, relative) ??
    (file ? undefined : nearFile(workspace, instance, `${path.replaceAll(".", "/")}/__init__.py`));
  return python && { python, name: named ?? wanted ?? "application", setting };
}

function nearFile(workspace: Workspace, instance: Instance, relative: string): Document | undefined {
  const base = instance.socketBase;
  const absolute = relative.startsWith("/") ? relative : base === undefined ? undefined : `${base}/${relative}`;
  const mapped = absolute && workspace.paths.resolve(absolute);
  if (mapped) return workspace.get(mapped);
  if (relative.startsWith("/") || workspace.paths.named(baseName(relative)).length === 0) return undefined;
  for (let folder = pathOf(instance.uri); folder.includes("/"); ) {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    const uri = withPath(instance.uri, joinPath(folder, relative));
    const found = workspace.get(uri);
    if (found) return found;
    if (workspace.roots.some((root) => pathOf(root) === folder)) break;
  }
  return undefined;
}

const literally = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether a name exists at the top level: "main" when only under the guard of a script, "unknown" when something may bring it in. */
function stateOf(text: string, name: string): "there" | "missing" | "main" | "unknown" {
  const id = literally(name.split(".")[0] ?? "");
  if (!/^\w+$/.test(name.split(".")[0] ?? "")) return "unknown";
  const top = new RegExp(
    `^(?:${id}\\s*(?::[^=\\n]+)?=[^=]|(?:async\\s+)?def\\s+${id}\\b|class\\s+${id}\\b|import\\s+(?:[^\\n]*\\bas\\s+)?${id}\\b|from\\s+\\S+\\s+import\\s[^\\n]*\\b${id}\\b|[^\\s#][^\\n=]*,\\s*${id}\\s*=[^=]|${id}\\s*,[^\\n=]*=[^=])`,
    "m",
  );
  if (top.test(text)) return "there";
  if (
    /^\s*from\s+\S+\s+import\s+\*/m.test(text) ||
    /\b(?:globals|exec|eval|setattr)\s*\(/.test(text) ||
    /^from\s+\S+\s+import\s*\(/m.test(text)
  )
    return "unknown";
  const inside = new RegExp(
    `^[ \\t]+(?:${id}\\s*(?::[^=\\n]+)?=[^=]|(?:from\\s+\\S+\\s+)?import\\s[^\\n]*\\b${id}\\b|def\\s+${id}\\b)`,
    "m",
  ).exec(text);
  if (!inside) return "missing";
  const guard = /^if\s+__name__\s*==\s*["']__main__["']\s*:/m.exec(text);
  if (!guard || inside.index < guard.index) return indentedAtTop(text, inside.index) ? "unknown" : "missing";
  return text
    .slice(guard.index, inside.index)
    .split("\n")
    .slice(1)
    .every((line) => line.trim() === "" || /^\s/.test(line))
    ? "main"
    : "unknown";
}

/** Inside `try:`, `if …:` or `with …:` at the top level, rather than in a function or class. */
function indentedAtTop(text: string, index: number): boolean {
  const before = text.slice(0, index).split("\n").reverse();
  const head = before.find((line) => /^\S/.test(line) && !line.startsWith("#"));
  return head !== undefined && !/^(?:async\s+)?(?:def|class)\b/.test(head);
}

function topLevelApps(text: string): readonly string[] {
  const all = [
    ...text.matchAll(
      /^(\w+)\s*=\s*(?:\w+\.)*(?:Flask|create_app|get_wsgi_application|make_wsgi_app|make_app|FastAPI|Bottle|default_app|API|App|Application|Dash|Sanic|Falcon|get_app|wsgi_app)\s*\(|^def\s+(application|app|wsgi_app|wsgi)\s*\(/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? "");
  const names = ["application", "app", "api", "server", "wsgi_app", "wsgi"].filter((name) => stateOf(text, name) === "there");
  return [...new Set([...all, ...names])].filter((name) => name !== "");
}

function place(text: string, name: string): { start: number; end: number } {
  const at = new RegExp(`\\b${literally(name)}\\b`).exec(text)?.index ?? 0;
  return { start: at, end: at + (text.startsWith(name, at) ? name.length : 0) };
}
