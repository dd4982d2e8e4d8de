// "Change the level of RULE": from a finding to the setting, without a search for its name.
import {
  CodeAction,
  CodeActionKind,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  Disposable,
  l10n,
  languages,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from "vscode";
import type { DocumentSelector } from "vscode-languageclient";

const COMMAND = "uwsgiNginx.setLevel";
type Level = QuickPickItem & { readonly value: string | undefined };

const levels = (): readonly Level[] => [
  { value: "error", label: l10n.t("Error") },
  { value: "warning", label: l10n.t("Warning") },
  { value: "info", label: l10n.t("Information") },
  { value: "hint", label: l10n.t("Hint"), description: l10n.t("dots under the text, no entry among the problems") },
  { value: "off", label: l10n.t("Off"), description: l10n.t("never looked for") },
  { value: undefined, label: l10n.t("As the rule says"), description: l10n.t("takes the setting away") },
];

export function ruleLevels(selector: DocumentSelector): Disposable {
  return Disposable.from(
    languages.registerCodeActionsProvider(
      selector as Parameters<typeof languages.registerCodeActionsProvider>[0],
      { provideCodeActions: ({ uri }, _range, { diagnostics }) => actionsFor(uri, diagnostics) },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
    commands.registerCommand(COMMAND, setLevel),
  );
}

/** One for each rule, after whatever mends the finding. */
function actionsFor(uri: Uri, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const rules = new Set(diagnostics.flatMap(({ source, code }) => (source === "uwsgi-nginx" ? [ruleOf(code)] : [])));
  return [...rules].map((rule) => {
    const title = l10n.t("Change the level of {0} …", rule);
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.command = { command: COMMAND, title, arguments: [rule, uri.toString()] };
    return action;
  });
}

const ruleOf = (code: Diagnostic["code"]): string => String(typeof code === "object" ? code.value : code);

async function setLevel(rule: unknown, at?: unknown, given?: unknown): Promise<void> {
  if (typeof rule !== "string") return;
  const chosen =
    typeof given === "string"
      ? { value: given }
      : await window.showQuickPick(levels(), {
          title: l10n.t("Level of {0}", rule),
          placeHolder: l10n.t("Kept in the settings of the workspace"),
        });
  if (!chosen) return;
  const scope = typeof at === "string" ? Uri.parse(at, true) : undefined;
  const settings = workspace.getConfiguration("uwsgiNginx", scope);
  const inFolder = scope && (workspace.workspaceFolders?.length ?? 0) > 1 ? workspace.getWorkspaceFolder(scope) : undefined;
  const target = inFolder
    ? ConfigurationTarget.WorkspaceFolder
    : workspace.workspaceFolders
      ? ConfigurationTarget.Workspace
      : ConfigurationTarget.Global;
  const said = settings.inspect<Record<string, string>>("rules");
  const before = (inFolder ? said?.workspaceFolderValue : workspace.workspaceFolders ? said?.workspaceValue : said?.globalValue) ?? {};
  const { [rule]: _, ...others } = before;
  const after = chosen.value === undefined ? others : { ...others, [rule]: chosen.value };
  await settings.update("rules", Object.keys(after).length > 0 ? after : undefined, target);
}
