/** Cron lines of uWSGI: five integers, and nothing that a crontab knows besides. */
import { t } from "../text/l10n";
import { type Check, fatal, misread, odd, perhaps, sure } from "./uwsgi-value";

const FIELDS = ["minute", "hour", "day", "month", "weekday"] as const;
type Field = (typeof FIELDS)[number];
const NAMES: Readonly<Record<Field, () => string>> = {
  minute: () => t`minute`,
  hour: () => t`hour`,
  day: () => t`day`,
  month: () => t`month`,
  weekday: () => t`weekday`,
};
const HIGHEST: Readonly<Record<Field, number>> = { minute: 59, hour: 23, day: 31, month: 12, weekday: 7 };
const LOWEST: Readonly<Record<Field, number>> = { minute: 0, hour: 0, day: 1, month: 1, weekday: 0 };

/** sscanf("%d %d %d %d %d %n") */
const CRON =
  /^[ \t\n\v\f\r]*([+-]?\d+)(?!\d)[ \t\n\v\f\r]*([+-]?\d+)(?!\d)[ \t\n\v\f\r]*([+-]?\d+)(?!\d)[ \t\n\v\f\r]*([+-]?\d+)(?!\d)[ \t\n\v\f\r]*([+-]?\d+)(?!\d)[ \t\n\v\f\r]*/;

/** A crontab's five fields as uWSGI writes them, where it can. */
function translated(value: string): string | undefined {
  const words = value.trim().split(/[ \t]+/);
  const times = words
    .slice(0, 5)
    .map((word) => (word === "*" ? "-1" : /^\*\/\d+$/.test(word) ? `-${word.slice(2)}` : /^\d+$/.test(word) ? word : undefined));
  return words.length > 5 && times.every((time) => time !== undefined) ? [...times, ...words.slice(5)].join(" ") : undefined;
}

function outOfRange(field: Field, number: number): string | undefined {
  if (number < 0 || (number >= LOWEST[field] && number <= HIGHEST[field])) return undefined;
  return t`No ${NAMES[field]()} is ${number} (${LOWEST[field]} to ${HIGHEST[field]}): the command never runs.`;
}

export const cron: Check = (value) => {
  const found = CRON.exec(value);
  if (!found) {
    const instead = translated(value);
    return fatal(
      t`A cron line starts with five integers (minute, hour, day, month, weekday; -1 is any, -5 is every fifth): uWSGI refuses to start.`,
      instead === undefined ? undefined : sure(instead),
    );
  }
  const numbers = found.slice(1, 6).map(Number);
  for (const [index, field] of FIELDS.entries()) {
    const wrong = outOfRange(field, numbers[index] ?? -1);
    if (wrong) return misread(wrong);
  }
  if (value.slice(found[0].length).trim() === "") return misread(t`There is no command behind the five numbers.`);
  const [, , day = -1, , weekday = -1] = numbers;
  if (day >= 0 && weekday >= 0) return odd(t`With a day and a weekday it runs on either of them, not only where both meet.`);
  return undefined;
};

/** `<legion> <cron line>` */
export const legionCron: Check = (value, option, version) => {
  const blank = value.indexOf(" ");
  if (blank < 0) return fatal(t`This needs the name of a legion before the times: uWSGI refuses to start.`);
  return cron(value.slice(blank + 1), option, version);
};

const CRON2_FIELDS: Readonly<Record<string, Field>> = { minute: "minute", hour: "hour", day: "day", month: "month", week: "weekday" };

/** The values of `minute=…,hour=…`; the keys are checked as those of other lists are. */
export function cron2Time(key: string, text: string): ReturnType<Check> {
  const field = Object.hasOwn(CRON2_FIELDS, key) ? CRON2_FIELDS[key] : undefined;
  if (!field) return undefined;
  const every = /^\*\/(\d+)$/.exec(text)?.[1];
  if (every) return misread(t`\`${text}\` is read as 0. Every ${every}th ${NAMES[field]()} is \`${key}=-${every}\`.`);
  if (text === "*") return misread(t`\`*\` is read as 0. Any ${NAMES[field]()} is -1, or leave \`${key}\` out.`);
  if (!/^[+-]?\d+$/.test(text)) return misread(t`\`${key}\` is one integer: lists, ranges and names are not read.`);
  const wrong = outOfRange(field, Number(text));
  return wrong ? misread(wrong, perhaps("-1")) : undefined;
}
