/**
 * Where everything stands: one column for each kind, from the client on the left to the applications on the right. dagre orders what
 * hangs together; the client and the emperors, which hang on everything, are placed afterwards, so that many applications cost little.
 */

import { layout as arrange, type EdgeLabel, Graph, type GraphLabel, type NodeLabel } from "@dagrejs/dagre";
import { t } from "../text/l10n";
import { NODE_KINDS, type Node, type NodeKind, type Topology, type TopologyLink } from "./topology-shape";

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };
export type Layout = {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  /** Lines of text in each box. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
  /** Where a link passes the columns between its ends. */
  readonly ways: ReadonlyMap<TopologyLink<unknown>, readonly Box[]>;
  readonly columns: readonly { readonly kind: NodeKind; readonly x: number }[];
};

const GAP = { columns: 96, rows: 20, margin: 24, header: 40 };
export const LINE = 16;
const PADDING = 7;
const MAX_LINE = 40;

/** No line is so long that it tears the drawing apart. */
function linesOf(topology: Topology<unknown>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map(topology.groups.map((group) => [group.id, group.label]));
  return new Map(
    topology.nodes.map((node) => {
      const group = node.group === undefined ? undefined : groups.get(node.group);
      return [node.id, [node.label, ...node.details, ...(group === undefined ? [] : [t`in ${group}`])].map(shortened)];
    }),
  );
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_LINE
    ? text
    : `${characters.slice(0, MAX_LINE / 2 - 1).join("")}…${characters.slice(-MAX_LINE / 2).join("")}`;
}

/** The largest; a list may be longer than what a call takes for arguments. */
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

export function layout(topology: Topology<unknown>): Layout {
  const lines = linesOf(topology);
  const used = NODE_KINDS.filter((kind) => topology.nodes.some((node) => node.kind === kind));
  const widths = used.map((kind) =>
    most(topology.nodes.filter((node) => node.kind === kind).map((node) => widthOf(lines.get(node.id) ?? []))),
  );
  const columns = used.map((kind, index) => ({
    kind,
    width: widths[index] ?? 0,
    x: GAP.margin + widths.slice(0, index).reduce((sum, width) => sum + width + GAP.columns, 0) + (widths[index] ?? 0) / 2,
  }));
  return new Placing(topology, lines, columns).everything();
}

type Column = { readonly kind: NodeKind; readonly x: number; readonly width: number };

class Placing {
  readonly #boxes = new Map<string, Box>();
  readonly #ways = new Map<TopologyLink<unknown>, readonly Box[]>();
  readonly #byId: ReadonlyMap<string, Node<unknown>>;
  #bottom = GAP.header;

  constructor(
    readonly topology: Topology<unknown>,
    readonly lines: ReadonlyMap<string, readonly string[]>,
    readonly columns: readonly Column[],
  ) {
    this.#byId = new Map(topology.nodes.map((node) => [node.id, node]));
  }

