// The commands that work without the server's help.
import { commands, Disposable, type LogOutputChannel } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";

async function restart(client: BaseLanguageClient): Promise<void> {
  if (client.state === State.Starting || client.state === State.Running) await client.stop();
  await client.start();
}

export function registerCommands(client: BaseLanguageClient, output: LogOutputChannel): Disposable {
  return Disposable.from(
    commands.registerCommand("uwsgiNginx.restart", () => restart(client)),
    commands.registerCommand("uwsgiNginx.showLogs", () => output.show()),
  );
}
