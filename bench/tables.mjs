/** A table of Markdown; figures stand to the right. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const align = head.map((_, column) =>
    rows.length > 0 && rows.every((row) => /^[\d.,×→/ ]*$/.test(String(row[column]))) ? "---:" : "---",
  );
  return [line(head), `|${align.join("|")}|`, ...rows.map(line)].join("\n");
}