  everything(): Layout {
    const { nodes } = this.topology;
    const starts = this.topology.links.filter((link) => link.kind === "starts");
    const emperors = nodes.filter((node) => node.kind === "emperor").map((node) => node.id);
    // What starts an emperor stands before it in the same row.
    const before = new Map(emperors.map((id) => [id, starts.filter((link) => link.to === id).map((link) => link.from)]));
    const apart = new Set([
      ...emperors,
      ...[...before.values()].flat(),
      ...nodes.filter((node) => node.kind === "client").map((node) => node.id),
    ]);
    const parts = components(
      nodes.filter((node) => !apart.has(node.id)),
      this.topology.links,
    );
    const emperorOf = new Map(starts.filter((link) => before.has(link.from)).map((link) => [link.to, link.from]));
    const blockOf = (part: readonly Node<unknown>[]): string | undefined =>
      part.map((node) => emperorOf.get(node.id)).find((emperor) => emperor !== undefined);
    for (const emperor of [...emperors, undefined]) {
      if (emperor !== undefined) this.#row([...(before.get(emperor) ?? []), emperor]);
      for (const part of parts) {
        if (blockOf(part.nodes) !== emperor) continue;
        if (isChain(part)) this.#chain(part);
        else this.#component(part);
      }
    }
    const client = nodes.find((node) => node.kind === "client");
    if (client) this.#put(client, (GAP.header + this.#bottom - GAP.rows) / 2);
    const last = this.columns.at(-1);
    const [width, height] = [last ? last.x + last.width / 2 + GAP.margin : 2 * GAP.margin, this.#bottom - GAP.rows + GAP.margin];
    return { width, height, boxes: this.#boxes, lines: this.lines, ways: this.#ways, columns: this.columns };
  }

  readonly #height = (id: string): number => (this.lines.get(id)?.length ?? 1) * LINE + 2 * PADDING;
  readonly #column = (id: string): number => this.columns.findIndex((column) => column.kind === this.#byId.get(id)?.kind);

  #put(node: Node<unknown>, y: number): void {
    const column = this.columns[this.#column(node.id)];
    this.#boxes.set(node.id, { x: column?.x ?? 0, y, width: column?.width ?? 0, height: this.#height(node.id) });
  }

  #row(ids: readonly string[]): void {
    const nodes = [...new Set(ids)].flatMap((id) => (this.#boxes.has(id) ? [] : (this.#byId.get(id) ?? [])));
    const used = new Map<NodeKind, number>();
    for (const node of nodes) {
      const top = used.get(node.kind) ?? this.#bottom;
      this.#put(node, top + this.#height(node.id) / 2);
      used.set(node.kind, top + this.#height(node.id) + GAP.rows);
    }
    this.#bottom = Math.max(this.#bottom, ...used.values());
  }

  /** The usual application is one row: nothing is to be ordered. */
  #chain({ nodes, links }: Part): void {
    const height = most(nodes.map((node) => this.#height(node.id)));
    const y = this.#bottom + height / 2;
    for (const node of nodes) this.#put(node, y);
    for (const link of links)
      this.#ways.set(
        link,
        this.#passed(link).map((column) => ({ ...column, y, height: 0 })),
      );
    this.#bottom += height + GAP.rows;
  }

  #component({ nodes, links }: Part): void {
    const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
    // The columns are known; dagre is left to find the order in them and the room between.
    const ranker = (inner: { nodes(): string[]; node(id: string): NodeLabel }): void => {
      for (const id of inner.nodes()) inner.node(id).rank = this.#byId.has(id) ? 2 * this.#column(id) : -1;
    };
    const settings: GraphLabel = { rankdir: "LR", nodesep: GAP.rows, ranksep: GAP.columns };
    graph.setGraph(Object.assign(settings, { ranker })); // dagre's types do not tell that it takes a function
    for (const node of nodes)
      graph.setNode(node.id, { width: this.columns[this.#column(node.id)]?.width ?? 0, height: this.#height(node.id) });
    for (const { from, to } of links)
      graph.setEdge(from, to, { minlen: Math.max(1, this.#column(to) - this.#column(from)), width: 0, height: 0 });
    arrange(graph);
    const centre = (id: string): number => graph.node(id).y ?? 0;
    const shift = this.#bottom + most(nodes.map(({ id }) => this.#height(id) / 2 - centre(id)));
    for (const node of nodes) this.#put(node, centre(node.id) + shift);
    this.#bottom = most(nodes.map(({ id }) => centre(id) + shift + this.#height(id) / 2)) + GAP.rows;
    for (const link of links) this.#ways.set(link, this.#way(link, graph.edge(link.from, link.to).points ?? [], shift));
  }

  readonly #passed = (link: TopologyLink<unknown>): readonly Column[] =>
    this.columns.slice(this.#column(link.from) + 1, this.#column(link.to));

  /** dagre keeps a place free for a link in each column it passes: every second one of its points. */
  #way(link: TopologyLink<unknown>, points: readonly Point[], shift: number): readonly Box[] {
    return this.#passed(link).flatMap((column, index) => {
      const point = points[2 * (index + 1)];
      return point ? [{ ...column, y: point.y + shift, height: 0 }] : [];
    });
  }
}

type Part = { readonly nodes: readonly Node<unknown>[]; readonly links: readonly TopologyLink<unknown>[] };

function isChain({ nodes, links }: Part): boolean {
  return (
    links.length === nodes.length - 1 &&
    new Set(links.map((link) => link.from)).size === links.length &&
    new Set(links.map((link) => link.to)).size === links.length
  );
}

/** Nodes that hang together, in the order of the graph. */
function components(nodes: readonly Node<unknown>[], links: readonly TopologyLink<unknown>[]): readonly Part[] {
  const near = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  for (const { from, to } of links) {
    if (!near.has(from) || !near.has(to)) continue;
    near.get(from)?.push(to);
    near.get(to)?.push(from);
  }
  const part = new Map<string, number>();
  let count = 0;
  for (const node of nodes) {
    if (part.has(node.id)) continue;
    const open = [node.id];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (part.has(id)) continue;
      part.set(id, count);
      open.push(...(near.get(id) ?? []));
    }
    count++;
  }
  const parts = Array.from({ length: count }, () => ({ nodes: [] as Node<unknown>[], links: [] as TopologyLink<unknown>[] }));
  for (const node of nodes) parts[part.get(node.id) ?? 0]?.nodes.push(node);
  for (const link of links) if (part.has(link.to)) parts[part.get(link.from) ?? -1]?.links.push(link);
  return parts;
}

/** Widths are estimated for a sans-serif font of 12 pixels: there is nobody here who could measure. */
function widthOf([label = "", ...details]: readonly string[]): number {
  return Math.ceil(Math.max(70, textWidth(label) * 1.18, ...details.map((line) => textWidth(line) * 0.94))) + 26;
}

export function textWidth(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[ilj.,:;'|!/ ]/.test(character)
      ? 3.9
      : /[mwMW@%]/.test(character)
        ? 10.5
        : character > "\u2e7f"
          ? 12
          : /[A-Z]/.test(character)
            ? 8.4
            : 6.9;
  return width;
}
