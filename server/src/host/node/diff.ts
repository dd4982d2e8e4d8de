/** A unified diff of two texts, for `--fix --dry-run`: `patch -p1` applies it. */

const AROUND = 3;
/** Texts that differ in more lines are not compared any finer. */
const MOST_CHANGES = 1_000;

type Step = { readonly kind: " " | "-" | "+"; readonly line: string };

/** `before` is undefined for a file that is to be created. */
export function unifiedDiff(file: string, before: string | undefined, after: string): string {
  const steps = compare(linesOf(before ?? ""), linesOf(after));
  const name = (side: string): string => quoted(`${side}/${file}`);
  let out = `--- ${before === undefined ? "/dev/null" : name("a")}\n+++ ${name("b")}\n`;
  for (const [from, to] of hunks(steps)) {
    const old = steps.slice(0, from).filter((step) => step.kind !== "+").length;
    const now = steps.slice(0, from).filter((step) => step.kind !== "-").length;
    const part = steps.slice(from, to);
    out += `@@ -${range(old, part, "+")} +${range(now, part, "-")} @@\n`;
    for (const { kind, line } of part) out += `${kind}${line}${line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n"}`;
  }
  return out;
}

/** Lines with their ends; a text without any has none. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function range(start: number, part: readonly Step[], without: Step["kind"]): string {
  const count = part.filter((step) => step.kind !== without).length;
  return `${count === 0 ? start : start + 1},${count}`;
}

/** Parts of the list that hold changes with lines around them; parts that touch are one. */
function hunks(steps: readonly Step[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind === " ") continue;
    const last = found.at(-1);
    const to = Math.min(steps.length, index + AROUND + 1);
    if (last && index - AROUND <= last[1]) last[1] = to;
    else found.push([Math.max(0, index - AROUND), to]);
  }
  return found;
}

function compare(old: readonly string[], now: readonly string[]): readonly Step[] {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const same = (line: string): Step => ({ kind: " ", line });
  return [
    ...old.slice(0, head).map(same),
    ...shortest(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ];
}

/** The fewest changes, after Myers: how far each diagonal comes with 0, 1, 2 … of them, then the way back. */
function shortest(old: readonly string[], now: readonly string[]): readonly Step[] {
  const furthest: Map<number, number>[] = [];
  let last = new Map([[1, 0]]);
  for (let changes = 0; changes <= Math.min(MOST_CHANGES, old.length + now.length); changes++) {
    furthest.push(last);
    const next = new Map<number, number>();
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = goesDown(last, diagonal, changes) ? (last.get(diagonal + 1) ?? 0) : (last.get(diagonal - 1) ?? 0) + 1;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= old.length && x - diagonal >= now.length) return wayBack(old, now, furthest);
    }
    last = next;
  }
  return [...old.map((line): Step => ({ kind: "-", line })), ...now.map((line): Step => ({ kind: "+", line }))];
}

const goesDown = (last: ReadonlyMap<number, number>, diagonal: number, changes: number): boolean =>
  diagonal === -changes || (diagonal !== changes && (last.get(diagonal - 1) ?? -1) < (last.get(diagonal + 1) ?? -1));

function wayBack(old: readonly string[], now: readonly string[], furthest: readonly ReadonlyMap<number, number>[]): readonly Step[] {
  const steps: Step[] = [];
  let x = old.length;
  let y = now.length;
  for (let changes = furthest.length - 1; changes >= 0; changes--) {
    const last = furthest[changes] ?? new Map<number, number>();
    const down = goesDown(last, x - y, changes);
    const diagonal = down ? x - y + 1 : x - y - 1;
    const fromX = changes === 0 ? 0 : (last.get(diagonal) ?? 0);
    const fromY = changes === 0 ? 0 : fromX - diagonal;
    const [startX, startY] = changes === 0 ? [0, 0] : down ? [fromX, fromY + 1] : [fromX + 1, fromY];
    while (x > startX && y > startY) {
      steps.push({ kind: " ", line: old[--x] ?? "" });
      y--;
    }
    if (changes === 0) break;
    if (down) steps.push({ kind: "+", line: now[--y] ?? "" });
    else steps.push({ kind: "-", line: old[--x] ?? "" });
  }
  return steps.reverse();
}

/** A name that could be misread is written as git and patch quote it. */
function quoted(name: string): string {
  if (!/["\\\u0000-\u001f\u007f]/.test(name)) return /\s/.test(name) ? `${name}\t` : name;
  return `"${name.replace(/["\\]/g, "\\$&").replace(/[\u0000-\u001f\u007f]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`)}"`;
}
