// The language status item: whether the server is there, and the way to its log and its restart.
import { type Disposable, LanguageStatusSeverity, l10n, languages } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";

export function showStatus(client: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem("uwsgiNginx.status", [{ language: "uwsgi" }, { language: "nginx" }]);
  item.name = "uWSGI and nginx";
  const show = (state: State) => {
    item.busy = state === State.Starting;
    const stopped = state === State.Stopped || state === State.StartFailed;
    item.severity = stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.text = stopped ? l10n.t("Language server stopped") : state === State.Starting ? l10n.t("Starting") : l10n.t("Ready");
    item.command = stopped
      ? { command: "uwsgiNginx.restart", title: l10n.t("Restart") }
      : { command: "uwsgiNginx.showLogs", title: l10n.t("Show logs") };
  };
  show(client.state);
  const listening = client.onDidChangeState(({ newState }) => show(newState));
  return {
    dispose() {
      listening.dispose();
      item.dispose();
    },
  };
}
