import type { Workspace } from "../workspace/workspace";

export type Stack = { readonly workspace: Workspace };

export function stackOf(workspace: Workspace): Stack {
  return { workspace };
}
