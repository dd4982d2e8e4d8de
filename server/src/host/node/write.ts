/** Writes a file as a whole or not at all: beside it, then in its place. Mode and owner stay, links lead to what is written. */
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { readBytes } from "./load";

/** Writes over what is there. Returns what is wrong, or nothing. */
export const writeWhole = (path: string, text: string): string | undefined => write(path, text, () => undefined);

/** Writes only when the file still holds the text it was read with; undefined: when there is none. Returns what is wrong, or nothing. */
export const writeOver = (path: string, before: string | undefined, text: string): string | undefined =>
  write(path, text, (target) => changeOf(target, before));

/** Why `writeOver` would not write, as far as that can be told without trying. */
export function refusalOf(path: string, before: string | undefined): string | undefined {
  try {
    const target = realPathOf(path);
    const refusal = unwritable(statSync(target, { throwIfNoEntry: false })) ?? changeOf(target, before);
    return refusal && `${path}: not written: ${refusal}`;
  } catch (error) {
    return `${path}: not written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function changeOf(target: string, before: string | undefined): string | undefined {
  if (before === undefined) return existsSync(target) ? "it came to be meanwhile" : undefined;
  const bytes = readBytes(target);
  if (bytes?.toString("utf8") !== before) return "it changed meanwhile";
  return Buffer.from(before, "utf8").equals(bytes) ? undefined : "it is not UTF-8";
}

function unwritable(stat: Stats | undefined): string | undefined {
  if (stat && !stat.isFile()) return "it is no regular file";
  // A file that nobody may write is meant to stay as it is, even where the folder would let us replace it.
  return stat && (stat.mode & 0o222) === 0 ? "it is read-only" : undefined;
}

function write(path: string, text: string, refuses: (target: string) => string | undefined): string | undefined {
  let temporary: string | undefined;
  try {
    const target = realPathOf(path);
    const stat = statSync(target, { throwIfNoEntry: false });
    const fixed = unwritable(stat);
    if (fixed !== undefined) return `${path}: not written: ${fixed}`;
    mkdirSync(dirname(target), { recursive: true });
    // Hidden, so that no include and no emperor takes it for a configuration.
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    fill(temporary, text, stat);
    const refusal = refuses(target);
    if (refusal !== undefined) return `${path}: not written: ${refusal}`;
    renameSync(temporary, target);
    temporary = undefined;
    return undefined;
  } catch (error) {
    return `${path}: not written: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    if (temporary !== undefined && existsSync(temporary)) unlinkSync(temporary);
  }
}

/** Nobody else may read it before it has the owner and the mode of the file it takes the place of. */
function fill(file: string, text: string, like: Stats | undefined): void {
  const handle = openSync(file, "wx", like ? 0o600 : 0o666);
  try {
    const bytes = Buffer.from(text, "utf8");
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (!like) return;
  keepOwner(file, like);
  chmodSync(file, like.mode & 0o7777);
}

/** Only root may give a file away; a group of ours may be kept without. */
function keepOwner(file: string, { uid, gid }: Stats): void {
  const mine = statSync(file);
  if (mine.uid === uid && mine.gid === gid) return;
  for (const owner of [uid, mine.uid])
    try {
      chownSync(file, owner, gid);
      return;
    } catch {
      // What is not permitted is left as it is.
    }
}

/** The file a link leads to; a path where nothing is stays. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return path;
    throw error;
  }
}
