/** What the platform gives to the server: the files, and a clock. */
import type { Words } from "../text/l10n";
import type { Local } from "../workspace/target";

export type Entry = { readonly name: string; readonly folder: boolean };

/** The door to the disk, or to what the editor has for one. undefined means "no such file", never an empty text. */
export type Files = {
  /** Text of a regular file of bounded size. */
  read(uri: string): Promise<string | undefined>;
  list(folder: string): Promise<readonly Entry[] | undefined>;
  /** Regular files below a folder, in portions; without hidden and dependency folders. */
  find(folder: string): AsyncIterable<readonly string[]>;
};

/** Files as the editor reads them, for folders that only it can reach. */
export type AskClient = (method: string, params: object) => Promise<unknown>;

/** The machine that the server runs on, as it was when it was asked. */
export type ThisMachine = Local & {
  /** Whether anything that was told is otherwise by now. */
  isStale(): boolean;
};

export type Host = {
  /** `roots` are the only folders that may be read. */
  files(roots: readonly string[], askClient: AskClient | undefined): Files;
  /** Translations that came with the server, for clients that bring none; `language` as `de` or `de-AT`. */
  words?(language: string): Words | undefined;
  /** Looks at the machine; absent where there is none, or not one that is understood. */
  machine?(): ThisMachine;
  /** Runs something later; the answer calls it off. */
  after(milliseconds: number, run: () => void): () => void;
};
