/** Values that are read word by word, or taken as they are by what asks the machine: conditions, lists of names and numbers. */
import { t } from "../text/l10n";
import { type Check, fatal, fatalAtStart, fatalIfUsed, misread, perhaps } from "./uwsgi-value";
import { signedInt } from "./uwsgi-values-numbers";

/** What is filled in later, or by a loop, says nothing yet. */
const isOpen = (value: string): boolean => value.includes("%(");

/** Only a number gives turns. */
export const turns: Check = (value, option, version) => (isOpen(value) ? undefined : signedInt(value, option, version));

/** `blacklist = a b`: a comma is a letter of a name. */
export const optionNames: Check = (value) =>
  /\S[ \t]*,/.test(value)
    ? misread(
        t`Names are separated by blanks: with a comma this is the name of no option.`,
        perhaps(value.trim().replace(/[ \t]*,[ \t]*/g, " ")),
      )
    : undefined;

const numbersIn = (value: string): readonly string[] => value.split(",").filter((word) => word !== "");

export const modifiers: Check = (value) => {
  const wrong = numbersIn(value).find((word) => !/^[ \t]*\d+[ \t]*$/.test(word));
  return wrong === undefined
    ? undefined
    : misread(t`These are numbers with commas between them: \`${wrong.trim()}\` counts as what stands before its first letter, or 0.`);
};

export const remapped: Check = (value) => {
  for (const pair of numbersIn(value)) {
    const [from = "", to] = pair.split(":");
    if (to === undefined) return misread(t`This is \`number:number\`: \`${pair}\` has no colon and is ignored.`);
    if (Math.max(Number.parseInt(from, 10) || 0, Number.parseInt(to, 10) || 0) > 255)
      return fatalAtStart(t`Modifiers go up to 255: at \`${pair}\` every worker crashes as it starts.`);
  }
  return undefined;
};

/** `fd[:size] [message]` */
export const reloadFd: Check = (value) =>
  /^[ \t]*\d/.test(value) ? undefined : misread(t`This is the number of a file descriptor: uWSGI takes 0, its standard input.`);

/** Looked at only where there is an alarm. */
export const alarmFd: Check = (value) =>
  value.split(" ").length > 2 ? undefined : fatalIfUsed(t`This is \`<alarm> <fd>[:size] <message>\`: uWSGI refuses to start.`);

/** Looked at only by root, and with a cgroup. */
export const cgroupOption: Check = (value) =>
  /[=:]/.test(value) ? undefined : fatalIfUsed(t`This is \`name=value\`: without "=" uWSGI refuses to start.`);

export const cacheItem: Check = (value) => {
  const key = value.slice(value.indexOf(" ") + 1);
  return key.includes("=") ? undefined : misread(t`This is \`[cache ]key=value\`: without "=" nothing is stored.`);
};

export const touchCommand: Check = (value) =>
  value.includes(" ") ? undefined : misread(t`This is \`<file> <command>\`: without a command the file itself is run.`);

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/.*)?$/;

export const firewall: Check = (value) => {
  const [action = "", source, ...rest] = value.split(" ");
  if (source === undefined) return undefined;
  if (rest.length === 0) return misread(t`This is \`<action> <source/mask> <destination/mask>\`: with one address the rule is ignored.`);
  const wrong = [source, rest.join(" ")].find((address) => !ADDRESS.test(address));
  if (wrong !== undefined) return fatal(t`\`${wrong}\` is no IPv4 address: uWSGI refuses to start.`);
  return /^(?:allow|deny)$/.test(action) ? undefined : misread(t`Everything but \`deny\` allows: \`${action}\` does not forbid anything.`);
};
