/** The magic letters: what `%d`, `%n` and the others mean for the file that is about to be read. */
import { utf8 } from "../../text/bytes";
import type { Machine } from "../effective";

/** null: it has a meaning that is not known here. A letter that is absent is removed from the text. */
export type Letters = { readonly table: Map<string, string | null>; hasFirstFile: boolean };

const FILE_LETTERS = ["o", "p", "s", "n", "e", "d", "c", "x", "i", "j"] as const;
const DIGITS = "0123456789";

export function startLetters(machine: Machine, version: string): Letters {
  const orUnknown = (value: string | number | undefined): string | null => (value === undefined ? null : String(value));
  const table = new Map<string, string | null>([
    ["%", "%"],
    ["(", "%("],
    ["[", "\x1b"],
    ["v", orUnknown(machine.cwd)],
    ["h", orUnknown(machine.hostname)],
    ["t", orUnknown(machine.time?.seconds)],
    ["T", orUnknown(machine.time?.microseconds)],
    ["V", machine.version === undefined ? null : version],
    ["k", orUnknown(machine.cpus)],
    ["u", orUnknown(machine.user?.uid)],
    ["U", orUnknown(machine.user?.user)],
    ["g", orUnknown(machine.user?.gid)],
    ["G", orUnknown(machine.user?.group)],
  ]);
  return { table, hasFirstFile: false };
}

/** What is known of a file by its name alone, as it was given. */
export type FileName = {
  /** As given, without the section. */
  readonly given: string;
  readonly section: string;
  /** Absolute path; undefined when it is not known, "" when the name is only a section of the file before. */
  readonly full: string | undefined;
  readonly inode: string | undefined;
  /** The name is a URL or standard input: only `%o` is set. */
  readonly isUrl: boolean;
  /** The texts hold bytes, one in each character. */
  readonly bytes: boolean;
};

/** `asFirst`: the upper-case letters are set too, unless a file did before. */
export function fileLetters(letters: Letters, machine: Machine, file: FileName, asFirst: boolean): void {
  const { table } = letters;
  table.set("o", file.given);
  if (file.isUrl) return;
  if (file.full !== "") pathLetters(table, file);
  if (file.full !== "") table.set("b", machine.binary ?? null);
  table.set("x", file.section);
  if (!asFirst || letters.hasFirstFile) return;
  for (const letter of FILE_LETTERS) {
    const value = table.get(letter);
    if (value !== undefined) table.set(letter.toUpperCase(), value);
  }
  letters.hasFirstFile = true;
}

function pathLetters(table: Letters["table"], file: FileName): void {
  const name = (file.full ?? file.given).replace(/^.*\//s, "");
  const dot = name.lastIndexOf(".");
  table.set("p", file.full ?? null);
  table.set("s", name);
  table.set("n", dot < 0 ? name : name.slice(0, dot));
  table.set("e", dot < 0 ? "" : name.slice(dot + 1));
  table.set("i", file.inode ?? null);
  if (file.full === undefined) {
    for (const letter of `jdc${DIGITS}`) table.set(letter, null);
    return;
  }
  const folder = file.full.slice(0, file.full.length - name.length);
  const parts = folder.split("/").filter((part) => part !== "");
  table.set("j", pathHash(file.full, file.bytes));
  table.set("d", folder);
  table.set("c", parts.at(-1) ?? "");
  for (const digit of DIGITS) table.set(digit, parts[Number(digit)] ?? "");
}

/** The hash of `%j`: DJB's, over bytes that C takes for signed, written from the lowest byte up. */
function pathHash(path: string, isBytes: boolean): string {
  let hash = 5381;
  for (const byte of isBytes ? path : utf8(path)) hash = (((hash << 5) + hash) ^ ((byte.charCodeAt(0) << 24) >> 24)) >>> 0;
  return [0, 8, 16, 24].map((shift) => ((hash >>> shift) & 0xff).toString(16).toUpperCase().padStart(2, "0")).join("");
}
