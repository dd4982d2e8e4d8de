// Small worlds of files as pictures. Each line has a margin of two columns: two blanks before a line of text, `# ` before a note about
// the line above (carets under the place, then words), `#- path` before a file. `<|>` is the cursor; two of them are a range.
import type { Span } from "../../server/src/text/span";
import { fileUri } from "../../server/src/text/uri";
import { targetFrom } from "../../server/src/workspace/target";
import { Workspace } from "../../server/src/workspace/workspace";

export type Note = { readonly path: string; readonly span: Span; readonly words: string };
export type Fixture = {
  readonly files: ReadonlyMap<string, string>;
  readonly notes: readonly Note[];
  readonly cursors: readonly { readonly path: string; readonly offset: number }[];
};

const CURSOR = "<|>";

export function readFixture(picture: string): Fixture {
  const files = new Map<string, string>();
  const notes: Note[] = [];
  const cursors: { path: string; offset: number }[] = [];
  let path = "app.ini";
  let lastLine = 0;
  for (const line of outdented(picture)) {
    if (line.startsWith("#- ")) {
      path = line.slice(3).trim();
      files.set(path, "");
    } else if (line.startsWith("# ")) {
      const [, blanks = "", carets = "", words = ""] = /^( *)(\^+|\|)\s?(.*)$/.exec(line.slice(2)) ?? [];
      const start = lastLine + blanks.length;
      notes.push({ path, span: { start, end: start + (carets === "|" ? 0 : carets.length) }, words });
    } else {
      const before = files.get(path) ?? "";
      lastLine = before.length;
      let text = line.slice(2);
      for (let at = text.indexOf(CURSOR); at >= 0; at = text.indexOf(CURSOR)) {
        cursors.push({ path, offset: lastLine + at });
        text = text.slice(0, at) + text.slice(at + CURSOR.length);
      }
      files.set(path, `${before}${text}\n`);
    }
  }
  return { files, notes, cursors };
}

/** The same picture with other notes, for a comparison that shows where they differ. */
export function drawFixture(files: ReadonlyMap<string, string>, notes: readonly Note[]): string {
  const lines: string[] = [];
  for (const [path, text] of files) {
    lines.push(`#- ${path}`);
    let start = 0;
    for (const line of text.replace(/\n$/, "").split("\n")) {
      lines.push(`  ${line}`.trimEnd());
      const here = notes.filter((note) => note.path === path && note.span.start >= start && note.span.start <= start + line.length);
      for (const { span, words } of here.sort((a, b) => a.span.start - b.span.start || (a.words < b.words ? -1 : 1))) {
        const length = Math.min(span.end, start + line.length) - span.start;
        lines.push(`# ${" ".repeat(span.start - start)}${length > 0 ? "^".repeat(length) : "|"} ${words}`.trimEnd());
      }
      start += line.length + 1;
    }
  }
  return lines.join("\n");
}

const ROOT = "/w";
export const uriOf = (path: string): string => fileUri(`${ROOT}/${path}`);
export const pathIn = (uri: string): string => decodeURIComponent(uri).slice(`file://${ROOT}/`.length);

export function workspaceOf({ files }: Pick<Fixture, "files">, facts?: unknown): Workspace {
  const workspace = new Workspace([fileUri(ROOT)]);
  if (facts !== undefined) workspace.target = targetFrom(facts);
  for (const [path, text] of files) workspace.set(uriOf(path), text);
  return workspace;
}

/** Template strings are indented as the code around them is. */
function outdented(picture: string): readonly string[] {
  const lines = picture
    .replace(/^\n/, "")
    .replace(/\n[ \t]*$/, "")
    .split("\n");
  const filled = lines.filter((line) => line.trim() !== "");
  const least = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  // A line of text has two blanks of its own before it; notes and headers have none.
  const hasMargin = filled.some((line) => /^#[- ]/.test(line.slice(least)));
  const depth = hasMargin ? least : Math.max(0, least - 2);
  return lines.map((line) => line.slice(depth));
}
