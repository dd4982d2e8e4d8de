/** Completion of paths: what the workspace holds, by its path on the target machine, or relative to the file. */

import type { Span } from "../text/span";
import { folderOf, pathOf } from "../text/uri";
import { machinePath } from "../workspace/paths";
import type { Completion, Completions } from "./completion";
import type { At } from "./place";

/** One step at a time: the entries of the folder that is written so far. */
export function completePath(at: At, line: { readonly span: Span; readonly text: string }, onlyFolders: boolean): Completions | undefined {
  const typed = line.text.slice(0, at.offset - line.span.start);
  if (/[%$@]\(|:\/\//.test(typed)) return undefined;
  const slash = typed.lastIndexOf("/");
  const folder = typed.slice(0, slash + 1);
  const items = new Map<string, Completion>();
  for (const path of folder.startsWith("/") ? onMachine(at, folder) : beside(at, folder)) {
    const next = path.indexOf("/");
    const label = next < 0 ? path : path.slice(0, next + 1);
    if (label === "" || (onlyFolders && next < 0) || items.has(label)) continue;
    items.set(label, { label, kind: next < 0 ? "file" : "folder", rank: next < 0 ? 1 : 0 });
  }
  return items.size > 0 ? { span: { start: line.span.start + slash + 1, end: line.span.end }, items: [...items.values()] } : undefined;
}

function* onMachine({ workspace }: At, folder: string): Iterable<string> {
  const base = machinePath(folder);
  for (const { path } of workspace.paths.below(base === "/" ? "" : base)) yield path.slice(base === "/" ? 1 : base.length + 1);
}

function* beside({ workspace, document }: At, folder: string): Iterable<string> {
  if (folder.includes("..")) return;
  const base = `${folderOf(pathOf(document.uri))}/${folder.replace(/^\.\//, "")}`;
  for (const uri of workspace.files) {
    const path = pathOf(uri);
    if (path.startsWith(base) && uri !== document.uri) yield path.slice(base.length);
  }
}
