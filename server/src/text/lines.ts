import type { Span } from "./span";

export type Position = { readonly line: number; readonly character: number };

/** Turns offsets into lines and columns (zero-based, UTF-16) and back. Line ends are LF; a CR before it belongs to the line. */
export class Lines {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  get count(): number {
    return this.#starts.length;
  }

  line(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    const line = this.line(at);
    return { line, character: at - this.start(line) };
  }

  /** Positions outside the text are moved to its nearest place. */
  offset(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.#starts.length) return this.#length;
    return Math.min(this.start(position.line) + Math.max(0, position.character), this.end(position.line));
  }

  start(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** Where the line's text ends: before its LF. */
  end(line: number): number {
    const next = this.#starts[line + 1];
    return next === undefined ? this.#length : next - 1;
  }

  span(line: number): Span {
    return { start: this.start(line), end: this.end(line) };
  }
}
