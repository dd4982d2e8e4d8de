/** The parts of a uWSGI value that uWSGI replaces: magic letters, placeholders, environment variables, contents of files. */
import type { Span } from "../../text/span";

export type Expansion = {
  /** `%d`, `%(name)`, `$(NAME)`, `@(file)`. */
  readonly kind: "letter" | "placeholder" | "environment" | "contents";
  readonly span: Span;
  /** What stands between the brackets, or the letter. */
  readonly name: string;
  readonly nameSpan: Span;
};

const KINDS = { "%": "placeholder", $: "environment", "@": "contents" } as const;

/** In the order of the text. A percent takes the next character with it, so `%%(x)` holds none. */
export function expansions(text: string, from: number, to: number): readonly Expansion[] {
  const found: Expansion[] = [];
  for (let at = from; at < to - 1; at++) {
    const sign = text[at];
    if (sign !== "%" && sign !== "$" && sign !== "@") continue;
    if (text[at + 1] === "(") {
      const close = text.indexOf(")", at + 2);
      if (close < 0 || close >= to) continue;
      const nameSpan = { start: at + 2, end: close };
      found.push({ kind: KINDS[sign], span: { start: at, end: close + 1 }, name: text.slice(at + 2, close), nameSpan });
      at += 1; // brackets may hold others: %(a$(B))
    } else if (sign === "%") {
      found.push({ kind: "letter", span: { start: at, end: at + 2 }, name: text[at + 1] ?? "", nameSpan: { start: at + 1, end: at + 2 } });
      at += 1;
    }
  }
  return found;
}

/** The innermost one at an offset. */
export function expansionAt(all: readonly Expansion[], offset: number): Expansion | undefined {
  return all.findLast((one) => one.span.start <= offset && offset < one.span.end);
}
