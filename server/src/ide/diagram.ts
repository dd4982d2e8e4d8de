/** The graph in the forms people share: Mermaid, DOT, SVG. */
import { dot } from "./diagram-dot";
import { layout } from "./diagram-layout";
import { mermaid } from "./diagram-mermaid";
import { type SvgOptions, svg } from "./diagram-svg";
import type { Topology } from "./topology-shape";

export const DIAGRAM_FORMATS = ["mermaid", "dot", "svg"] as const;
export type DiagramFormat = (typeof DIAGRAM_FORMATS)[number];

export function diagram(topology: Topology<unknown>, format: DiagramFormat, options: SvgOptions = {}): string {
  if (format === "mermaid") return mermaid(topology);
  return format === "dot" ? dot(topology) : svg(topology, layout(topology), options);
}
