/** What the readers of single directives share. */
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import type { Address } from "./address";
import { type Reading, refuse, type Statement } from "./reading";

/** Reads the arguments of a statement as nginx does: notes names and refusals. */
export type Setter = (it: Statement, into: Reading) => void;
export type Setters = Readonly<Record<string, Setter>>;

/** Refuses what is no address. Whether a host's name can be resolved is not known here. */
export function unlessHost(it: Statement, into: Reading, read: Address | string, word: Word): Address | undefined {
  if (typeof read !== "string") return read;
  refuse(into, it, t`"${word.text}" is no address: ${read}`, word, "nginx-address");
  return undefined;
}
