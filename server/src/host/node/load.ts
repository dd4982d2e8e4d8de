/** Brings a folder of the disk into a workspace: regular files only, of bounded size, without hidden and dependency folders. */
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { languageOf } from "../../model/language";
import { fileUri } from "../../text/uri";
import { isSkippedFolder, MAX_FILES, mayBeRead } from "../../workspace/reading";
import { MAX_FILE_BYTES, Workspace } from "../../workspace/workspace";

/** Text of a regular file, or undefined. A FIFO or a device is not opened for reading, so nothing can block. */
export function readText(path: string, limit = MAX_FILE_BYTES): string | undefined {
  return readBytes(path, limit)?.toString("utf8");
}

export function readBytes(path: string, limit = MAX_FILE_BYTES): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > limit) return undefined;
    const bytes = Buffer.allocUnsafe(stat.size);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const MANY_FILES = 2_000;

/**
 * Node would give much room to what is soon thrown away, and it is no quicker for it: an edit of 2,000 lines takes the same time with a
 * quarter less memory, a large workspace with a fifth less.
 */
export const spareMemory = (): void => setFlagsFromString("--semi-space-growth-factor=1");

/** Paths of the regular files below a folder, sorted; links are followed to files only, so no loop is possible. */
export function* walk(folder: string): Iterable<string> {
  const open = [folder];
  let count = 0;
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    let entries: import("node:fs").Dirent[];
    try {
      entries = readdirSync(current, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      continue;
    }
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (entry.isDirectory()) {
        if (!isSkippedFolder(entry.name)) open.push(path);
      } else if (entry.isFile() || (entry.isSymbolicLink() && isFile(path))) {
        if (++count > MAX_FILES) return;
        if (count === MANY_FILES) spareMemory();
        yield path;
      }
    }
  }
}

export type Loaded = {
  readonly workspace: Workspace /** Documents to be checked: those below the paths given. */;
  readonly checked: readonly string[];
  readonly unreadable: readonly string[];
};

export type LoadOptions = {
  /** Folders that are read and not checked. */
  readonly beside?: readonly string[];
  /** Files that are known to be there and not read, unless they are named. */
  readonly ignores?: (path: string) => boolean;
  /** Called for each file. */
  readonly onFile?: () => void;
};

/** Loads folders and single files. Only files in a language of ours keep their text. */
export function load(paths: readonly string[], { beside = [], ignores, onFile }: LoadOptions = {}): Loaded {
  const all = [...paths, ...beside];
  const roots = all.map((path) => fileUri(slashed(resolve(path))));
  const workspace = new Workspace(roots.map((root, index) => (isFolder(all[index] ?? "") ? root : root.slice(0, root.lastIndexOf("/")))));
  const checked = new Set<string>();
  const unreadable: string[] = [];
  for (const path of paths) {
    if (isFolder(path)) for (const file of walk(resolve(path))) add(file, false);
    else add(resolve(path), true);
  }
  for (const path of beside) if (isFolder(path)) for (const file of walk(resolve(path))) add(file, false, false);
  return { workspace, checked: [...checked], unreadable };

  function add(file: string, named: boolean, isChecked = true): void {
    onFile?.();
    const uri = fileUri(slashed(file));
    if (!isChecked && workspace.exists(uri)) return;
    const text = named || (mayBeRead(file) && !ignores?.(file)) ? readText(file) : undefined;
    if (text === undefined && named) unreadable.push(file);
    const language = text === undefined ? "other" : languageOf(slashed(file), text);
    if (text === undefined || language === "other") {
      workspace.know(uri);
      return;
    }
    workspace.set(uri, text, { language });
    if (isChecked) checked.add(uri);
  }
}

const isFile = (path: string): boolean => kindOf(path) === "file";
const isFolder = (path: string): boolean => kindOf(path) === "directory";

export function kindOf(path: string): "file" | "directory" | "other" | undefined {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? "directory" : stat.isFile() ? "file" : "other";
  } catch {
    return undefined;
  }
}

export const slashed = (path: string): string => path.replaceAll("\\", "/");
