/** DOT: for Graphviz. */
import { failed } from "./diagram-mermaid";
import type { LinkState, Node, NodeKind, Topology, TopologyLink } from "./topology-shape";

const quote = (text: string): string =>
  `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replace(/[\r\n\t]+/g, " ")}"`;
/** `\n` is DOT's own line break. */
const lines = (...texts: readonly string[]): string => `"${texts.map((text) => quote(text).slice(1, -1)).join("\\n")}"`;

const SHAPES: Readonly<Record<NodeKind, string>> = {
  client: "oval",
  server: "box",
  location: "box",
  upstream: "hexagon",
  socket: "cds",
  missing: "cds",
  starter: "component",
  emperor: "component",
  instance: "box3d",
  app: "note",
};
const STYLES: Readonly<Record<LinkState, string>> = {
  fits: "color=gray30",
  fails: 'color=red3, fontcolor=red3, style=bold, arrowhead="tee"',
  unknown: "color=gray50, style=dashed",
};

export function dot(topology: Topology<unknown>): string {
  const out = ["digraph topology {", '  rankdir=LR; node [fontname="sans-serif", fontsize=11]; edge [fontname="sans-serif", fontsize=10];'];
  for (const node of topology.nodes) if (node.group === undefined) out.push(`  ${shape(node)}`);
  for (const group of topology.groups) {
    out.push(`  subgraph ${quote(`cluster_${group.id}`)} {`, `    label=${quote(group.label)};`);
    for (const node of topology.nodes) if (node.group === group.id) out.push(`    ${shape(node)}`);
    out.push("  }");
  }
  for (const link of topology.links) out.push(`  ${link.from} -> ${link.to} [${STYLES[link.state]}${label(link)}];`);
  return `${out.join("\n")}\n}\n`;
}

function shape(node: Node<unknown>): string {
  const broken = node.kind === "missing" || node.findings.some((finding) => finding.severity === "error");
  return `${node.id} [shape=${SHAPES[node.kind]}, label=${lines(node.label, ...node.details)}${broken ? ", color=red3" : ""}];`;
}

function label(link: TopologyLink<unknown>): string {
  const text = link.state === "fails" ? [link.label, failed(link)].filter((part) => part !== undefined).join(": ") : (link.label ?? "");
  const why = link.why === undefined ? "" : `, tooltip=${quote(link.why)}`;
  return (text === "" ? "" : `, label=${quote(text)}`) + why;
}
