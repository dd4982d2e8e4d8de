// Commands about the deployment as a whole: the drawing, the tree, exports, and what a line of a log means.
import { commands, Disposable, type Event, type ExtensionContext, l10n, Uri, type WebviewPanel, window, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { askTopology, type Format, type Place, reveal } from "./topology-data";
import { openPanel, type Panel, restorePanel } from "./topology-panel";
import { TopologyTree } from "./topology-tree";

/** `changed`: the server settled after an edit of any file. */
export function showTopology(context: ExtensionContext, client: BaseLanguageClient, changed: Event<void>): Disposable {
  const tree = new TopologyTree();
  const view = window.createTreeView("uwsgiNginx.topology", { treeDataProvider: tree, showCollapseAll: true });
  let panel: Panel | undefined;

  async function refresh(): Promise<void> {
    if (client.state !== State.Running || (!panel && !view.visible)) return;
    const drawn = await askTopology(client, "svg", true);
    if (!drawn) return;
    tree.show(drawn.topology);
    view.message = drawn.topology.nodes.length === 0 ? l10n.t("No uWSGI process and no uwsgi_pass was found.") : "";
    panel?.draw(drawn);
  }
  const refreshed = (): void => void refresh();

  function open(restored?: WebviewPanel): void {
    if (panel && !restored) {
      panel.focus();
      return;
    }
    panel = openPanel(
      context.extensionUri,
      restored,
      refreshed,
      () => void exportTopology(client),
      () => {
        panel = undefined;
      },
    );
  }

  void commands.executeCommand("setContext", "uwsgiNginx.active", true);
  return Disposable.from(
    view,
    view.onDidChangeVisibility(refreshed),
    client.onDidChangeState(refreshed),
    changed(refreshed),
    restorePanel(open),
    commands.registerCommand("uwsgiNginx.showTopology", () => open()),
    commands.registerCommand("uwsgiNginx.exportTopology", () => exportTopology(client)),
    commands.registerCommand("uwsgiNginx.reveal", (place: Place) => reveal(place)),
    { dispose: () => panel?.dispose() },
  );
}

const formats = (): readonly {
  readonly format: Format | "json";
  readonly label: string;
  readonly ending: string;
  readonly description: string;
}[] => [
  { format: "svg", label: "SVG", ending: "svg", description: l10n.t("a picture that follows light and dark") },
  { format: "mermaid", label: "Mermaid", ending: "mmd", description: l10n.t("for Markdown") },
  { format: "dot", label: "DOT", ending: "dot", description: l10n.t("for Graphviz") },
  { format: "json", label: "JSON", ending: "json", description: l10n.t("for programs") },
];

async function exportTopology(client: BaseLanguageClient): Promise<void> {
  const chosen = await window.showQuickPick(formats(), { placeHolder: l10n.t("Save the topology as") });
  if (!chosen) return;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    filters: { [chosen.label]: [chosen.ending] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, `topology.${chosen.ending}`) } : {}),
  });
  if (target) await client.start();
  const drawn = target && (await askTopology(client, chosen.format === "json" ? "svg" : chosen.format));
  if (!target || !drawn) return;
  const text = chosen.format === "json" ? `${JSON.stringify(drawn.topology, null, 2)}\n` : drawn.text;
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await window.showTextDocument(target);
}
