/** Numbers as people say them; small ones need no other words. */
import { t } from "../../text/l10n";

const SIZES: readonly (readonly [string, number])[] = [
  ["GiB", 1024 ** 3],
  ["MiB", 1024 ** 2],
  ["KiB", 1024],
];

export function bytesWords(bytes: number): string | undefined {
  for (const [name, size] of SIZES)
    if (bytes >= size) return `${bytes % size === 0 ? "" : "≈ "}${Number((bytes / size).toFixed(1))} ${name}`;
  return undefined;
}

const TIMES: readonly (readonly [size: number, words: (count: number) => string])[] = [
  [86_400, (count) => (count === 1 ? t`1 day` : t`${count} days`)],
  [3600, (count) => (count === 1 ? t`1 hour` : t`${count} hours`)],
  [60, (count) => (count === 1 ? t`1 minute` : t`${count} minutes`)],
  [1, (count) => (count === 1 ? t`1 second` : t`${count} seconds`)],
];

/** `1 minute 30 seconds`; two parts at most, and none below a minute. */
export function secondsWords(seconds: number): string | undefined {
  if (seconds < 60 || !Number.isSafeInteger(Math.floor(seconds))) return undefined;
  const parts: string[] = [];
  let rest = seconds;
  for (const [size, words] of TIMES) {
    const count = Math.floor(rest / size);
    if (count > 0 && parts.length < 2) parts.push(words(count));
    rest -= count * size;
  }
  return parts.join(" ");
}
