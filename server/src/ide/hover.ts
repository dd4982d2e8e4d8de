/** What is known about the word under the cursor, as Markdown. */
import type { Notes } from "../facts/notes";
import type { At, Hover } from "./place";
import { hoverUwsgi } from "./uwsgi/hover";

export function hover(at: At, notes: Notes): Hover | undefined {
  return at.document.language === "uwsgi" ? hoverUwsgi(at, notes) : undefined;
}
