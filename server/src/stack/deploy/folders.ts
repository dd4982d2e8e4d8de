/** Folders that commands make and give away: `mkdir -p`, `install -d`, `chown`, `chgrp`, `chmod`. */
import { joinPath } from "../../text/uri";
import type { Place, Said } from "../deploy";
import { spanOf, type Taken } from "./taken";
import type { Words } from "./words";

export type Made = Said<string> & { readonly owner?: string; readonly group?: string; readonly mode?: string };

/** Folders made so far by path, and who makes the next ones. */
export type Folders = { readonly made: Map<string, Made>; owner: string | undefined; isRoot: boolean };

export const noFolders = (): Folders => ({ made: new Map(), owner: undefined, isRoot: true });

/** More than anybody makes. */
const MAX_FOLDERS = 200;
/** Only root may make a folder here. */
const RUN_FOLDER = /^\/(?:var\/)?run\/[^/]+$/;

const VALUES: Readonly<Record<string, readonly string[]>> = {
  mkdir: ["-m", "--mode"],
  install: ["-m", "--mode", "-o", "--owner", "-g", "--group"],
  chown: [],
  chgrp: [],
  chmod: [],
};

export const makesFolders = (name: string): boolean => Object.hasOwn(VALUES, name);

type Call = { readonly options: ReadonlyMap<string, string>; readonly operands: Words };

/** Adds what a command makes to the folders. */
export function makeFolders(name: string, words: Words, uri: string, directory: string | undefined, folders: Folders): void {
  const { options, operands } = read(words, VALUES[name] ?? []);
  if (name === "mkdir" || (name === "install" && options.has("d"))) {
    for (const word of operands) {
      for (const path of pathsOf(word, directory)) make(folders, path, { uri, span: spanOf(word) }, options);
    }
    return;
  }
  const [first, ...targets] = operands;
  if (!first || name === "install") return;
  for (const word of targets) {
    for (const path of pathsOf(word, directory)) give(folders, path, options.has("R"), name, first.text);
  }
}

function make({ made, owner: maker, isRoot }: Folders, path: string, at: Place, options: Call["options"]): void {
  if (made.size >= MAX_FOLDERS || (!isRoot && RUN_FOLDER.test(path))) return;
  const mode = options.get("m");
  const owner = options.get("o") ?? (made.has(path) ? undefined : maker);
  const group = options.get("g");
  made.set(path, { ...made.get(path), value: path, at, ...(mode && { mode }), ...(owner && { owner }), ...(group && { group }) });
}

function give({ made }: Folders, path: string, below: boolean, name: string, argument: string): void {
  const inside = path === "/" ? path : `${path}/`;
  for (const [at, folder] of made) if (at === path || (below && at.startsWith(inside))) made.set(at, changed(folder, name, argument));
}

function changed({ mode, ...folder }: Made, name: string, argument: string): Made {
  // What `chmod g+w` makes of a mode depends on the umask.
  if (name === "chmod") return /^[0-7]+$/.test(argument) ? { ...folder, mode: argument } : folder;
  return { ...folder, ...(mode && { mode }), ...ownersIn(name, argument) };
}

function ownersIn(name: string, text: string): Pick<Made, "owner" | "group"> {
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
function pathsOf(word: Taken, directory: string | undefined): readonly string[] {
  return withoutBraces(word.text).flatMap((text) => {
    if (text.startsWith("/")) return [joinPath("/", text)];
    if (/^[$%{]/.test(text)) return [text];
    return directory && text ? [joinPath(directory, text)] : [];
  });
}

/** `/run/{a,b}` as a shell spells it out, innermost braces first. */
function withoutBraces(text: string): readonly string[] {
  if (text.length > 1000) return [];
  let all: readonly string[] = [text];
  for (let turn = 0; turn < 8 && all.length < 50; turn++) {
    all = all.flatMap((one) => {
      const braces = /(?<!\$)\{([^{}]*,[^{}]*)\}/.exec(one);
      if (!braces) return [one];
      const before = one.slice(0, braces.index);
      const after = one.slice(braces.index + braces[0].length);
      return (braces[1] ?? "").split(",").map((part) => before + part + after);
    });
  }
  return [...new Set(all)];
}
