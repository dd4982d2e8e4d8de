/** Numbers as people say them; small ones need no other words. */

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

const TIMES: readonly (readonly [string, number])[] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** `1 minute 30 seconds`; two parts at most, and none below a minute. */
export function secondsWords(seconds: number): string | undefined {
  if (seconds < 60 || !Number.isSafeInteger(Math.floor(seconds))) return undefined;
  const parts: string[] = [];
  let rest = seconds;
  for (const [name, size] of TIMES) {
    const count = Math.floor(rest / size);
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}${count === 1 ? "" : "s"}`);
    rest -= count * size;
  }
  return parts.join(" ");
}
