/** One pass of expansion, `$( )`, `@( )` or `%( )`, with uWSGI's own way of scanning: a replaced text is looked at again. */
import { hasHole, splice, type Text, withHole } from "./text";

/** null: there is no such thing, the text stays. undefined: not known. */
export type Resolve = (name: string, at: number, current: Text) => Text | null | undefined;

type Limits = { readonly replacements: number; readonly length: number };

const LIMITS: Limits = { replacements: 10_000, length: 1 << 20 };

const OPEN = 0x28;
const CLOSE = 0x29;

/** Returns undefined when the value grows beyond every bound. */
export function expand(symbol: "$" | "@" | "%", value: Text, resolve: Resolve, limits: Limits = LIMITS): Text | undefined {
  if (!value.text.includes(`${symbol}(`)) return value;
  const mark = symbol.charCodeAt(0);
  let current = value;
  let { text } = current;
  let left = limits.replacements;
  /** Everything before it has been seen and will not change by being seen again. */
  let settled = 0;
  let seenSymbol = false;
  let nameStart = -1;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === mark) {
      seenSymbol = true;
      nameStart = -1;
    } else if (code === OPEN && seenSymbol) {
      seenSymbol = false;
      nameStart = at + 1;
      depth = 0;
    } else if (nameStart < 0) {
      seenSymbol = false;
      settled = at + 1;
    } else if (code === OPEN) depth++;
    else if (code === CLOSE && depth > 0) depth--;
    else if (code === CLOSE) {
      const start = nameStart - 2;
      const name = text.slice(nameStart, at);
      nameStart = -1;
      const found = name === "" ? null : hasHole(current, start, at + 1) ? undefined : resolve(name, start, current);
      if (found) {
        current = splice(current, start, at + 1, found);
        text = current.text;
        if (--left < 0 || text.length > limits.length) return undefined;
        // uWSGI starts again, but at the second character: what a value begins with is not expanded twice.
        at = Math.max(settled, 1) - 1;
      } else {
        if (found === undefined) current = withHole(current, start, at + 1);
        settled = at + 1;
      }
    }
  }
  return current;
}
