/** Markdown as a person reads it in a terminal: wrapped paragraphs, indented code, bold where colours are wanted. */
import { plain } from "../../ide/markdown";
import { wantsColours } from "./colours";

const WIDEST = 96;

export function forTerminal(markdown: string, columns = 80): string {
  const width = Math.max(40, Math.min(columns, WIDEST));
  const out: string[] = [];
  let paragraph = "";
  const flush = (): void => {
    if (paragraph !== "") out.push(...wrapped(paragraph, width));
    paragraph = "";
  };
  let inCode = false;
  for (const line of markdown.split("\n")) {
    if (/^\s*`{3,}/.test(line)) {
      flush();
      inCode = !inCode;
    } else if (inCode) out.push(`    ${line}`);
    else if (line.trim() === "" || line.trim() === "---") {
      flush();
      out.push(line.trim() === "" ? "" : "-".repeat(width));
    } else if (paragraph === "" || ITEM.test(line)) {
      flush();
      paragraph = line;
    } else paragraph += ` ${line.trim()}`; // one paragraph, whatever its lines
  }
  flush();
  return out
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd();
}

const ITEM = /^\s*(?:[-*>]|\d+\.)\s+/;

function wrapped(markdown: string, width: number): readonly string[] {
  const head = /^\*\*(.+?)\*\*/.exec(markdown)?.[1];
  const isLink = /^\[[^\]]*\]\([^)]*\)$/.test(markdown);
  const text = plain(
    isLink ? markdown.replace(/^\[([^\]]*)\]\((.*)\)$/, "$1: $2") : markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1"),
  ).replace(/\*([\w][\w :]*)\*/g, "$1");
  const item = ITEM.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let current = item;
  for (const word of text.slice(item.length).split(/\s+/)) {
    if (current.trim() !== item.trim() && current.length + 1 + word.length > width) {
      lines.push(current);
      current = " ".repeat(item.length) + word;
    } else current += current.length === item.length && lines.length === 0 ? word : ` ${word}`;
  }
  lines.push(current);
  const [first] = lines;
  const bold = head === undefined ? undefined : plain(head);
  if (bold && first?.startsWith(bold) && wantsColours(process.stdout)) lines[0] = `\u001b[1m${bold}\u001b[22m${first.slice(bold.length)}`;
  return lines;
}
