/** What the server holds of a workspace, in numbers: for a report of a problem, without a word of anybody's files. */
import type { Document } from "../model/document";
import { stackOf } from "../stack/stack";
import type { Workspace } from "../workspace/workspace";
import type { Diagnosis } from "./diagnose";

export type WorkspaceState = {
  readonly files: number;
  readonly languages: Readonly<Record<string, number>>;
  readonly processes: number;
  readonly emperors: number;
  readonly links: number;
  readonly findings: Readonly<Record<string, number>>;
  readonly largest: number;
};

export function stateOf(workspace: Workspace, findings: (document: Document) => readonly Diagnosis[]): WorkspaceState {
  const documents = [...workspace.documents];
  const stack = stackOf(workspace);
  return {
    files: [...workspace.files].length,
    languages: counted(documents.map(({ language }) => language)),
    processes: stack.instances.length,
    emperors: stack.emperors.length,
    links: stack.links.length,
    findings: counted(documents.flatMap((document) => findings(document).map(({ code }) => code))),
    largest: Math.max(0, ...documents.map(({ text }) => text.length)),
  };
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
