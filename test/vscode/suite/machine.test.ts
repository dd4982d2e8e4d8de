// `uwsgiNginx.target.localFolders`: the machine is looked at where the person says so and trusts the workspace; no workspace can say so.
import * as vscode from "vscode";
import { closeAll, eventually, holds, same, write } from "../support";

const NAME = "localFolders";
const host = (globalThis as { process?: { pid: number; platform: string } }).process;
const target = () => vscode.workspace.getConfiguration("uwsgiNginx.target");

function severities(uri: vscode.Uri, code: string): readonly vscode.DiagnosticSeverity[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((one) => (typeof one.code === "object" ? one.code.value : one.code) === code)
    .map(({ severity }) => severity);
}

suite("The machine itself", () => {
  teardown(async () => {
    await target().update(NAME, undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  test("tells its limits where the person lets it, and the workspace is trusted", async () => {
    const { Error: Failure, Information } = vscode.DiagnosticSeverity;
    const editor = await write("uwsgi-machine.ini", "[uwsgi]\nmaster = true\nsocket = :3031\nlisten = 100000000\n");
    const { uri } = editor.document;
    const limit = () => severities(uri, "listen-queue").join();
    await eventually("a remark about kernels in general", () => limit() === `${Information}`);

    const refused = target()
      .update(NAME, ["/"], vscode.ConfigurationTarget.Workspace)
      .then(
        () => false,
        () => true,
      );
    holds(await refused, "the workspace could say it");
    await target().update(NAME, ["/"], vscode.ConfigurationTarget.Global);
    if (vscode.workspace.isTrusted && host?.platform === "linux") {
      await eventually("an error about this kernel", () => limit() === `${Failure}`);
      await target().update(NAME, ["/etc"], vscode.ConfigurationTarget.Global);
      await eventually("the remark again: the workspace lies elsewhere", () => limit() === `${Information}`);
    } else {
      await editor.edit((edit) => edit.insert(new vscode.Position(4, 0), "sokcet = :1\n"));
      await eventually("a later finding", () => severities(uri, "unknown-option").length === 1);
      same(limit(), `${Information}`);
    }
  });
});
