// "Fix all that is safe to fix" in the whole workspace; in one file it is the editor's own `source.fixAll`, also on save.
import { commands, type Disposable, l10n, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";

type Fixed = { readonly edit: WorkspaceEdit; readonly files: number };

export const fixAllCommand = (client: BaseLanguageClient): Disposable =>
  commands.registerCommand("uwsgiNginx.fixAll", async () => {
    await client.start();
    const fixed = await client.sendRequest<Fixed | null>("uwsgiNginx/fixWorkspace", {});
    if (!fixed) {
      void window.setStatusBarMessage(l10n.t("Nothing can be fixed safely."), 5000);
      return;
    }
    await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(fixed.edit), { isRefactoring: true });
  });
