/** Which server block a directive belongs to, also where the block is in the file that includes its own. */
import type { Document } from "../model/document";
import type { Stack } from "../stack/stack";
import { matchesGlob } from "../stack/starts";
import { around, type Nested } from "../syntax/tree";
import { baseName, folderOf } from "../text/uri";

export type Block = { readonly document: Document; readonly nested: Nested };

export function serverOf(nested: Nested): Nested | undefined {
  for (const up of around(nested)) if (up.directive.name.text === "server" && up.directive.body) return up;
  return undefined;
}

/** Server blocks of other files that include this one. Relative paths start at nginx's own folder, which the file's ending tells. */
export function includersOf(stack: Stack, document: Document): readonly Block[] {
  const found: Block[] = [];
  for (const other of stack.workspace.of("nginx")) {
    if (other === document) continue;
    for (const include of other.named("include")) {
      const nested = serverOf(include);
      const path = include.directive.args[0]?.text;
      if (
        nested &&
        path !== undefined &&
        includes(stack, path, document) &&
        !found.some((one) => one.nested.directive === nested.directive)
      )
        found.push({ document: other, nested });
    }
  }
  return found;
}

function includes(stack: Stack, path: string, document: Document): boolean {
  if (!matchesGlob(baseName(path), baseName(document.path))) return false;
  const deployed = stack.workspace.paths.deployed(document.uri);
  if (path.startsWith("/") && deployed !== undefined) return matchesGlob(path, deployed);
  const folder = baseName(folderOf(path));
  return folder === "" || folder === baseName(folderOf(document.path));
}
