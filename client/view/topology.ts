// The script of the drawing's page: zoom, pan, keyboard, and telling the editor what was clicked.
import { boxes, nearest } from "./arrows";
import { fitted, moved, seen, type View, zoomed } from "./view-box";

declare function acquireVsCodeApi(): { postMessage(message: object): void; getState(): unknown; setState(state: unknown): void };
const vscode = acquireVsCodeApi();

const stage = element("stage");
const status = element("status");
const style = new CSSStyleSheet();
document.adoptedStyleSheets = [style];

let svg: SVGSVGElement | undefined;
let view: View | undefined = saved();
let drawn = { width: 1, height: 1 };

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

function saved(): View | undefined {
  const state = vscode.getState();
  return Array.isArray(state) && state.length === 4 && state.every((part) => typeof part === "number" && Number.isFinite(part))
    ? (state as unknown as View)
    : undefined;
}

function show(next: View): void {
  view = next;
  svg?.setAttribute("viewBox", next.join(" "));
  vscode.setState(next);
}

const size = (): { width: number; height: number } => ({ width: Math.max(1, stage.clientWidth), height: Math.max(1, stage.clientHeight) });
/** Smaller than this part of its size nobody reads it. */
const READABLE = 1.5;
const whole = (most?: number): View => fitted(drawn, size(), most);

function draw(text: string, css: string): void {
  const focused = document.activeElement?.getAttribute("data-id");
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (!(parsed instanceof SVGSVGElement)) return;
  style.replaceSync(css);
  svg = document.importNode(parsed, true);
  // Measures of an element that is not on the page yet are not to be trusted.
  const [, , width = 1, height = 1] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
  drawn = { width, height };
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  stage.replaceChildren(svg);
  show(view ?? whole(READABLE));
  status.textContent = svg.querySelector("desc")?.textContent ?? "";
  if (focused) node(focused)?.focus();
}

const node = (id: string): SVGGElement | null => stage.querySelector<SVGGElement>(`.node[data-id="${CSS.escape(id)}"]`);

const fit = (): void => show(whole());

function zoom(factor: number, x = 0.5, y = 0.5): void {
  if (view) show(zoomed(view, factor, x, y));
}

/** The box or link under an event. */
function target(event: Event): SVGGElement | null {
  return event.target instanceof Element ? event.target.closest<SVGGElement>(".node,.link") : null;
}

function reveal(of: SVGGElement): void {
  const link = of.getAttribute("data-link");
  vscode.postMessage(link === null ? { type: "reveal", id: of.getAttribute("data-id") ?? "" } : { type: "reveal", link: Number(link) });
}

const describe = (of: SVGGElement): void => {
  status.textContent = of.querySelector("title")?.textContent ?? "";
};

stage.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const { width, height } = size();
    const frame = stage.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey)
      zoom(Math.exp(event.deltaY * 0.002), (event.clientX - frame.left) / width, (event.clientY - frame.top) / height);
    else if (view) show(moved(view, (event.shiftKey ? event.deltaY : event.deltaX) / width, (event.shiftKey ? 0 : event.deltaY) / height));
  },
  { passive: false },
);

let drag: { x: number; y: number; far: boolean } | undefined;
stage.addEventListener("pointerdown", (event) => {
  if (event.button === 0) drag = { x: event.clientX, y: event.clientY, far: false };
});
window.addEventListener("pointermove", (event) => {
  if (!drag || !view) return;
  const { width, height } = size();
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.far && Math.hypot(dx, dy) < 4) return;
  drag = { x: event.clientX, y: event.clientY, far: true };
  stage.classList.add("moving");
  show(moved(view, -dx / width, -dy / height));
});
window.addEventListener("pointerup", (event) => {
  const wasClick = drag !== undefined && !drag.far;
  drag = undefined;
  stage.classList.remove("moving");
  const of = wasClick ? target(event) : null;
  if (of) reveal(of);
});

stage.addEventListener("pointerover", (event) => {
  const of = target(event);
  if (of) describe(of);
});
stage.addEventListener("focusin", (event) => {
  const of = target(event);
  if (!of) return;
  describe(of);
  if (view) show(seen(view, of.getBBox()));
});

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const KEYS: Readonly<Record<string, () => void>> = { "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), "0": fit };

stage.addEventListener("keydown", (event) => {
  const of = target(event);
  const arrow = ARROWS[event.key];
  if (of && (event.key === "Enter" || event.key === " ")) reveal(of);
  else if (arrow && of && !event.shiftKey) nearest(boxes(stage), of, arrow)?.focus();
  else if (arrow && view) show(moved(view, arrow[0] * 0.1, arrow[1] * 0.1));
  else if (KEYS[event.key] && !event.ctrlKey && !event.metaKey) KEYS[event.key]?.();
  else return;
  event.preventDefault();
});

const ACTIONS: Readonly<Record<string, () => void>> = {
  in: () => zoom(0.8),
  out: () => zoom(1.25),
  fit,
  export: () => vscode.postMessage({ type: "export" }),
};
for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => ACTIONS[button.dataset.do ?? ""]?.());

window.addEventListener(
  "message",
  ({ data }: MessageEvent<{ readonly type?: string; readonly svg?: unknown; readonly style?: unknown }>) => {
    if (data.type === "draw" && typeof data.svg === "string" && typeof data.style === "string") draw(data.svg, data.style);
  },
);
vscode.postMessage({ type: "ready" });
