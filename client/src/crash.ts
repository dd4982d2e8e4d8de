// A server that ends by itself is started anew, a few times at most. The person is told: for a moment findings and hovers are gone.
import { commands, l10n, window } from "vscode";
import { type BaseLanguageClient, CloseAction, type ErrorHandler } from "vscode-languageclient";

/** `client`: it is made of options that hold this. */
export function startAnew(client: () => BaseLanguageClient): ErrorHandler {
  let usual: ErrorHandler | undefined;
  const patient = (): ErrorHandler => {
    usual ??= client().createDefaultErrorHandler();
    return usual;
  };
  return {
    error: (error, message, count) => patient().error(error, message, count),
    async closed() {
      const result = await patient().closed();
      const again = result.action === CloseAction.Restart;
      const says = again
        ? l10n.t("The language server ended unexpectedly and is started again. What you typed is kept.")
        : l10n.t("The language server ended unexpectedly too often. It is not started again by itself.");
      const act = again ? l10n.t("Show logs") : l10n.t("Restart");
      void window
        .showWarningMessage(says, act)
        .then((chosen) => chosen === act && commands.executeCommand(again ? "uwsgiNginx.showLogs" : "uwsgiNginx.restart"));
      return { ...result, handled: true };
    },
  };
}
