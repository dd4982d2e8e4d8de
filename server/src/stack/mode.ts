/** File modes as people write and read them. */

/** What `chmod-socket` makes of its value: three octal digits, or `1`. Undefined: uWSGI refuses to start. */
export function socketMode(value: string): number | undefined {
  if (value === "1" || value === "000") return 0o666;
  return /^[0-7]{3}$/.test(value) ? Number.parseInt(value, 8) : undefined;
}

/** Octal digits of any length, with an optional prefix `0o`: "0755" → 493. Undefined when it is something else. */
export function parseOctal(text: string): number | undefined {
  const digits = /^(?:0o)?([0-7]{1,6})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}

export const octal = (mode: number): string => mode.toString(8).padStart(3, "0");

/** The nine letters of `ls -l` for a mode: 0o664 or "664" → "rw-rw-r--". Set-id and sticky bits show as s, S, t, T. */
export function modeWords(mode: number | string): string {
  const bits = typeof mode === "string" ? (parseOctal(mode) ?? 0) : mode;
  return [6, 3, 0].map((shift) => columnWords(bits >> shift, special(bits, shift))).join("");
}

function columnWords(bits: number, mark: string): string {
  const last = mark === "" ? (bits & 1 ? "x" : "-") : bits & 1 ? mark : mark.toUpperCase();
  return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`;
}

function special(bits: number, shift: number): string {
  if (shift === 0) return bits & 0o1000 ? "t" : "";
  return bits & (shift === 6 ? 0o4000 : 0o2000) ? "s" : "";
}
