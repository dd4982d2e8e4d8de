/** Folders that commands make and give away: `mkdir -p`, `install -d`, `chown`, `chgrp`, `chmod`. */
import { joinPath } from "../../text/uri";
import type { Said } from "../deploy";
import { spanOf, type Taken } from "./taken";
import type { Words } from "./words";

export type Made = Said<string> & { readonly owner?: string; readonly group?: string; readonly mode?: string };

const VALUES: Readonly<Record<string, readonly string[]>> = {
  mkdir: ["-m", "--mode"],
  install: ["-m", "--mode", "-o", "--owner", "-g", "--group"],
  chown: [],
  chgrp: [],
  chmod: [],
};

export const makesFolders = (name: string): boolean => Object.hasOwn(VALUES, name);

type Call = { readonly options: ReadonlyMap<string, string>; readonly operands: Words };

/** Adds what a command makes to `folders`, by path. */
export function makeFolders(name: string, words: Words, uri: string, directory: string | undefined, folders: Map<string, Made>): void {
  const values = VALUES[name];
  if (!values) return;
  const { options, operands } = read(words, values);
  if (name === "mkdir" || (name === "install" && options.has("d"))) {
    const mode = options.get("m");
    const [owner, group] = [options.get("o"), options.get("g")];
    for (const word of operands) {
      const path = pathOf(word, directory);
      if (path)
        folders.set(path, {
          ...folders.get(path),
          value: path,
          at: { uri, span: spanOf(word) },
          ...(mode && { mode }),
          ...(owner && { owner }),
          ...(group && { group }),
        });
    }
    return;
  }
  const [first, ...targets] = operands;
  if (!first || name === "install") return;
  const change = changeOf(name, first.text);
  for (const word of targets) {
    const path = pathOf(word, directory);
    if (path) give(folders, path, options.has("R"), change);
  }
}

function give(folders: Map<string, Made>, path: string, below: boolean, change: Partial<Made>): void {
  for (const [made, folder] of folders)
    if (made === path || (below && made.startsWith(path === "/" ? path : `${path}/`))) folders.set(made, { ...folder, ...change });
}

function changeOf(name: string, text: string): Partial<Made> {
  if (name === "chmod") return { mode: text };
  if (name === "chgrp") return { group: text };
  const [owner = "", group] = text.split(/[:.]/, 2);
  // `chown app:` takes the group that the user logs in with, which is not known.
  return { ...(owner && { owner }), ...(group && { group }) };
}

/** Options by their letter; long ones by their first one. */
function read(words: Words, values: readonly string[]): Call {
  const options = new Map<string, string>();
  const operands: Taken[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at];
    const text = word?.text ?? "";
    if (!word || !text.startsWith("-") || text === "-") {
      if (word) operands.push(word);
      continue;
    }
    const equals = text.indexOf("=");
    if (text.startsWith("--")) {
      const name = equals < 0 ? text : text.slice(0, equals);
      const letter = name === "--recursive" ? "R" : name.slice(2, 3);
      options.set(letter, equals >= 0 ? text.slice(equals + 1) : values.includes(name) ? (words[++at]?.text ?? "") : "");
      continue;
    }
    for (let index = 1; index < text.length; index++) {
      const letter = text[index] ?? "";
      if (!values.includes(`-${letter}`)) options.set(letter, "");
      else {
        options.set(letter, text.slice(index + 1) || (words[++at]?.text ?? ""));
        break;
      }
    }
  }
  return { options, operands };
}

/** An absolute path, or one below a known folder; a path that starts with a variable is kept as it is written. */
function pathOf(word: Taken, directory: string | undefined): string | undefined {
  if (/^[$/%{]/.test(word.text)) return word.text.startsWith("/") ? joinPath("/", word.text) : word.text;
  return directory && word.text ? joinPath(directory, word.text) : undefined;
}
