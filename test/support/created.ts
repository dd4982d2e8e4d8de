/** A workspace before and after "New application behind nginx". */
import { type Answers, newApplication } from "../../server/src/ide/create";
import { examplePath, exampleWorkspace } from "../../server/src/ide/rule-page";
import { applyEdits } from "../../server/src/text/span";

export type Files = Readonly<Record<string, string>>;

export const ANSWERS: Answers = {
  name: "shop",
  serverName: "shop.example",
  user: "shop",
  listen: "unix",
  start: "emperor",
  folder: "/srv/shop",
  entry: "app:application",
};

export function created(answers: Answers, before: Files): Files {
  const result = newApplication(exampleWorkspace({ files: before, finds: [] }), answers);
  if ("problem" in result) throw new Error(result.problem);
  return { ...before, ...Object.fromEntries(result.edits.map(({ uri, edits }) => [examplePath(uri), applyEdits("", edits)])) };
}
