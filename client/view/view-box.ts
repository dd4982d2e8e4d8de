// The part of the drawing that is seen: left, top, width, height in its own units.
export type View = readonly [x: number, y: number, width: number, height: number];
type Size = { readonly width: number; readonly height: number };

/** All of it, and never larger than drawn. With `most`, never smaller than that many times: what does not fit is out of sight. */
export function fitted(drawing: Size, stage: Size, most = Number.POSITIVE_INFINITY): View {
  const scale = Math.min(most, Math.max(1, drawing.width / stage.width, drawing.height / stage.height));
  const [width, height] = [stage.width * scale, stage.height * scale];
  return [Math.min(0, (drawing.width - width) / 2), Math.min(0, (drawing.height - height) / 2), width, height];
}

/** `x` and `y` say which point stays where it is, from 0 to 1. */
export function zoomed([left, top, width, height]: View, factor: number, x: number, y: number): View {
  const bounded = Math.min(20_000 / width, Math.max(60 / width, factor));
  return [left + width * (1 - bounded) * x, top + height * (1 - bounded) * y, width * bounded, height * bounded];
}

/** By parts of what is seen. */
export const moved = ([left, top, width, height]: View, dx: number, dy: number): View => [
  left + width * dx,
  top + height * dy,
  width,
  height,
];

/** Moved so far that a box is in sight. */
export function seen([left, top, width, height]: View, box: Size & { readonly x: number; readonly y: number }): View {
  const margin = 20;
  const into = (start: number, length: number, from: number, size: number): number => {
    if (from - margin < start) return from - margin;
    return from + size + margin > start + length ? from + size + margin - length : start;
  };
  return [into(left, width, box.x, box.width), into(top, height, box.y, box.height), width, height];
}
