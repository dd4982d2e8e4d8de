/** The Markdown that our own texts use, as HTML: paragraphs, lists, code, bold, links. Everything is escaped first. */
import { escapeXml } from "./diagram-svg";

export function htmlOf(markdown: string): string {
  const out: string[] = [];
  let list = false;
  let fence: string[] | undefined;
  const close = (): void => {
    if (list) out.push("</ul>");
    list = false;
  };
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) out.push(`<p>${inline(paragraph.join(" "))}</p>`);
    paragraph = [];
  };
  for (const line of markdown.split("\n")) {
    if (/^`{3,}/.test(line)) {
      flush();
      close();
      if (fence) out.push(`<pre><code>${escapeXml(fence.join("\n"))}</code></pre>`);
      fence = fence ? undefined : [];
    } else if (fence) fence.push(line);
    else if (line.trim() === "") flush();
    else if (/^\s*[-*] /.test(line)) {
      flush();
      if (!list) out.push("<ul>");
      list = true;
      out.push(`<li>${inline(line.replace(/^\s*[-*] /, ""))}</li>`);
    } else {
      close();
      paragraph.push(line);
    }
  }
  flush();
  close();
  return out.join("");
}

/** Code first, so that nothing in it is taken for markup. */
function inline(text: string): string {
  return text
    .split(/(`+[^`]+`+)/)
    .map((part) => {
      const inner = /^(`+)\s?(.+?)\s?\1$/.exec(part)?.[2];
      if (inner !== undefined) return `<code>${escapeXml(inner)}</code>`;
      return escapeXml(part.replace(/\\([\\`*_{}[\]()<>#+\-.!|~])/g, "$1"))
        .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
        .replace(/\[([^\]]*)\]\((https:\/\/[^)\s]+)\)/g, '<a href="$2">$1</a>');
    })
    .join("");
}
