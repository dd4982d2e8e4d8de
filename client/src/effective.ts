// "Show effective configuration": what uWSGI makes of a file, as a page beside it that follows the typing.
import {
  commands,
  Disposable,
  type Event,
  EventEmitter,
  type LocationLink,
  l10n,
  languages,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { rangeOf } from "./places";
import type { Place } from "./topology-data";

const SCHEME = "uwsgi-effective";
const LANGUAGE = "uwsgi-effective";

/** One way to run the file, as the server tells it. */
type Choice = { readonly label: string; readonly description: string; readonly section?: string; readonly by?: string };
type Effective = {
  readonly text: string;
  /** By line of the text: where the option is written. */
  readonly origins: readonly (Place | null)[];
  readonly choices: readonly Choice[];
  readonly chosen: number;
};
/** What a page shows; its address carries it, so that a page of an earlier window fills itself again. */
type Wanted = { readonly uri: string; readonly section?: string; readonly by?: string };

/** `changed`: the server settled after an edit of any file. */
export function effectiveConfiguration(client: BaseLanguageClient, changed: Event<void>): Disposable {
  const outdated = new EventEmitter<Uri>();
  const shown = new Map<string, Effective>();

  async function ask(wanted: Wanted): Promise<Effective | null> {
    await client.start();
    return client.sendRequest<Effective | null>("uwsgiNginx/effective", wanted);
  }

  async function fill(page: Uri): Promise<string> {
    const effective = await ask(wantedBy(page));
    // Half-typed text may have no way to run for a moment: what was there stays.
    if (effective) shown.set(page.toString(), effective);
    return shown.get(page.toString())?.text ?? `; ${l10n.t("uWSGI reads no configuration from this file.")}\n`;
  }

  function refresh(): void {
    if (client.state !== State.Running) return;
    for (const { uri } of workspace.textDocuments) if (uri.scheme === SCHEME) outdated.fire(uri);
  }

  async function show(given?: unknown): Promise<void> {
    const file = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
    if (!file) return;
    const uri = file.toString();
    const effective = await ask({ uri });
    if (!effective) {
      void window.showInformationMessage(l10n.t("uWSGI reads no configuration from this file."));
      return;
    }
    const { choices } = effective;
    const chosen =
      choices.length > 1 ? await window.showQuickPick(choices, { placeHolder: l10n.t("Which way to run this file?") }) : choices[0];
    if (!chosen) return;
    const page = pageOf(file, { uri, section: chosen.section, by: chosen.by });
    const document = await workspace.openTextDocument(page);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
  }

  function originAt(document: TextDocument, line: number): LocationLink[] {
    const place = shown.get(document.uri.toString())?.origins[line];
    if (!place) return [];
    return [{ originSelectionRange: document.lineAt(line).range, targetUri: Uri.parse(place.uri, true), targetRange: rangeOf(place) }];
  }

  return Disposable.from(
    outdated,
    changed(refresh),
    workspace.registerTextDocumentContentProvider(SCHEME, { onDidChange: outdated.event, provideTextDocumentContent: fill }),
    workspace.onDidCloseTextDocument(({ uri }) => void shown.delete(uri.toString())),
    languages.registerDefinitionProvider(
      { scheme: SCHEME, language: LANGUAGE },
      { provideDefinition: (document, { line }) => originAt(document, line) },
    ),
    commands.registerCommand("uwsgiNginx.showEffective", show),
  );
}

/** The ending tells VS Code the language, see package.json; it is not "uwsgi", for which the server would look for mistakes. */
const pageOf = (file: Uri, wanted: object): Uri =>
  Uri.from({ scheme: SCHEME, path: `/${file.path.split("/").at(-1)} (effective)`, query: JSON.stringify(wanted) });

function wantedBy(page: Uri): Wanted {
  try {
    return JSON.parse(page.query);
  } catch {
    return { uri: "" };
  }
}
