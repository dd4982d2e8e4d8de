/** Mermaid: drawn by GitHub, GitLab and many editors right from Markdown. */
import { t } from "../text/l10n";
import type { LinkState, Node, NodeKind, Topology, TopologyLink } from "./topology-shape";

/** Mermaid's own entities, numeric ones, so that no character of a path can end the text or start markup. */
const literal = (text: string): string => text.replace(/[^\w \-./:@,=+~!?*$\p{L}]/gu, (character) => `#${character.codePointAt(0)};`);

const SHAPES: Readonly<Record<NodeKind, readonly [string, string]>> = {
  client: ["([", "])"],
  server: ["[", "]"],
  location: ["[", "]"],
  upstream: ["{{", "}}"],
  socket: ["[/", "/]"],
  missing: ["[/", "/]"],
  starter: ["[[", "]]"],
  emperor: ["[[", "]]"],
  instance: ["[[", "]]"],
  app: ["(", ")"],
};
const ARROWS: Readonly<Record<LinkState, string>> = { fits: "-->", fails: "--x", unknown: "-.->" };

export function mermaid(topology: Topology<unknown>): string {
  const lines = ["flowchart LR"];
  const grouped = new Map<string | undefined, Node<unknown>[]>();
  for (const node of topology.nodes) grouped.set(node.group, [...(grouped.get(node.group) ?? []), node]);
  for (const node of grouped.get(undefined) ?? []) lines.push(`  ${shape(node)}`);
  for (const group of topology.groups) {
    const inside = grouped.get(group.id);
    if (inside) lines.push(`  subgraph ${group.id}["${literal(group.label)}"]`, ...inside.map((node) => `    ${shape(node)}`), "  end");
  }
  for (const link of topology.links) lines.push(`  ${link.from} ${arrow(link)} ${link.to}`);
  topology.links.forEach((link, index) => {
    if (link.state === "fails") lines.push(`  linkStyle ${index} stroke:#c62828,stroke-width:2px`);
  });
  const broken = topology.nodes.filter((node) => node.kind === "missing" || node.findings.some((finding) => finding.severity === "error"));
  if (broken.length > 0)
    lines.push("  classDef broken stroke:#c62828,stroke-width:2px", `  class ${broken.map((node) => node.id).join(",")} broken`);
  return `${lines.join("\n")}\n`;
}

function shape(node: Node<unknown>): string {
  const [open, close] = SHAPES[node.kind];
  const text = [node.label, ...node.details].map(literal).join("<br>");
  return `${node.id}${open}"${text}"${close}`;
}

function arrow(link: TopologyLink<unknown>): string {
  const said = link.state === "fails" ? [link.label, failed(link)].filter((part) => part !== undefined).join(": ") : link.label;
  return said ? `${ARROWS[link.state]}|"${literal(said)}"|` : ARROWS[link.state];
}

/** The rule that says why is enough: the whole sentence is for the page of the rule. */
export const failed = (link: TopologyLink<unknown>): string => link.rule ?? (link.kind === "meant" ? t`probably meant` : t`fails`);
