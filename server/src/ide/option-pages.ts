/** docs/options: every option on one page that can be searched without a server. */
import { loadNotes } from "../facts/notes";
import { options } from "../facts/uwsgi";
import { escapeXml } from "./diagram-svg";
import { htmlOf } from "./html";
import { optionText } from "./uwsgi/option-text";

/** File name → text. */
export async function optionPages(): Promise<Readonly<Record<string, string>>> {
  const notes = await loadNotes();
  const all = [...options()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const articles = all.map(
    (option) =>
      `<article id="${escapeXml(option.name)}" data-plugin="${escapeXml(option.plugin)}">${htmlOf(optionText(option, notes))}</article>`,
  );
  return { "index.html": PAGE.replace("{count}", String(all.length)).replace("{articles}", () => articles.join("\n")) };
}

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Options of uWSGI</title>
<style>
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:50rem;margin:0 auto;padding:0 1rem 4rem}
header{position:sticky;top:0;padding:.8rem 0;background:Canvas}
input{font:inherit;width:100%;box-sizing:border-box;padding:.4rem .6rem}
article{border-top:1px solid color-mix(in srgb,CanvasText 20%,Canvas);padding:.6rem 0;scroll-margin-top:5rem}
article[hidden]{display:none}
pre,code{font:13px ui-monospace,monospace;background:color-mix(in srgb,CanvasText 8%,Canvas);border-radius:3px}
code{padding:.1em .25em}pre{padding:.6rem;overflow-x:auto}pre code{padding:0;background:none}
</style>
<header><h1>Options of uWSGI</h1><label>Search <input type="search" id="search" autofocus placeholder="chmod, cheaper, static …"></label> <output id="count">{count} options</output></header>
<main>
{articles}
</main>
<script>
const articles = [...document.querySelectorAll("article")].map((element) => ({ element, name: element.id, text: element.textContent.toLowerCase() }));
const search = document.getElementById("search");
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const { element, text } of articles) {
    element.hidden = !words.every((word) => text.includes(word));
    if (!element.hidden) count++;
  }
  document.getElementById("count").textContent = count + " options";
});
</script>
</html>
`;
