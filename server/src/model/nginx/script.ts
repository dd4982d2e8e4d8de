/** Variables in a text, as nginx finds them: `$name`, `${name}`, `$1`. A backslash does not protect a dollar sign. */

export type Use = {
  /** Lower case: nginx does not tell cases apart here. */
  readonly name: string;
  /** Where the dollar sign stands in the text. */
  readonly at: number;
  readonly end: number;
};

export type Script = {
  readonly uses: readonly Use[];
  readonly captures: number /** What nginx says instead. */;
  readonly problem?: string;
};

const EMPTY: Script = { uses: [], captures: 0 };
const piece = /\$(?:([1-9])|\{(\w*)(\}?)|(\w*))/g;

export function readScript(text: string): Script {
  if (!text.includes("$")) return EMPTY;
  const uses: Use[] = [];
  let captures = 0;
  for (const match of text.matchAll(piece)) {
    const [whole, digit, braced, brace, bare = ""] = match;
    const end = match.index + whole.length;
    if (digit !== undefined) captures = Math.max(captures, Number(digit));
    else if (braced !== undefined && !brace && end < text.length + (braced ? 1 : 0)) {
      return { uses, captures, problem: `the closing bracket in "${braced}" variable is missing` };
    } else if (!(braced || bare)) return { uses, captures, problem: "invalid variable name" };
    else uses.push({ name: (braced ?? bare).toLowerCase(), at: match.index, end });
  }
  return { uses, captures };
}
