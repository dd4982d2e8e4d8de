/** The words behind a command, read by the table of its options. */
import { didYouMean } from "../../facts/near";

export type Option = {
  /** How its value is called in the help; a switch has none. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly about: string;
};
export type Options = Readonly<Record<string, Option>>;
export type Words = {
  readonly rest: readonly string[];
  /** Option → value; a switch has the empty text. */
  readonly given: ReadonlyMap<string, string>;
};

/** The words, or what is wrong with them. `-` alone is no option, and behind `--` there are none. */
export function readWords(argv: readonly string[], options: Options): Words | string {
  const rest: string[] = [];
  const given = new Map<string, string>();
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "--") {
      rest.push(...words.splice(0));
      continue;
    }
    if (!word.startsWith("-") || word === "-") {
      rest.push(word);
      continue;
    }
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) return `unknown option ${name}${didYouMean(name, [...Object.keys(options), "--help"])}`;
    if (option.value === undefined && equals >= 0) return `${name} takes no value`;
    const value = option.value === undefined ? "" : equals < 0 ? words.shift() : word.slice(equals + 1);
    if (value === undefined || (option.value !== undefined && value === "")) return `${name} needs a value: ${name} ${option.value}`;
    if (option.choices && !option.choices.includes(value))
      return `${name} takes ${option.choices.join(", ")}, and not ${value}${didYouMean(value, option.choices)}`;
    given.set(name, value);
  }
  return { rest, given };
}
