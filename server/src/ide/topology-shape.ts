/** The deployment as a plain graph: what the diagram, the tree and programs outside are given. Same order for the same files. */
import type { Place, Severity } from "../rules/rule";

/** From the client to the application. `missing`: an address that nginx connects to and nobody here binds. */
export const NODE_KINDS = [
  "client",
  "server",
  "location",
  "upstream",
  "missing",
  "socket",
  "starter",
  "emperor",
  "instance",
  "app",
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];
/** `meant`: nothing is reached, but this listener was probably meant. */
export type LinkKind = "requests" | "connects" | "meant" | "serves" | "starts" | "runs";
/** "unknown" is an answer too: what is not known is not drawn as broken. */
export type LinkState = "fits" | "fails" | "unknown";

export type Noted<P = Place> = { readonly code: string; readonly severity: Severity; readonly message: string; readonly place: P };

export type Node<P = Place> = {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** Short lines under the label. */
  readonly details: readonly string[];
  /** Id of the container or machine it is in, where that is known. */
  readonly group?: string;
  readonly place?: P;
  readonly findings: readonly Noted<P>[];
};

export type TopologyLink<P = Place> = {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
  readonly state: LinkState;
  readonly label?: string;
  readonly why?: string;
  /** The rule that says why it fails. */
  readonly rule?: string;
  readonly place?: P;
  readonly findings: readonly Noted<P>[];
};

/** A container: everything in it shares users, paths and loopback. */
export type Group<P = Place> = { readonly id: string; readonly label: string; readonly place?: P };

export type Topology<P = Place> = {
  readonly version: 1;
  readonly nodes: readonly Node<P>[];
  readonly links: readonly TopologyLink<P>[];
  readonly groups: readonly Group<P>[];
};

/** The same graph with its places in another form: positions of an editor, paths of a command line. Undefined: the file is gone. */
export function withPlaces<P>(topology: Topology, convert: (place: Place) => P | undefined): Topology<P> {
  const at = (place: Place | undefined): { place?: P } => {
    const converted = place && convert(place);
    return converted === undefined ? {} : { place: converted };
  };
  const noted = (findings: readonly Noted[]): Noted<P>[] =>
    findings.flatMap(({ place, ...rest }) => {
      const converted = convert(place);
      return converted === undefined ? [] : [{ ...rest, place: converted }];
    });
  return {
    version: 1,
    nodes: topology.nodes.map(({ place, findings, ...rest }) => ({ ...rest, ...at(place), findings: noted(findings) })),
    links: topology.links.map(({ place, findings, ...rest }) => ({ ...rest, ...at(place), findings: noted(findings) })),
    groups: topology.groups.map(({ place, ...rest }) => ({ ...rest, ...at(place) })),
  };
}
