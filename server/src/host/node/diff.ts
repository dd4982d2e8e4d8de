/** A unified diff of two texts, for `--fix --dry-run`. Fixes are small, so common head and tail are cut and the rest is one hunk. */

export function unifiedDiff(file: string, before: string, after: string): string {
  const old = before.split("\n");
  const now = after.split("\n");
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const from = Math.max(0, head - 3);
  const oldEnd = Math.min(old.length, old.length - tail + 3);
  const nowEnd = Math.min(now.length, now.length - tail + 3);
  const lines = [
    ...old.slice(from, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+${line}`),
    ...old.slice(old.length - tail, oldEnd).map((line) => ` ${line}`),
  ];
  return `--- a/${file}\n+++ b/${file}\n@@ -${from + 1},${oldEnd - from} +${from + 1},${nowEnd - from} @@\n${lines.join("\n")}\n`;
}
