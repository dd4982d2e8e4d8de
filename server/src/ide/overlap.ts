/** Which places some findings have spoken about. */
import type { Span } from "../text/span";

/** Tells whether a span meets one of many, each question in logarithmic time. */
export function meets(spans: readonly Span[]): (span: Span) => boolean {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return (span) => {
    let low = 0;
    let high = joined.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((joined[middle]?.end ?? 0) < span.start) low = middle + 1;
      else high = middle;
    }
    const first = joined[low];
    return first !== undefined && first.start <= span.end;
  };
}
