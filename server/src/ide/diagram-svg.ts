/** Draws the graph as SVG. Every text is escaped, colours come from classes, and states differ by form as well as by colour. */

import { t } from "../text/l10n";
import { type Box, type Layout, LINE, textWidth } from "./diagram-layout";
import { failed } from "./diagram-mermaid";
import { STYLE } from "./diagram-style";
import { levelWord } from "./level-words";
import type { LinkState, Node, NodeKind, Topology, TopologyLink } from "./topology-shape";

export type SvgOptions = {
  /** For the editor's view: nodes can be reached by keyboard, and the page brings the style. */
  readonly interactive?: boolean;
};

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** Also takes out what XML does not allow at all. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

const KIND_WORDS: Readonly<Record<NodeKind, () => string>> = {
  client: () => "",
  server: () => t`nginx server`,
  location: () => "location",
  upstream: () => "upstream",
  missing: () => t`not bound`,
  socket: () => t`address`,
  starter: () => t`started by`,
  emperor: () => t`emperor`,
  instance: () => t`uWSGI process`,
  app: () => t`application`,
};
const STATE_WORDS: Readonly<Record<LinkState, () => string>> = { fits: () => t`fits`, fails: () => t`fails`, unknown: () => t`unknown` };

export function svg(topology: Topology<unknown>, layout: Layout, options: SvgOptions = {}): string {
  const { width, height } = layout;
  const size = `viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"`;
  const role = options.interactive ? 'role="group"' : 'role="img"';
  const broken = topology.links.filter((link) => link.state === "fails").length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="topology" ${size} ${role} aria-labelledby="topology-title topology-description">`,
    `<title id="topology-title">${escapeXml(t`nginx and uWSGI`)}</title>`,
    `<desc id="topology-description">${escapeXml(described(topology, broken))}</desc>`,
    ...(options.interactive ? [] : [`<style>${STYLE}</style>`]),
    `<defs>${["fits", "fails", "unknown"].map(marker).join("")}</defs>`,
    ...layout.columns.map(({ kind, x }) => `<text class="column" x="${round(x)}" y="20">${escapeXml(KIND_WORDS[kind]())}</text>`),
    ...topology.links.map((link, index) => drawLink(link, index, layout)),
    ...topology.nodes.map((node) => drawNode(node, layout, options)),
    "</svg>\n",
  ].join("\n");
}

function described(topology: Topology<unknown>, broken: number): string {
  const count = (kind: NodeKind): number => topology.nodes.filter((node) => node.kind === kind).length;
  const there = t`${count("server")} nginx servers, ${count("location")} locations, ${count("socket")} addresses, ${count("instance") + count("emperor")} uWSGI processes.`;
  return `${there} ${broken === 0 ? t`No link is known to fail.` : broken === 1 ? t`1 link fails.` : t`${broken} links fail.`}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const marker = (state: string): string =>
  `<marker id="arrow-${state}" class="arrow ${state}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker>`;

function drawNode(node: Node<unknown>, layout: Layout, options: SvgOptions): string {
  const box = layout.boxes.get(node.id);
  if (!box) return "";
  const lines = layout.lines.get(node.id) ?? [];
  const [left, top] = [round(box.x - box.width / 2), round(box.y - box.height / 2)];
  const text = lines.map(
    (line, index) =>
      `<text class="${index === 0 ? "label" : "detail"}" x="${left + 12}" y="${round(top + 7 + LINE * (index + 0.75))}">${escapeXml(line)}</text>`,
  );
  const worst = (["error", "warning", "info", "hint"] as const).find((severity) =>
    node.findings.some((finding) => finding.severity === severity),
  );
  const words = [
    `${KIND_WORDS[node.kind]()} ${node.label}`.trim(),
    ...node.details,
    ...node.findings.map((finding) => `${levelWord(finding.severity)}: ${finding.message}`),
  ].join("\n");
  const focus = options.interactive ? ` tabindex="0" role="button" aria-label="${escapeXml(words.replaceAll("\n", ", "))}"` : "";
  return [
    `<g class="node ${node.kind}${worst ? ` has-${worst}` : ""}" data-id="${escapeXml(node.id)}"${focus}><title>${escapeXml(words)}</title>`,
    `<rect class="box" x="${left}" y="${top}" width="${round(box.width)}" height="${round(box.height)}" rx="5"/><rect class="bar" x="${left}" y="${top}" width="4" height="${round(box.height)}" rx="2"/>`,
    ...text,
    worst ? badge(node.findings.length, worst, left + box.width, top) : "",
    "</g>",
  ].join("");
}

const badge = (count: number, worst: string, x: number, y: number): string =>
  `<circle class="badge ${worst}" cx="${round(x - 4)}" cy="${round(y + 3)}" r="8"/><text class="count" x="${round(x - 4)}" y="${round(y + 6.5)}">${count}</text>`;

function drawLink(link: TopologyLink<unknown>, index: number, layout: Layout): string {
  const [from, to] = [layout.boxes.get(link.from), layout.boxes.get(link.to)];
  if (!from || !to) return "";
  const ways = layout.ways.get(link) ?? [];
  const end: Box = { ...to, width: to.width + 2 };
  const path = pathOf([from, ...ways, end]);
  const first = ways[0] ?? end;
  const middle = { x: (from.x + from.width / 2 + first.x - first.width / 2) / 2, y: (from.y + first.y) / 2 };
  const title = [link.label, STATE_WORDS[link.state](), link.why].filter((part) => part !== undefined).join(": ");
  return [
    `<g class="link ${link.kind} ${link.state}" data-link="${index}"><title>${escapeXml(title)}</title>`,
    `<path class="hit" d="${path}"/><path class="line" d="${path}" marker-end="url(#arrow-${link.state})"/>`,
    link.label === undefined ? "" : caption(link.label, from.x + from.width / 2 + 6 + captionWidth(link.label) / 2, from.y - 6, "label"),
    link.state === "fails"
      ? `<path class="cross" d="M${round(middle.x - 5)} ${round(middle.y - 5)}l10 10m0-10l-10 10"/>${caption(failed(link), middle.x, middle.y + 17, "why")}`
      : "",
    "</g>",
  ].join("");
}

/** A caption has a ground of its own, so that lines below do not cross it. */
function caption(text: string, x: number, y: number, kind: string): string {
  const width = captionWidth(text);
  return `<rect class="ground" x="${round(x - width / 2)}" y="${round(y - 9)}" width="${round(width)}" height="12"/><text class="caption ${kind}" x="${round(x)}" y="${round(y)}">${escapeXml(text)}</text>`;
}

const captionWidth = (text: string): number => textWidth(text) * 0.84 + 6;

/** Links of one box to many far ones share a line down, instead of making a fan that hides everything. */
const FAR = 48;
function bus(x: number, y: number, right: number, to: number): string {
  const corner = 8;
  const down = to > y ? corner : -corner;
  return `H${round(x - corner)}Q${round(x)} ${round(y)} ${round(x)} ${round(y + down)}V${round(to - down)}Q${round(x)} ${round(to)} ${round(x + corner)} ${round(to)}H${round(right)}`;
}

/** From box to box in soft curves, straight through the columns that it passes. */
function pathOf(boxes: readonly Box[]): string {
  const [first, ...rest] = boxes;
  if (!first) return "";
  let x = first.x + first.width / 2;
  let { y } = first;
  let path = `M${round(x)} ${round(y)}`;
  for (const [index, box] of rest.entries()) {
    const left = box.x - box.width / 2;
    const bend = (left - x) / 2;
    if (Math.abs(box.y - y) > FAR && rest.length === 1) return path + bus(x + bend, y, left, box.y);
    path += `C${round(x + bend)} ${round(y)} ${round(left - bend)} ${round(box.y)} ${round(left)} ${round(box.y)}`;
    x = index === rest.length - 1 ? left : box.x + box.width / 2;
    y = box.y;
    if (index < rest.length - 1) path += `H${round(x)}`;
  }
  return path;
}
