// The drawing in a tab of its own. The page may run one script and load nothing.
import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { type Drawn, reveal, type Topology } from "./topology-data";

const VIEW = "uwsgiNginx.topology";

export type Panel = Disposable & { draw(drawn: Drawn): void; focus(): void };

/** `ask` is called whenever the page needs a drawing; `exported` when the person wants it as a file. */
export function openPanel(
  extension: Uri,
  restored: WebviewPanel | undefined,
  ask: () => void,
  exported: () => void,
  closed: () => void,
): Panel {
  const dist = Uri.joinPath(extension, "dist");
  const panel = restored ?? window.createWebviewPanel(VIEW, l10n.t("nginx and uWSGI"), ViewColumn.Beside);
  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  panel.webview.html = page(panel.webview.asWebviewUri(Uri.joinPath(dist, "topology.js")).toString());
  let shown: Topology | undefined;
  const listening = [
    panel.webview.onDidReceiveMessage((message: { readonly type: string; readonly id?: string; readonly link?: number }) => {
      if (message.type === "ready") ask();
      else if (message.type === "export") exported();
      else if (message.type === "reveal") {
        const { place } = shown?.nodes.find((node) => node.id === message.id) ?? shown?.links[message.link ?? -1] ?? {};
        // Beside the drawing, not over it.
        void reveal(place, panel.viewColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One);
      }
    }),
    panel.onDidDispose(() => {
      for (const one of listening) one.dispose();
      closed();
    }),
  ];
  return {
    draw({ topology, text, style }) {
      shown = topology;
      void panel.webview.postMessage({ type: "draw", svg: text, style });
    },
    focus: () => panel.reveal(),
    dispose: () => panel.dispose(),
  };
}

export const restorePanel = (open: (panel: WebviewPanel) => void): Disposable =>
  window.registerWebviewPanelSerializer(VIEW, {
    async deserializeWebviewPanel(panel) {
      open(panel);
    },
  });

function page(script: string): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const button = (action: string, label: string, sign: string) =>
    `<button type="button" data-do="${action}" title="${attribute(label)}" aria-label="${attribute(label)}">${sign}</button>`;
  return `<!doctype html>
<html lang="${attribute(l10n.t("en"))}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<title>${attribute(l10n.t("nginx and uWSGI"))}</title>
<style nonce="${nonce}">
html,body{height:100%;margin:0;padding:0;overflow:hidden}
body{display:flex;flex-direction:column}
#stage{flex:1;min-height:0;cursor:grab;outline:none}
#stage.moving{cursor:grabbing}
#stage svg{width:100%;height:100%;display:block}
[role=toolbar]{position:absolute;right:12px;top:8px;display:flex;gap:4px}
button{min-width:28px;height:26px;border:1px solid var(--vscode-button-border,transparent);border-radius:2px;background:var(--vscode-button-secondaryBackground);color:var(--vscode-button-secondaryForeground);font:inherit;cursor:pointer}
button:hover{background:var(--vscode-button-secondaryHoverBackground)}
button:focus-visible{outline:1px solid var(--vscode-focusBorder)}
#status{min-height:1.4em;max-height:6em;overflow:auto;margin:0;padding:6px 12px;border-top:1px solid var(--vscode-panel-border);white-space:pre-line;color:var(--vscode-descriptionForeground)}
</style>
</head>
<body>
<div role="toolbar" aria-label="${attribute(l10n.t("Drawing"))}">${button("in", l10n.t("Zoom in (+)"), "+")}${button("out", l10n.t("Zoom out (-)"), "−")}${button("fit", l10n.t("Show all (0)"), "⤢")}${button("export", l10n.t("Export…"), l10n.t("Export…"))}</div>
<div id="stage" tabindex="0" role="region" aria-label="${attribute(l10n.t("nginx and uWSGI. Tab moves from box to box, arrow keys to the nearest one, Enter opens the file."))}"></div>
<p id="status" role="status">${attribute(l10n.t("Reading the configuration …"))}</p>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>`;
}

const attribute = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
