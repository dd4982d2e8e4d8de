// The part of the drawing that is seen: left, top, width, height in its own units.
export type View = readonly [x: number, y: number, width: number, height: number];
type Size = { readonly width: number; readonly height: number };

/** All of it, and never larger than drawn. */
export function fitted(drawing: Size, stage: Size): View {
  const scale = Math.max(1, drawing.width / stage.width, drawing.height / stage.height);
  const [width, height] = [stage.width * scale, stage.height * scale];
  return [(drawing.width - width) / 2, (drawing.height - height) / 2, width, height];
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
