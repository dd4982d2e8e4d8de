// "New application behind nginx": the few questions that matter, then the files, shown before they are written.
import { commands, type Disposable, l10n, type QuickPickItem, Uri, WorkspaceEdit, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

type Entry = { readonly entry: string; readonly file: string; readonly folder?: string; readonly below?: string };
type Choices = { readonly entries: readonly Entry[]; readonly hasEmperor: boolean };
type Created = { readonly files: readonly { readonly uri: string; readonly text: string }[] } | { readonly problem: string };
type Start = "emperor" | "service" | "container";

export const newApplicationCommand = (client: BaseLanguageClient): Disposable =>
  commands.registerCommand("uwsgiNginx.newApplication", async () => {
    await client.start();
    const answers = await asked(client);
    const created = answers && (await client.sendRequest<Created | null>("uwsgiNginx/newApplication", answers));
    if (!created) return;
    if ("problem" in created) void window.showErrorMessage(created.problem);
    else await write(created.files, l10n.t("New application behind nginx"));
  });

/** undefined as soon as a question is left. */
async function asked(client: BaseLanguageClient): Promise<object | undefined> {
  const choices = await client.sendRequest<Choices | null>("uwsgiNginx/choices", {});
  if (!choices) return undefined;
  const title = l10n.t("New application behind nginx");
  const text = (question: string, prompt: string, value = ""): Thenable<string | undefined> =>
    window.showInputBox({
      title,
      prompt,
      value,
      ignoreFocusOut: true,
      validateInput: async (answer) => {
        const problem = await client.sendRequest<string | null>("uwsgiNginx/checkAnswer", { question, answer });
        return problem === null ? undefined : l10n.t("This should be {0}", problem);
      },
    });
  const pick = async <T extends string>(
    placeHolder: string,
    items: readonly (QuickPickItem & { readonly value: T })[],
  ): Promise<T | undefined> => (await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.value;

  const name = await text("name", l10n.t("Name of the application: small letters and digits"), "");
  const start = name && (await pick<Start>(l10n.t("What starts it?"), starts(choices.hasEmperor)));
  const listen = start && (await pick(l10n.t("How does nginx reach it?"), listens(start)));
  const entry = listen && (await entryOf(choices.entries, title, text));
  if (!name || !entry) return undefined;
  const serverName = await text("serverName", l10n.t("Host name that clients ask for"), `${name}.example`);
  if (!serverName) return undefined;
  if (start === "container") return { name, start, listen, serverName, entry: entry.entry, user: name, folder: entry.below ?? `/${name}` };
  const user = await text("user", l10n.t("Account that it runs as"), name);
  const folder = user && (await text("folder", l10n.t("Folder of the code on the machine"), entry.folder ?? `/srv/${name}`));
  return folder ? { name, start, listen, serverName, entry: entry.entry, user, folder } : undefined;
}

const starts = (hasEmperor: boolean): readonly (QuickPickItem & { readonly value: Start })[] => [
  {
    value: "emperor",
    label: hasEmperor ? l10n.t("The emperor of this workspace") : l10n.t("An emperor"),
    description: l10n.t("for several applications on one machine"),
  },
  { value: "service", label: l10n.t("A systemd service of its own"), description: l10n.t("for one application, or one that stands alone") },
  { value: "container", label: l10n.t("A container"), description: l10n.t("with a compose file for nginx and uWSGI") },
];

const listens = (start: Start): readonly (QuickPickItem & { readonly value: "unix" | "tcp" })[] => {
  const unix = { value: "unix" as const, label: l10n.t("A UNIX socket"), description: l10n.t("file permissions decide who may connect") };
  const tcp = {
    value: "tcp" as const,
    label: l10n.t("TCP"),
    description: start === "container" ? l10n.t("over the network of the containers") : l10n.t("on this machine only: 127.0.0.1"),
  };
  return start === "container" ? [tcp, unix] : [unix, tcp];
};

async function entryOf(
  entries: readonly Entry[],
  title: string,
  text: (question: string, prompt: string, value?: string) => Thenable<string | undefined>,
): Promise<Entry | undefined> {
  const items = entries.map((one) => ({ label: one.entry, description: workspace.asRelativePath(Uri.file(one.file)), one }));
  const other = { label: l10n.t("Another one …"), description: "module:callable", one: undefined };
  const chosen =
    items.length > 0
      ? await window.showQuickPick([...items, other], { title, placeHolder: l10n.t("Which Python application?"), ignoreFocusOut: true })
      : other;
  if (!chosen || chosen.one) return chosen?.one;
  const entry = await text("entry", l10n.t("Python module and callable"), "app:application");
  return entry === undefined ? undefined : { entry, file: "" };
}

/** The last word is the person's; undo takes the files away again. */
async function write(files: readonly { readonly uri: string; readonly text: string }[], title: string): Promise<void> {
  const uris = files.map(({ uri }) => Uri.parse(uri, true));
  const create: QuickPickItem = {
    label: l10n.t("Create {0} files", files.length),
    detail: uris.map((uri) => workspace.asRelativePath(uri)).join(", "),
  };
  if ((await window.showQuickPick([create], { title, ignoreFocusOut: true })) !== create) return;
  const edit = new WorkspaceEdit();
  const encoder = new TextEncoder();
  for (const [index, uri] of uris.entries()) edit.createFile(uri, { contents: encoder.encode(files[index]?.text ?? "") });
  if (!(await workspace.applyEdit(edit))) return;
  for (const uri of uris) await window.showTextDocument(uri, { preview: false, preserveFocus: true });
}
