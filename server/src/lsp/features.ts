/** The requests of the protocol, each answered by one function of `ide/`. */
import type { ClientCapabilities, CodeAction, CodeActionParams, Connection, ServerCapabilities } from "vscode-languageserver";
import { type Action, actions, fixAll } from "../ide/actions";
import type { Document } from "../model/document";
import type { Fence } from "./fence";
import type { Publisher } from "./publish";
import type { Session } from "./session";

export const featureCapabilities: ServerCapabilities = {
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
