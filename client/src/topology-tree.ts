// The deployment as a tree: the same data as the drawing, for those who prefer lists.
import { EventEmitter, l10n, MarkdownString, type TreeDataProvider, TreeItem, TreeItemCollapsibleState } from "vscode";
import { iconOf, kindWords, type Link, levelWord, type Node, type Topology } from "./topology-data";

/** A node as it is met on one way through the graph: the same socket may hang on two locations. */
export type Met = { readonly node: Node; readonly link: Link | undefined; readonly parent: Met | undefined };

const EMPTY: Topology = { nodes: [], links: [], groups: [] };

export class TopologyTree implements TreeDataProvider<Met> {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #topology = EMPTY;
  #byId = new Map<string, Node>();
  #leaving = new Map<string, Link[]>();

  show(topology: Topology | undefined): void {
    this.#topology = topology ?? EMPTY;
    this.#byId = new Map(this.#topology.nodes.map((node) => [node.id, node]));
    this.#leaving = new Map();
    for (const link of this.#topology.links) this.#leaving.set(link.from, [...(this.#leaving.get(link.from) ?? []), link]);
    this.#changed.fire();
  }

  getChildren(met?: Met): Met[] {
    if (!met) return this.#roots();
    return (this.#leaving.get(met.node.id) ?? []).flatMap((link) => {
      const node = this.#byId.get(link.to);
      return node && !isAbove(met, node) ? [{ node, link, parent: met }] : [];
    });
  }

  getParent = (met: Met): Met | undefined => met.parent;

  getTreeItem(met: Met): TreeItem {
    const { node, link } = met;
    const hasChildren = this.getChildren(met).length > 0;
    const item = new TreeItem(
      node.label,
      hasChildren ? (met.parent ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded) : TreeItemCollapsibleState.None,
    );
    item.id = idOf(met);
    item.description = [link?.state === "fails" ? l10n.t("fails") : undefined, ...node.details]
      .filter((part) => part !== undefined)
      .join(" · ");
    item.iconPath = iconOf(node, link);
    item.tooltip = tooltip(met);
    item.accessibilityInformation = {
      label: [kindWords(node), node.label, ...node.details, link?.why].filter((part) => part !== undefined).join(", "),
    };
    const place = link?.state === "fails" ? (link.place ?? node.place) : node.place;
    if (place) item.command = { command: "uwsgiNginx.reveal", title: l10n.t("Show in the file"), arguments: [place] };
    return item;
  }

  /** What clients reach, what starts processes, and whatever hangs on neither. */
  #roots(): Met[] {
    const entered = new Set(this.#topology.links.filter((link) => link.from !== "client1").map((link) => link.to));
    return this.#topology.nodes
      .filter((node) => node.kind !== "client" && !entered.has(node.id))
      .map((node) => ({ node, link: undefined, parent: undefined }));
  }
}

function isAbove(met: Met, node: Node): boolean {
  for (let up: Met | undefined = met; up; up = up.parent) if (up.node === node) return true;
  return false;
}

const idOf = (met: Met): string => (met.parent ? `${idOf(met.parent)}/` : "") + met.node.id;

function tooltip({ node, link }: Met): MarkdownString {
  const text = new MarkdownString();
  text.appendText(node.label);
  for (const words of [
    ...node.details,
    ...(link?.why ? [link.why] : []),
    ...node.findings.map((finding) => `${levelWord(finding)}: ${finding.message}`),
  ])
    text.appendMarkdown("\n\n").appendText(words);
  return text;
}
