/** A command line of uWSGI as its getopt reads it: long options and unique beginnings of them, letters alone or in a row, files in between. */
import { type Option, optionOf, optionOfLetter, options } from "../../facts/uwsgi";
import type { Argument, Origin } from "../../workspace/effective";
import { slice, spanOf, type Taken } from "./taken";
import type { Words } from "./words";

type Reading = { readonly words: Words; readonly uri: string; readonly found: Argument[] };

/** More than anybody writes. */
const MAX_WORDS = 4000;

/** `all` without the program. */
export function argumentsOf(all: Words, uri: string): readonly Argument[] {
  const words = all.slice(0, MAX_WORDS);
  const reading: Reading = { words, uri, found: [] };
  for (let at = 0; at < words.length; ) {
    const word = words[at];
    const text = word?.text ?? "";
    if (!word) break;
    if (text === "--") {
      for (const file of words.slice(at + 1)) add(reading, "", file, file);
      break;
    }
    if (text.startsWith("--")) at = long(reading, word, at);
    else if (text.startsWith("-") && text.length > 1) at = letters(reading, word, at);
    else {
      add(reading, "", word, word);
      at++;
    }
  }
  return reading.found;
}

function long(reading: Reading, word: Taken, at: number): number {
  const equals = word.text.indexOf("=");
  const written = word.text.slice(2, equals < 0 ? undefined : equals);
  const option = optionBeginning(written);
  const name = option?.name ?? written;
  if (equals >= 0) {
    add(reading, name, word, slice(word, equals + 1, word.text.length));
    return at + 1;
  }
  const next = reading.words[at + 1];
  // An option of a plugin that is not known: what follows is its value unless it looks like an option or a file of options.
  const takes = option ? option.arg === "required" : next !== undefined && !/^-|\.(?:ini|ya?ml|xml|json)(?::|$)/.test(next.text);
  if (takes && next) {
    add(reading, name, word, next);
    return at + 2;
  }
  add(reading, name, word, undefined);
  return at + 1;
}

/** `-M`, `-Mp4`, `-p 4`, `-s:3031`. */
function letters(reading: Reading, word: Taken, at: number): number {
  for (let index = 1; index < word.text.length; index++) {
    const letter = word.text[index] ?? "";
    const option = optionOfLetter(letter);
    const name = option?.name ?? letter;
    if (!option || option.arg === "none") {
      add(reading, name, word, undefined);
      continue;
    }
    if (index + 1 < word.text.length) {
      add(reading, name, word, slice(word, index + 1, word.text.length));
      return at + 1;
    }
    const next = option.arg === "required" ? reading.words[at + 1] : undefined;
    add(reading, name, word, next);
    return at + (next ? 2 : 1);
  }
  return at + 1;
}

function add({ found, uri }: Reading, name: string, word: Taken, value: Taken | undefined): void {
  const origin: Origin | undefined =
    word.exact && (value?.exact ?? true) ? { uri, span: { start: spanOf(word).start, end: spanOf(value ?? word).end } } : undefined;
  found.push({ name, value: value?.text ?? "", ...(origin && { origin }) });
}

type Known = Pick<Option, "name" | "arg">;

/** The option of that name, or the only one that begins so. Of several that take a value alike, the name stays as it is written. */
function optionBeginning(written: string): Known | undefined {
  const exact = optionOf(written);
  if (exact || written.length === 0) return exact;
  const [first, ...others] = options().filter((option) => option.name.startsWith(written));
  if (!first || others.some(({ arg }) => arg !== first.arg)) return undefined;
  return others.length === 0 ? first : { name: written, arg: first.arg };
}
