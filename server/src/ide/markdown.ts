/** Markdown out of texts that may hold anything: what a file says is never markup, and never a link. */

/** Code in a line, whatever backticks it holds. */
export function code(text: string): string {
  const line = text.replace(/[\r\n\t\0]+/g, " ").slice(0, 500);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), (run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  const pad = line === "" || /^[\s`]|[\s`]$/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

export function block(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), (run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Paragraphs; what is undefined is left out. */
export const paragraphs = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part).join("\n\n");

export const list = (words: readonly string[]): string => words.map(code).join(", ");

/** The same for clients that show plain text. */
export const plain = (markdown: string): string =>
  markdown
    .replace(/^```\w*\n|\n```$/gm, "")
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, "$1 ($2)")
    .replace(/\*\*|`/g, "")
    .replace(/\\([\\`*_{}[\]()<>#+\-.!|~])/g, "$1");
