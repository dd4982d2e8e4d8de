// "Use the installed uWSGI": asks a program that the user names for its version, and makes it the target. Only on this command.
import { isAbsolute } from "node:path";
import { ConfigurationTarget, commands, type Disposable, l10n, window, workspace } from "vscode";
import { askUwsgi } from "./ask-uwsgi";

export function useInstalledUwsgi(): Disposable {
  // The browser cannot run programs, so the command is not offered there.
  void commands.executeCommand("setContext", "uwsgiNginx.runsPrograms", true);
  return commands.registerCommand("uwsgiNginx.useInstalledUwsgi", async () => {
    if (!workspace.isTrusted) return void window.showWarningMessage(l10n.t("Programs are run in trusted workspaces only."));
    const program = await window.showInputBox({ prompt: l10n.t("The uWSGI program, with its full path"), value: "/usr/bin/uwsgi" });
    if (!program) return;
    const found = isAbsolute(program) ? await askUwsgi(program) : undefined;
    if (!found) return void window.showErrorMessage(l10n.t("{0} does not answer as uWSGI does.", program));
    const settings = workspace.getConfiguration("uwsgiNginx.target");
    const scope = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
    await settings.update("uwsgiVersion", found.version, scope);
    if (found.install) await settings.update("uwsgiInstall", found.install, scope);
    void window.showInformationMessage(l10n.t("uWSGI {0} is the target now: it has {1} options.", found.version, found.options.size));
  });
}
