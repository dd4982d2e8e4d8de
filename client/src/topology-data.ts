// What the server tells of the deployment, and the words for it.
import { l10n, Selection, ThemeColor, ThemeIcon, Uri, ViewColumn, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

/** As LSP writes it: plain data, not the editor's classes. */
export type Place = { readonly uri: string; readonly range: { readonly start: Position; readonly end: Position } };
type Position = { readonly line: number; readonly character: number };
export type Noted = {
  readonly code: string;
  readonly severity: "error" | "warning" | "info" | "hint";
  readonly message: string;
  readonly place: Place;
};
export type Node = {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly details: readonly string[];
  readonly group?: string;
  readonly place?: Place;
  readonly findings: readonly Noted[];
};
export type Link = {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly state: "fits" | "fails" | "unknown";
  readonly label?: string;
  readonly why?: string;
  readonly place?: Place;
  readonly findings: readonly Noted[];
};
export type Topology = {
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
  readonly groups: readonly { readonly id: string; readonly label: string }[];
};
export type Format = "svg" | "mermaid" | "dot";
export type Drawn = { readonly topology: Topology; readonly text: string; readonly style: string };

export const askTopology = (client: BaseLanguageClient, format: Format = "svg", interactive = false): Promise<Drawn | null> =>
  client.sendRequest<Drawn | null>("uwsgiNginx/topology", { format, interactive });

export async function reveal(place: Place | undefined, viewColumn: ViewColumn = ViewColumn.Active): Promise<void> {
  if (!place) return;
  const { start, end } = place.range;
  const selection = new Selection(start.line, start.character, end.line, end.character);
  await window.showTextDocument(Uri.parse(place.uri, true), { selection, viewColumn });
}

const KINDS: Readonly<Record<string, () => string>> = {
  server: () => l10n.t("nginx server"),
  missing: () => l10n.t("not bound"),
  socket: () => l10n.t("address"),
  starter: () => l10n.t("started by"),
  emperor: () => l10n.t("emperor"),
  instance: () => l10n.t("uWSGI process"),
  app: () => l10n.t("application"),
};
/** The other kinds are words of nginx. */
export const kindWords = ({ kind }: Node): string => KINDS[kind]?.() ?? kind;

const LEVELS: Readonly<Record<Noted["severity"], () => string>> = {
  error: () => l10n.t("error"),
  warning: () => l10n.t("warning"),
  info: () => l10n.t("info"),
  hint: () => l10n.t("hint"),
};
export const levelWord = ({ severity }: Noted): string => LEVELS[severity]();

const ICONS: Readonly<Record<string, string>> = {
  server: "server",
  location: "milestone",
  upstream: "git-merge",
  socket: "plug",
  missing: "debug-disconnect",
  starter: "play",
  emperor: "organization",
  instance: "gear",
  app: "file-code",
};

export function iconOf(node: Node, link: Link | undefined): ThemeIcon {
  const isBroken = link?.state === "fails" || node.findings.some((finding) => finding.severity === "error");
  const isWarned = node.findings.some((finding) => finding.severity === "warning");
  const colour = isBroken ? "list.errorForeground" : isWarned ? "list.warningForeground" : undefined;
  const icon = ICONS[node.kind] ?? "circle-outline";
  return colour === undefined ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(colour));
}
