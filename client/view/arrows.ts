// Arrow keys go to the nearest box in their direction.
export const boxes = (stage: Element): readonly SVGGElement[] => [...stage.querySelectorAll<SVGGElement>(".node")];

export function nearest(all: readonly SVGGElement[], from: SVGGElement, [dx, dy]: readonly [number, number]): SVGGElement | undefined {
  const [x, y] = centre(from);
  let best: { readonly of: SVGGElement; readonly far: number } | undefined;
  for (const of of all) {
    if (of === from) continue;
    const [ox, oy] = centre(of);
    const along = (ox - x) * dx + (oy - y) * dy;
    const across = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (along < 1) continue;
    const far = along + 2 * across;
    if (!best || far < best.far) best = { of, far };
  }
  return best?.of;
}

function centre(of: SVGGElement): readonly [number, number] {
  const { left, top, width, height } = of.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
