/** What is asked about the word being read or typed: hover, completion, and what can be done about findings. */

import { type Action, actions, fixAll } from "../ide/actions";
import { complete, documentation } from "../ide/completion";
import { hover } from "../ide/hover";
import { refactorings } from "../ide/refactor";
import { loadTexts } from "../ide/texts";
import { documentOf, editing, type Parts, placeOf } from "./ask";
import { type CodeAction, type CodeActionParams, type CompletionItem, ResponseError, type ServerCapabilities } from "./protocol";

const FIX_ALL = "source.fixAll.uwsgi-nginx";

export const featureCapabilities: ServerCapabilities = {
  hoverProvider: true,
  completionProvider: { triggerCharacters: ["=", "%", "(", "$", ":", "/", ",", "[", " "], resolveProvider: true },
  codeActionProvider: { codeActionKinds: ["quickfix", "refactor.rewrite", FIX_ALL] },
};

export function registerFeatures({ connection, session, publisher, answer, client }: Parts): void {
  const text = () => client().textDocument;

  connection.onHover(
    answer("hover", null, async (params) => {
      const texts = await loadTexts();
      const at = placeOf(session, params);
      const about = at && hover(at, texts);
      if (!at || !about) return null;
      return session.convert.hover(at.document, about, text()?.hover?.contentFormat?.includes("markdown") === true);
    }),
  );

  connection.onCompletion(
    answer("completion", null, async (params) => {
      const texts = await loadTexts();
      const at = placeOf(session, params);
      const all = at && complete(at, texts);
      if (!at || !all) return null;
      return session.convert.completions(
        at.document,
        all,
        text()?.completion?.completionList?.itemDefaults?.includes("editRange") === true,
      );
    }),
  );

  connection.onCompletionResolve(async (item, token) => {
    const resolved = await answer("completionItem", item, async (): Promise<CompletionItem> => {
      const isMarkdown = text()?.completion?.completionItem?.documentationFormat?.includes("markdown") === true;
      const about = typeof item.data === "string" ? documentation(item.data, await loadTexts()) : undefined;
      return about === undefined ? item : { ...item, documentation: session.convert.markup(about, isMarkdown) };
    })(undefined, token);
    return resolved instanceof ResponseError ? item : resolved;
  });

  connection.onCodeAction(
    answer("codeAction", [], (params: CodeActionParams): CodeAction[] => {
      const document = documentOf(session, params);
      if (!document) return [];
      const { only } = params.context;
      const wants = (kind: string): boolean => !only || only.some((one) => one === "" || kind === one || kind.startsWith(`${one}.`));
      const all: Action[] = [];
      const findings = publisher.findings(document);
      if (wants("quickfix"))
        for (const action of actions(document, findings, session.convert.span(document, params.range))) all.push(action);
      if (wants("refactor.rewrite")) all.push(...refactorings(session.workspace, document, session.convert.span(document, params.range)));
      const every = only && wants(FIX_ALL) ? fixAll(findings) : undefined;
      if (every) all.push(every);
      return all.flatMap((action) => {
        const edit = session.convert.workspaceEdit(action, editing(client()), action.kind === "refactor" ? action.title : undefined);
        return edit ? [session.convert.codeAction(document, action, edit)] : [];
      });
    }),
  );
}
