// What refactorings make of a small set-up: titles and the files afterwards.
import { refactorings } from "../../server/src/ide/refactor";
import { examplePath, exampleUri, exampleWorkspace, findingsIn, placeOf } from "../../server/src/ide/rule-page";
import { applyEdits } from "../../server/src/text/span";

export type Files = Readonly<Record<string, string>>;

/** Titles and results of what is offered where a text stands. */
export function offered(files: Files, path: string, text: string): ReadonlyMap<string, Files> {
  const workspace = exampleWorkspace({ files, finds: [] });
  const document = workspace.get(exampleUri(path));
  const start = files[path]?.indexOf(text) ?? -1;
  if (!document || start < 0) throw new Error(`no ${text} in ${path}`);
  return new Map(
    refactorings(workspace, document, { start: start + 1, end: start + 1 }).map((action) => {
      const after: Record<string, string> = { ...files };
      for (const { uri, edits } of action.edits) after[examplePath(uri)] = applyEdits(files[examplePath(uri)] ?? "", edits);
      for (const { from, to } of action.moves ?? []) {
        after[examplePath(to)] = after[examplePath(from)] ?? "";
        delete after[examplePath(from)];
      }
      for (const uri of action.deletes ?? []) delete after[examplePath(uri)];
      return [action.title, after];
    }),
  );
}

export function findings(files: Files): readonly string[] {
  const workspace = exampleWorkspace({ files, finds: [] });
  return findingsIn(workspace).map((finding) => `${placeOf(workspace, finding).split(":")[0]} ${finding.code}`);
}

export const newIn = (before: Files, after: Files): readonly string[] => findings(after).filter((one) => !findings(before).includes(one));
