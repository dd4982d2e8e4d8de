/** The requests of the protocol, each answered by one function of `ide/`. */
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  type CompletionItem,
  type Connection,
  ResponseError,
  type ServerCapabilities,
  type TextDocumentPositionParams,
} from "vscode-languageserver";
import { type Action, actions, fixAll } from "../ide/actions";
import { complete, documentation } from "../ide/completion";
import { hover } from "../ide/hover";
import type { At } from "../ide/place";
import { loadTexts, type Texts } from "../ide/texts";
import type { Document } from "../model/document";
import type { Fence } from "./fence";
import type { Publisher } from "./publish";
import type { Session } from "./session";

export const featureCapabilities: ServerCapabilities = {
  hoverProvider: true,
  completionProvider: { triggerCharacters: ["=", "%", "(", "$", ":", "/", ",", "[", " "], resolveProvider: true },
  codeActionProvider: { codeActionKinds: ["quickfix", "source.fixAll.uwsgi-nginx"] },
};

type Parts = {
  readonly connection: Connection;
  readonly session: Session;
  readonly publisher: Publisher;
  readonly answer: Fence["answer"];
  readonly client: () => ClientCapabilities;
};

export function registerFeatures({ connection, session, publisher, answer, client }: Parts): void {
  const documentOf = ({ textDocument }: { readonly textDocument: { readonly uri: string } }): Document | undefined =>
    session.workspace.get(textDocument.uri);

  const text = () => client().textDocument;

  /** The place a request asks about, and what people wrote about such places. */
  const ask = async <R>(params: TextDocumentPositionParams, answerFrom: (at: At, texts: Texts) => R): Promise<R | undefined> => {
    const texts = await loadTexts();
    const document = documentOf(params);
    return (
      document && answerFrom({ workspace: session.workspace, document, offset: session.convert.offset(document, params.position) }, texts)
    );
  };

  connection.onHover(
    answer("hover", null, async (params) => {
      const isMarkdown = text()?.hover?.contentFormat?.includes("markdown") === true;
      const found = await ask(params, (at, texts) => {
        const about = hover(at, texts);
        return about && session.convert.hover(at.document, about, isMarkdown);
      });
      return found ?? null;
    }),
  );

  connection.onCompletion(
    answer("completion", null, async (params) => {
      const shares = text()?.completion?.completionList?.itemDefaults?.includes("editRange") === true;
      const found = await ask(params, (at, texts) => {
        const all = complete(at, texts);
        return all && session.convert.completions(at.document, all, shares);
      });
      return found ?? null;
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

  const can = () => {
    const edit = client().workspace?.workspaceEdit;
    return { documentChanges: edit?.documentChanges === true, create: edit?.resourceOperations?.includes("create") === true };
  };

  connection.onCodeAction(
    answer("codeAction", [], (params: CodeActionParams): CodeAction[] => {
      const document = documentOf(params);
      if (!document) return [];
      const { only } = params.context;
      const wants = (kind: string): boolean => !only || only.some((one) => one === "" || kind === one || kind.startsWith(`${one}.`));
      const all: Action[] = [];
      const findings = publisher.findings(document);
      if (wants("quickfix")) all.push(...actions(document, findings, session.convert.span(document, params.range)));
      const every = only && wants("source.fixAll.uwsgi-nginx") ? fixAll(findings) : undefined;
      if (every) all.push(every);
      return all.flatMap((action) => {
        const edit = session.convert.workspaceEdit(action.edits, can());
        return edit ? [session.convert.codeAction(document, action, edit)] : [];
      });
    }),
  );
}
