/** A graph in the making. What a link is worth is asked last, when every finding has found its node. */
import type { Place } from "../rules/rule";
import type { Stack } from "../stack/stack";
import { overlaps } from "../text/span";
import type { Diagnosis } from "./diagnose";
import {
  type Group,
  type LinkState,
  NODE_KINDS,
  type Node,
  type NodeKind,
  type Noted,
  type Topology,
  type TopologyLink,
} from "./topology-shape";

export type Judgement = { readonly state: LinkState; readonly why?: string; readonly rule?: string };
type Draft = Omit<TopologyLink, "state" | "why" | "findings">;
type DraftLink = {
  readonly draft: Draft;
  readonly judge: (own: readonly Diagnosis[]) => Judgement;
  readonly own: Diagnosis[];
  readonly end?: Place;
};
/** A place whose findings go to a node or link; the smallest one that holds a finding gets it. */
type Area = { readonly place: Place; readonly take: (finding: Diagnosis) => void };

export class Drawing {
  readonly #nodes: { readonly node: Omit<Node, "findings">; readonly own: Diagnosis[] }[] = [];
  readonly #byId = new Map<string, { readonly own: Diagnosis[] }>();
  readonly #links = new Map<string, DraftLink[]>();
  readonly #groups = new Map<string, Group>();
  readonly #once = new Map<string, string>();
  readonly #areas = new Map<string, Area[]>();
  readonly #counts = new Map<NodeKind, number>();
  readonly #judged = new Map<string, TopologyLink>();

  constructor(
    readonly stack: Stack,
    readonly findings: readonly Diagnosis[],
  ) {}

  add(kind: NodeKind, label: string, details: readonly string[], more: { readonly place?: Place; readonly group?: string }): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const id = `${kind}${count}`;
    const entry = { node: { id, kind, label, details, ...more }, own: [] };
    this.#nodes.push(entry);
    this.#byId.set(id, entry);
    return id;
  }

  once(key: string, make: () => string): string {
    const known = this.#once.get(key) ?? make();
    this.#once.set(key, known);
    return known;
  }

  group(key: string, label: string, place: Place): string {
    const known = this.#groups.get(key) ?? { id: `group${this.#groups.size + 1}`, label, place };
    this.#groups.set(key, known);
    return known.id;
  }

  /** Findings at this place are shown on the node. */
  watch(id: string, place: Place): void {
    const entry = this.#byId.get(id);
    if (entry) this.#area(place, (finding) => void entry.own.push(finding));
  }

  /** `areas`: where findings about the link stand. `end`: the other side; a finding that names a listener must name this one. */
  link(draft: Draft, judge: DraftLink["judge"], areas: readonly Place[] = [], end?: Place): void {
    const link: DraftLink = { draft, judge, own: [], ...(end ? { end } : {}) };
    const key = `${draft.from} ${draft.to} ${draft.kind}`;
    this.#links.set(key, [...(this.#links.get(key) ?? []), link]);
    for (const place of areas) this.#area(place, (finding) => void (isAbout(finding, end) && link.own.push(finding)));
  }

  findingsAt(id: string): readonly Diagnosis[] {
    return this.#byId.get(id)?.own ?? [];
  }

  failing(id: string): Judgement | undefined {
    const finding = this.findingsAt(id).find((one) => one.severity === "error");
    return finding && { state: "fails", why: finding.message, rule: finding.code };
  }

  /** State of the links of a kind that leave a node. */
  stateOf(from: string, kind: TopologyLink["kind"]): LinkState | undefined {
    const states = this.#leaving(from, kind).map((link) => link.state);
    return states.includes("fails") ? "fails" : states[0];
  }

  /** nginx needs one server of an upstream that answers. */
  bestFrom(id: string): Judgement {
    const links = this.#leaving(id, "connects");
    const state = (["fits", "unknown", "fails"] as const).find((one) => links.some((link) => link.state === one)) ?? "unknown";
    const link = links.find((one) => one.state === state);
    return state === "fits" || !link ? { state } : { state, ...withoutUndefined({ why: link.why, rule: link.rule }) };
  }

  finished(): Topology {
    for (const finding of this.findings) this.#place(finding);
    const links = [...this.#links.keys()].map((key) => this.#judge(key));
    const nodes = this.#nodes.map(({ node, own }) => ({ ...node, findings: own.map(noted) }));
    nodes.sort((a, b) => NODE_KINDS.indexOf(a.kind) - NODE_KINDS.indexOf(b.kind));
    return { version: 1, nodes, links, groups: [...this.#groups.values()] };
  }

  #leaving(from: string, kind: TopologyLink["kind"]): TopologyLink[] {
    return [...this.#links]
      .filter(([, [first]]) => first?.draft.from === from && first.draft.kind === kind)
      .map(([key]) => this.#judge(key));
  }

  /** Links between the same two nodes are one: the worst of them counts. */
  #judge(key: string): TopologyLink {
    const known = this.#judged.get(key);
    if (known) return known;
    const drafts = this.#links.get(key) ?? [];
    const judged = drafts.map((link) => ({ link, ...link.judge(link.own) }));
    const worst = (["fails", "unknown", "fits"] as const).flatMap((state) => judged.find((one) => one.state === state) ?? [])[0];
    const [first] = drafts;
    if (!first || !worst) throw new Error(`no link ${key}`);
    const own = new Map(
      drafts.flatMap((link) => link.own.map((finding) => [`${finding.code} ${finding.uri} ${finding.span.start}`, finding] as const)),
    );
    const result: TopologyLink = {
      ...worst.link.draft,
      state: worst.state,
      ...withoutUndefined({ why: worst.why, rule: worst.rule }),
      findings: Array.from(own.values(), noted),
    };
    this.#judged.set(key, result);
    return result;
  }

  #area(place: Place, take: Area["take"]): void {
    const areas = this.#areas.get(place.uri);
    if (areas) areas.push({ place, take });
    else this.#areas.set(place.uri, [{ place, take }]);
  }

  #place(finding: Diagnosis): void {
    const around = (this.#areas.get(finding.uri) ?? []).filter(
      ({ place }) => overlaps(place.span, finding.span) && finding.span.start >= place.span.start,
    );
    const size = ({ place }: Area): number => place.span.end - place.span.start;
    const least = around.reduce((least, area) => Math.min(least, size(area)), Number.POSITIVE_INFINITY);
    for (const area of around) if (size(area) === least) area.take(finding);
  }
}

function isAbout(finding: Diagnosis, end: Place | undefined): boolean {
  if (!end || !finding.related?.length) return true;
  const elsewhere = finding.related.filter((place) => place.uri !== finding.uri);
  return elsewhere.length === 0 || elsewhere.some((place) => place.uri === end.uri && overlaps(place.span, end.span));
}

const noted = ({ code, severity, message, uri, span }: Diagnosis): Noted => ({ code, severity, message, place: { uri, span } });

type Known = { readonly why?: string; readonly rule?: string };
function withoutUndefined({ why, rule }: { readonly why: string | undefined; readonly rule: string | undefined }): Known {
  return { ...(why === undefined ? {} : { why }), ...(rule === undefined ? {} : { rule }) };
}
