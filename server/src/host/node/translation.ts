/** The translations that lie beside the program: editors that have none of their own say only which language they speak. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Words, wordsFrom } from "../../text/l10n";

/** `l10n/` lies beside the folder of the bundle in the extension, and beside the bundle itself in the npm package. */
export function translation(
  language: string,
  folders: readonly string[] = [join(__dirname, "../l10n"), join(__dirname, "l10n")],
): Words | undefined {
  const tag = /^([a-z]{2,3})(?:[-_.][\w.-]*)?$/i.exec(language)?.[1]?.toLowerCase();
  const path = tag && folders.map((folder) => join(folder, `bundle.l10n.${tag}.json`)).find(existsSync);
  if (!path) return undefined;
  try {
    return wordsFrom(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
