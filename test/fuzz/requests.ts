// Every question the server says it answers, by the capability that promises it.
import type { TextDocument } from "vscode-languageserver-textdocument";

export type Ask = (method: string, params: object) => Promise<unknown>;
type Record_ = Readonly<Record<string, unknown>>;

/** One text and the places to ask about. */
type Asked = { readonly ask: Ask; readonly document: TextDocument; readonly offset: number };
type Question = (asked: Asked) => Promise<unknown>;

const idOf = ({ document }: Asked) => ({ uri: document.uri });
const here = (asked: Asked) => ({ textDocument: idOf(asked), position: asked.document.positionAt(asked.offset) });
const whole = ({ document }: Asked) => ({ start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) });
const around = ({ document, offset }: Asked) => ({ start: document.positionAt(offset - 20), end: document.positionAt(offset + 20) });
const options = { tabSize: 2, insertSpaces: true };
const list = (value: unknown): readonly Record_[] => (Array.isArray(value) ? value : []);
const first = (value: unknown): readonly Record_[] => list(value).slice(0, 3);
const has = (capability: unknown, name: string): boolean =>
  typeof capability === "object" && capability !== null && Boolean((capability as Record_)[name]);

/** Asks to fill in what a list left out, where the server says that it can. */
const resolving =
  (capability: unknown, method: string) =>
  async ({ ask }: Asked, items: unknown): Promise<void> => {
    if (has(capability, "resolveProvider")) for (const item of first(items)) await ask(method, item);
  };

const at =
  (method: string, more: object = {}): ((capability: unknown) => Question) =>
  () =>
  (asked) =>
    asked.ask(method, { ...here(asked), ...more });
const ofFile =
  (method: string, more: object = {}): ((capability: unknown) => Question) =>
  () =>
  (asked) =>
    asked.ask(method, { textDocument: idOf(asked), ...more });
const nothing = (): Question => async () => undefined;

