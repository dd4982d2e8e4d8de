// "Explain": what the selected line of a log, or the word at the cursor, means. Shown as a page that belongs to nobody's files.
import { commands, Disposable, EventEmitter, l10n, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

const SCHEME = "uwsgi-nginx-explanation";
const MOST = 20_000;

type Explanation = { readonly markdown: string } | { readonly near: readonly string[] };

export function explainCommand(client: BaseLanguageClient): Disposable {
  const changed = new EventEmitter<Uri>();
  let shown = "";
  const page = Uri.from({ scheme: SCHEME, path: "/explanation.md" });

  async function explain(given?: unknown): Promise<void> {
    const text =
      typeof given === "string"
        ? given
        : (selected() ??
          (await window.showInputBox({ prompt: l10n.t("A line of a log of nginx or uWSGI, a rule, an option, a directive") })));
    if (!text?.trim()) return;
    await client.start();
    const found = await client.sendRequest<Explanation | null>("uwsgiNginx/explain", { text: text.slice(0, MOST) });
    if (!found || !("markdown" in found)) {
      const near = found?.near ?? [];
      const chosen =
        near.length > 0
          ? await window.showQuickPick(near, { placeHolder: l10n.t("Nothing has this name. Was one of these meant?") })
          : undefined;
      if (chosen !== undefined) return explain(chosen);
      if (near.length === 0) void window.setStatusBarMessage(l10n.t("Nothing is known of this text."), 5000);
      return;
    }
    shown = found.markdown;
    changed.fire(page);
    await commands.executeCommand("markdown.showPreviewToSide", page);
  }

  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, { onDidChange: changed.event, provideTextDocumentContent: () => shown }),
    commands.registerCommand("uwsgiNginx.explain", explain),
  );
}

/** The selection, else the line of a log, else the word at the cursor. */
function selected(): string | undefined {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  if (!selection.isEmpty) return document.getText(selection);
  if (document.languageId === "log" || /\.log$/.test(document.uri.path)) return document.lineAt(selection.active.line).text;
  const word = document.getWordRangeAtPosition(selection.active, /[\w$%-]+/);
  return word && document.getText(word);
}
