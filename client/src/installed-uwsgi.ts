// "Use the installed uWSGI": asks a program that the user names for its version and options, and makes it the target. Only on this command.
import { isAbsolute } from "node:path";
import { ConfigurationTarget, commands, type Disposable, l10n, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { askUwsgi } from "./ask-uwsgi";

/** How the program differs from its release: the value of the setting. */
type Build = {
  readonly absent: readonly string[];
  readonly own: Readonly<Record<string, string>>;
  readonly builtIn: readonly string[];
  readonly ownYaml?: boolean;
};

export function useInstalledUwsgi(client: BaseLanguageClient): Disposable {
  // The browser cannot run programs, so the command is not offered there.
  void commands.executeCommand("setContext", "uwsgiNginx.runsPrograms", true);
  return commands.registerCommand("uwsgiNginx.useInstalledUwsgi", async () => {
    if (!workspace.isTrusted) return void window.showWarningMessage(l10n.t("Programs are run in trusted workspaces only."));
    const program = await window.showInputBox({ prompt: l10n.t("The uWSGI program, with its full path"), value: "/usr/bin/uwsgi" });
    if (!program) return;
    const found = isAbsolute(program) ? await askUwsgi(program) : undefined;
    await client.start();
    const build = found && (await client.sendRequest<Build | null>("uwsgiNginx/build", found));
    if (!build) return void window.showErrorMessage(l10n.t("{0} does not answer as uWSGI does.", program));
    const install = build.builtIn.includes("python") ? "pip" : found.suffix === "-debian" ? "debian" : undefined;
    const settings = workspace.getConfiguration("uwsgiNginx.target");
    const scope = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
    await settings.update("uwsgiVersion", found.version, scope);
    await settings.update("uwsgiOptions", build, scope);
    if (install) await settings.update("uwsgiInstall", install, scope);
    const counts = [build.absent.length, Object.keys(build.own).length, build.builtIn.length];
    void window.showInformationMessage(
      l10n.t("uWSGI {0} is the target now. Built without: {1} options. Of its own: {2}. Plugins built in: {3}.", found.version, ...counts),
    );
  });
}
