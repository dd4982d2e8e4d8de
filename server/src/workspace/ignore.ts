/** The `ignore` patterns of the configuration file: whether a path below its folder is left alone. All paths are written with slashes. */
import { matches } from "./evaluation/glob";

/** A pattern that fits a folder fits all that is below. */
export function ignoring(folder: string, patterns: readonly string[]): (path: string) => boolean {
  const all = patterns.map(segments).filter((pattern) => pattern.length > 0);
  if (all.length === 0) return () => false;
  return (path) => {
    if (!path.startsWith(`${folder}/`)) return false;
    const parts = path.slice(folder.length + 1).split("/");
    return all.some((pattern) => parts.some((_, index) => fits(pattern, parts.slice(0, index + 1))));
  };
}

function segments(pattern: string): readonly string[] {
  const plain = pattern.replace(/^\.?\//, "");
  const parts = plain.split("/").filter((part) => part !== "");
  return plain === pattern && parts.length === 1 ? ["**", ...parts] : parts;
}

/** Two marks walk along, as they do within a name, so that no pattern is slow. */
function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  let at = 0;
  let back = -1;
  let resume = 0;
  for (let i = 0; i < parts.length; ) {
    const wanted = pattern[at];
    if (wanted === "**") {
      back = at++;
      resume = i;
    } else if (wanted !== undefined && matches(wanted, parts[i] ?? "")) {
      at++;
      i++;
    } else if (back >= 0) {
      at = back + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[at] === "**") at++;
  return at === pattern.length;
}
