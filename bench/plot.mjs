// A line through points as an SVG, readable on light and on dark pages.
const WIDTH = 720;
const HEIGHT = 300;
const LEFT = 70;
const BOTTOM = 250;
const RIGHT = 690;
const TOP = 30;
const GREY = "#888";

/** `lines`: name, colour and points [x, y] of each. The axes start at zero, so that what is flat looks flat. */
export function plot({ title, x, y, lines }) {
  const all = lines.flatMap((line) => line.points);
  const right = Math.max(...all.map(([at]) => at));
  const top = nice(Math.max(...all.map(([, value]) => value)) * 1.2);
  const px = (at) => (LEFT + ((RIGHT - LEFT) * at) / right).toFixed(1);
  const py = (value) => (BOTTOM - ((BOTTOM - TOP) * value) / top).toFixed(1);
  const text = (left, down, content, anchor = "middle", colour = GREY) =>
    `<text x="${left}" y="${down}" fill="${colour}" text-anchor="${anchor}">${content}</text>`;
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
    `<line x1="${LEFT}" x2="${RIGHT}" y1="${py(top * part)}" y2="${py(top * part)}" stroke="${GREY}" stroke-opacity="0.3"/>`,
    text(LEFT - 8, Number(py(top * part)) + 4, Number((top * part).toPrecision(3)), "end"),
  ]);
  const ticks = [...new Set(all.map(([at]) => at))].filter((at) => at >= right / 20).map((at) => text(px(at), BOTTOM + 18, at));
  const drawn = lines.flatMap(({ name, colour, points }, index) => [
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(([at, value]) => `${px(at)},${py(value)}`).join(" ")}"/>`,
    ...points.map(([at, value]) => `<circle cx="${px(at)}" cy="${py(value)}" r="3" fill="${colour}"/>`),
    text(RIGHT, TOP + 16 + 16 * index, name, "end", colour),
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img" aria-label="${title}">
${[text(LEFT, TOP - 12, y, "start"), text((LEFT + RIGHT) / 2, HEIGHT - 10, x), ...grid, ...ticks, ...drawn].join("\n")}
</svg>
`;
}

/** The next number that reads well. */
function nice(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * ([1, 2, 4, 6, 8].find((step) => step * unit >= value) ?? 10);
}
