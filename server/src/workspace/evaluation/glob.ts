/** glob(3) as `for-glob` uses it: sorted, folders marked with a slash, the pattern itself when nothing matches. */
import { absolute, type Run } from "./run";

const WILD = /[*?[\\]/;
const MOST = 10_000;

/** undefined when a folder cannot be listed. */
export function glob(run: Run, pattern: string, onlyFolders = false): readonly string[] | undefined {
  if (pattern === "" || pattern === "/") return [pattern + pattern];
  // A slash at the end is left off, except behind a single letter, where the C library adds another one.
  if (pattern.endsWith("/") && pattern.length > 2) return glob(run, pattern.slice(0, -1), true);
  const short = pattern.endsWith("/");
  const all = find(run, short ? pattern.slice(0, -1) : pattern);
  const wild = WILD.test(pattern.slice(pattern.lastIndexOf("/") + 1));
  const found = short || (onlyFolders && wild) ? all?.filter((path) => path.endsWith("/")) : all;
  if (found?.length === 0) return [pattern];
  return short ? found?.map((path) => `${path}/`) : found;
}

function find(run: Run, pattern: string): readonly string[] | undefined {
  let found: string[] = [""];
  const parts = pattern.split("/");
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const next: string[] = [];
    for (const prefix of found) {
      const names = WILD.test(part) ? matching(run, prefix, part) : [part];
      if (!names) return undefined;
      for (const name of names) {
        const path = prefix + name;
        const kind = last || WILD.test(part) ? kindOf(run, path || "/") : "directory";
        if (kind === undefined) return undefined;
        if (last ? kind !== null : kind === "directory") next.push(last ? marked(path, kind) : `${path}/`);
      }
      if (next.length > MOST) return undefined;
    }
    found = next;
  }
  return found.sort(byBytes);
}

const marked = (path: string, kind: string | null): string => (kind === "directory" && !path.endsWith("/") ? `${path}/` : path);
const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function kindOf(run: Run, path: string): ReturnType<Run["machine"]["kind"]> {
  const whole = absolute(run, path);
  run.reads.add(whole);
  return run.machine.kind(whole);
}

function matching(run: Run, folder: string, part: string): readonly string[] | undefined {
  const kind = kindOf(run, folder || ".");
  if (kind !== undefined && kind !== "directory") return [];
  const names = run.machine.list(absolute(run, folder || "."));
  return names && [".", "..", ...names].filter((name) => (name.startsWith(".") ? part.startsWith(".") : true) && matches(part, name));
}

/** Without a regular expression: two marks walk along, so that no pattern is slow. */
export function matches(pattern: string, name: string): boolean {
  let at = 0;
  let back = -1;
  let resume = 0;
  for (let i = 0; i < name.length; ) {
    const step = at < pattern.length ? one(pattern, at, name.charAt(i)) : -1;
    if (step > 0 && pattern.charAt(at) !== "*") {
      at = step;
      i++;
    } else if (pattern.charAt(at) === "*") {
      back = at++;
      resume = i;
    } else if (back >= 0) {
      at = back + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern.charAt(at) === "*") at++;
  return at === pattern.length;
}

/** Where the pattern goes on when its item at `at` takes the character, or -1. */
function one(pattern: string, at: number, char: string): number {
  const item = pattern.charAt(at);
  if (item === "?") return at + 1;
  if (item === "\\" && at + 1 < pattern.length) return pattern.charAt(at + 1) === char ? at + 2 : -1;
  if (item !== "[") return item === char ? at + 1 : -1;
  const not = /[!^]/.test(pattern.charAt(at + 1));
  const first = at + (not ? 2 : 1);
  const close = pattern.indexOf("]", first + 1);
  if (close < 0) return char === "[" ? at + 1 : -1;
  let inside = false;
  for (let i = first; i < close; i++) {
    const isRange = pattern.charAt(i + 1) === "-" && i + 2 < close;
    const from = pattern.charAt(i);
    const to = isRange ? pattern.charAt(i + 2) : from;
    inside ||= from <= char && char <= to;
    if (isRange) i += 2;
  }
  return inside !== not ? close + 1 : -1;
}
