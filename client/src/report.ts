// "Collect diagnostics": what somebody who is asked for help wants to know, as a page to read before it is sent. It holds no text of a file.
import { commands, type Disposable, type ExtensionContext, env, l10n, UIKind, version, window, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";

type Settled = { readonly ok: unknown } | { readonly problem: string };

const settled = async (ask: Promise<unknown>): Promise<Settled> => {
  try {
    return { ok: await ask };
  } catch (problem) {
    return { problem: problem instanceof Error ? problem.message : String(problem) };
  }
};

export const collectDiagnostics = (context: ExtensionContext, client: BaseLanguageClient): Disposable =>
  commands.registerCommand("uwsgiNginx.collectDiagnostics", async () => {
    const asked = client.state === State.Running ? await settled(client.sendRequest("uwsgiNginx/state", {})) : { problem: "not running" };
    const { packageJSON } = context.extension;
    const facts = {
      extension: packageJSON.version,
      vscode: `${version} (${env.appName}, ${env.uiKind === UIKind.Web ? "web" : "desktop"}${env.remoteName ? `, ${env.remoteName}` : ""})`,
      language: env.language,
      trusted: workspace.isTrusted,
      folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme),
      open: counted(workspace.textDocuments.map(({ languageId, uri }) => `${languageId} (${uri.scheme})`)),
      server: State[client.state],
      workspace: "ok" in asked ? asked.ok : asked.problem,
      settings: changedSettings(packageJSON),
    };
    const content = `# uWSGI and nginx\n\n${l10n.t("Read it before you send it. It holds no text of your files.")}\n\n\`\`\`json\n${JSON.stringify(facts, null, 2)}\n\`\`\`\n`;
    await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content }));
  });

/** Names of settings that somebody changed. Their values may name machines and people, except where they are plain. */
function changedSettings(manifest: {
  contributes: { configuration: readonly { properties: Readonly<Record<string, unknown>> }[] };
}): object {
  const changed: Record<string, unknown> = {};
  for (const { properties } of manifest.contributes.configuration)
    for (const name of Object.keys(properties)) {
      const said = workspace.getConfiguration().inspect(name);
      const value = said?.workspaceFolderValue ?? said?.workspaceValue ?? said?.globalValue;
      if (value !== undefined) changed[name] = typeof value === "object" || name.includes(".target.") ? "set" : value;
    }
  return changed;
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
