/** What is known about the word under the cursor, as Markdown. */

import { hoverNginx } from "./nginx/hover";
import type { At, Hover } from "./place";
import type { Texts } from "./texts";
import { hoverUwsgi } from "./uwsgi/hover";

export function hover(at: At, texts: Texts): Hover | undefined {
  if (at.document.language === "uwsgi") return hoverUwsgi(at, texts.notes);
  return at.document.language === "nginx" ? hoverNginx(at, texts.nginx) : undefined;
}
