/** Numbers, sizes and times as nginx reads them. `undefined` stands for what nginx refuses. */

const MAX = 9223372036854775807n;

/** Digits only: no sign, no unit, no blanks. */
export function parseNumber(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  if (text.length > 18 && BigInt(text) > MAX) return undefined;
  return Number(text);
}

/** A size in bytes: `k` and `m` only. */
export const parseSize = (text: string): number | undefined => scaled(text, { k: 1024, m: 1024 ** 2 });
/** As a size, with `g`. */
export const parseOffset = (text: string): number | undefined => scaled(text, { k: 1024, m: 1024 ** 2, g: 1024 ** 3 });

function scaled(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const factor = Object.hasOwn(units, text.slice(-1).toLowerCase()) ? units[text.slice(-1).toLowerCase()] : undefined;
  const number = parseNumber(factor === undefined ? text : text.slice(0, -1));
  if (number === undefined) return undefined;
  // 2⁶³ − 1 bytes at most, as whole units: floating point would lose the one.
  return factor !== undefined && number > 2 ** 63 / factor - 1 ? undefined : number * (factor ?? 1);
}

/** Units from the largest to the smallest, with their seconds: each may follow only a larger one. */
const UNITS: readonly (readonly [string, number])[] = [
  ["y", 31_536_000],
  ["M", 2_592_000],
  ["w", 604_800],
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
  ["ms", 0.001],
];

/** A time in seconds. `whole`: the directive counts whole seconds, so it takes years and months but no milliseconds. */
export function parseTime(text: string, whole: boolean): number | undefined {
  const pattern = / *(\d*)(ms|[yMwdhms ]|$) */y;
  let total = 0;
  let step = whole ? -1 : 1;
  let valid = false;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    if (text[start] === " " && (start === 0 || step >= 6)) return undefined;
    const match = pattern.exec(text);
    if (!match) return undefined;
    const [, digits = "", unit = ""] = match;
    if (digits.length > 18) return undefined;
    if (digits) valid = true;
    // A number at the end without a unit counts seconds, whatever came before.
    const rank = unit === "" || unit === " " ? 6 : UNITS.findIndex(([name]) => name === unit);
    if (unit !== "") {
      if (rank <= step || (whole && unit === "ms")) return undefined;
      step = unit === " " ? 8 : rank;
    }
    total += Number(digits) * (UNITS[rank]?.[1] ?? 1);
    if (match[0] === "") break;
  }
  return valid ? total : undefined;
}

export const isFlag = (text: string): boolean => /^(?:on|off)$/i.test(text);

/** nginx compares the words of enums without regard to case. */
export const isOneOf = (text: string, values: readonly string[]): boolean => {
  const lower = text.toLowerCase();
  return values.some((value) => value.toLowerCase() === lower);
};
