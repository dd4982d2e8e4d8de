// "Fix all that is safe to fix" in the whole workspace; in one file it is the editor's own `source.fixAll`, also on save.
import { commands, type Disposable, l10n, type QuickPickItem, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";

type Fixed = { readonly edit: WorkspaceEdit; readonly files: number };

export const fixAllCommand = (client: BaseLanguageClient): Disposable =>
  commands.registerCommand("uwsgiNginx.fixAll", async (given?: unknown) => {
    await client.start();
    const fixed = await client.sendRequest<Fixed | null>("uwsgiNginx/fixWorkspace", {});
    if (!fixed) {
      void window.setStatusBarMessage(l10n.t("Nothing can be fixed safely."), 5000);
      return;
    }
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(fixed.edit);
    const go: QuickPickItem = {
      label: l10n.t("Change {0} files", fixed.files),
      detail: edit
        .entries()
        .map(([uri]) => workspace.asRelativePath(uri))
        .join(", "),
    };
    const title = l10n.t("Fix all that is safe to fix");
    if (given !== "at once" && (await window.showQuickPick([go], { title })) !== go) return;
    await workspace.applyEdit(edit, { isRefactoring: true });
  });
