/** The lines of a file around a finding, with carets under its place. */
import { BLUE, harmless, type Paint } from "./colours";

const AROUND = 1;
/** Columns of a line that are shown: of a longer one the part with the place. */
const WIDEST = 160;

type Position = { readonly line: number; readonly character: number };
export type FrameRange = { readonly start: Position; readonly end: Position };

export function frame(
  lines: (line: number) => string | undefined,
  { start, end }: FrameRange,
  mark: (carets: string) => string,
  paint: Paint,
): string {
  const first = Math.max(0, start.line - AROUND);
  const numbers: number[] = [];
  for (let line = first; line <= start.line + AROUND; line++) if (lines(line) !== undefined) numbers.push(line);
  const width = String((numbers.at(-1) ?? start.line) + 1).length;
  const gutter = (number: string): string => paint(`  ${number.padStart(width)} |`, BLUE);
  let out = "";
  for (const line of numbers) {
    if (line !== start.line && isBlank(lines(line))) continue;
    const text = lines(line) ?? "";
    const shift = line === start.line && text.length > WIDEST ? Math.max(0, start.character - WIDEST / 2) : 0;
    out += `${gutter(String(line + 1))} ${cut(text, shift)}`.trimEnd();
    out += "\n";
    if (line !== start.line) continue;
    const stop = end.line === start.line ? end.character : text.trimEnd().length;
    const before = text.slice(shift, start.character);
    const under = text.slice(start.character, Math.min(stop, shift + WIDEST));
    out += `${gutter("")} ${" ".repeat(columns(before) + (shift > 0 ? 1 : 0))}${mark("^".repeat(Math.max(1, columns(under))))}\n`;
  }
  return out;
}

const isBlank = (text: string | undefined): boolean => text?.trim() === "";

function cut(text: string, from: number): string {
  const part = text.slice(from, from + WIDEST);
  return `${from > 0 ? "…" : ""}${harmless(part)}${text.length > from + WIDEST ? "…" : ""}`;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const NARROW = /^[\x20-\x7e]*$/;

/** How many columns of a terminal a text takes. */
function columns(text: string): number {
  if (NARROW.test(text)) return text.length;
  let count = 0;
  for (const char of text) count += /\p{Mn}|\u200d/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return count;
}
