/** Numbers as the C library reads them: leading blanks, a sign, digits, and the rest is ignored. */

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** strtoll, base 10: nothing readable is 0, too much is the largest. */
export function toInt64(text: string): bigint {
  const digits = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)?.[1];
  if (!digits) return 0n;
  // No number of more than 20 digits fits, and a very long one would be slow to read.
  const value = BigInt(digits.replace(/^([+-]?)0+(?=\d)/, "$1").slice(0, 22));
  return value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : value;
}

/** atoi: the low 32 bits of it. */
export const toInt = (text: string): number => Number(BigInt.asIntN(32, toInt64(text)));

export const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value);