const QUESTIONS: Readonly<Record<string, (capability: unknown) => Question>> = {
  textDocumentSync: nothing,
  positionEncoding: nothing,
  workspace: nothing,
  hoverProvider: at("textDocument/hover"),
  completionProvider: (capability) => async (asked) => {
    const answer = (await asked.ask("textDocument/completion", here(asked))) as Record_ | null;
    await resolving(capability, "completionItem/resolve")(asked, Array.isArray(answer) ? answer : answer?.items);
  },
  signatureHelpProvider: at("textDocument/signatureHelp"),
  definitionProvider: at("textDocument/definition"),
  declarationProvider: at("textDocument/declaration"),
  typeDefinitionProvider: at("textDocument/typeDefinition"),
  implementationProvider: at("textDocument/implementation"),
  referencesProvider: at("textDocument/references", { context: { includeDeclaration: true } }),
  documentHighlightProvider: at("textDocument/documentHighlight"),
  linkedEditingRangeProvider: at("textDocument/linkedEditingRange"),
  renameProvider: () => async (asked) => {
    const place = await asked.ask("textDocument/prepareRename", here(asked));
    for (const newName of place ? ["renamed", "a b;{", ""] : ["x"]) await asked.ask("textDocument/rename", { ...here(asked), newName });
  },
  documentLinkProvider: (capability) => async (asked) => {
    const links = await asked.ask("textDocument/documentLink", { textDocument: idOf(asked) });
    await resolving(capability, "documentLink/resolve")(asked, links);
  },
  documentSymbolProvider: ofFile("textDocument/documentSymbol"),
  workspaceSymbolProvider: (capability) => async (asked) => {
    const symbols = await asked.ask("workspace/symbol", {
      query: asked.document
        .getText()
        .slice(asked.offset, asked.offset + 2)
        .trim(),
    });
    await resolving(capability, "workspaceSymbol/resolve")(asked, symbols);
  },
  foldingRangeProvider: ofFile("textDocument/foldingRange"),
  selectionRangeProvider: () => (asked) =>
    asked.ask("textDocument/selectionRange", { textDocument: idOf(asked), positions: [here(asked).position] }),
  codeLensProvider: (capability) => async (asked) => {
    const lenses = await asked.ask("textDocument/codeLens", { textDocument: idOf(asked) });
    await resolving(capability, "codeLens/resolve")(asked, lenses);
  },
  inlayHintProvider: (capability) => async (asked) => {
    const hints = await asked.ask("textDocument/inlayHint", { textDocument: idOf(asked), range: whole(asked) });
    await resolving(capability, "inlayHint/resolve")(asked, hints);
  },
  inlineValueProvider: nothing,
  semanticTokensProvider: (capability) => async (asked) => {
    const full = (await asked.ask("textDocument/semanticTokens/full", { textDocument: idOf(asked) })) as Record_ | null;
    const previousResultId = full?.resultId;
    if (has((capability as Record_).full, "delta"))
      for (const id of [previousResultId, "no such"])
        await asked.ask("textDocument/semanticTokens/full/delta", { textDocument: idOf(asked), previousResultId: id });
    if (has(capability, "range")) await asked.ask("textDocument/semanticTokens/range", { textDocument: idOf(asked), range: around(asked) });
  },
  codeActionProvider: (capability) => async (asked) => {
    const actions: Record_[] = [];
    for (const [range, only] of [[around(asked)], [whole(asked), ["source.fixAll"]], [whole(asked)]] as const)
      actions.push(
        ...list(
          await asked.ask("textDocument/codeAction", {
            textDocument: idOf(asked),
            range,
            context: { diagnostics: [], ...(only ? { only } : {}) },
          }),
        ),
      );
    await resolving(capability, "codeAction/resolve")(asked, actions);
  },
  documentFormattingProvider: ofFile("textDocument/formatting", { options }),
  documentRangeFormattingProvider: () => (asked) =>
    asked.ask("textDocument/rangeFormatting", { textDocument: idOf(asked), range: around(asked), options }),
  documentOnTypeFormattingProvider: () => (asked) => asked.ask("textDocument/onTypeFormatting", { ...here(asked), ch: "\n", options }),
  callHierarchyProvider: () => async (asked) => {
    for (const item of first(await asked.ask("textDocument/prepareCallHierarchy", here(asked)))) {
      await asked.ask("callHierarchy/incomingCalls", { item });
      await asked.ask("callHierarchy/outgoingCalls", { item });
    }
  },
  diagnosticProvider: (capability) => async (asked) => {
    await asked.ask("textDocument/diagnostic", { textDocument: idOf(asked) });
    if (has(capability, "workspaceDiagnostics")) await asked.ask("workspace/diagnostic", { previousResultIds: [] });
  },
};

/** Questions that are not the protocol's but ours. */
const OWN: readonly Question[] = [
  ({ ask, offset }) => ask("uwsgiNginx/topology", { format: ["svg", "mermaid", "dot"][offset % 3], interactive: offset % 2 === 0 }),
  (asked) => asked.ask("uwsgiNginx/effective", { uri: asked.document.uri }),
  ({ ask, document, offset }) => ask("uwsgiNginx/explain", { text: document.getText().slice(offset, offset + 80) }),
  ({ ask }) => ask("uwsgiNginx/choices", {}),
  ({ ask, document, offset }) => ask("uwsgiNginx/checkAnswer", { question: "name", answer: document.getText().slice(offset, offset + 9) }),
  ({ ask }) =>
    ask("uwsgiNginx/newApplication", {
      name: "shop",
      serverName: "a.b",
      user: "shop",
      folder: "/srv/shop",
      entry: "a:b",
      listen: "unix",
      start: "emperor",
    }),
];

/** Capabilities that nobody here knows how to ask for: a fuzzer that skips one in silence proves nothing. */
export const unknownCapabilities = (capabilities: object): readonly string[] =>
  Object.entries(capabilities).flatMap(([name, value]) => (value && !Object.hasOwn(QUESTIONS, name) ? [name] : []));

export async function askEverything(ask: Ask, capabilities: object, document: TextDocument, offsets: readonly number[]): Promise<void> {
  for (const offset of offsets) {
    for (const [name, capability] of Object.entries(capabilities))
      if (capability) await QUESTIONS[name]?.(capability)({ ask, document, offset });
  }
  for (const question of OWN) await question({ ask, document, offset: offsets[0] ?? 0 });
}
