/** What the handlers of requests share: the conversation, the client's abilities, and the way from a request to a place. */
import type { ClientCapabilities, Connection } from "vscode-languageserver";
import type { At } from "../ide/place";
import type { Document } from "../model/document";
import type { Fence } from "./fence";
import type { Publisher } from "./publish";
import type { Session } from "./session";

export type Parts = {
  readonly connection: Connection;
  readonly session: Session;
  readonly publisher: Publisher;
  readonly answer: Fence["answer"];
  readonly client: () => ClientCapabilities;
  readonly commands: () => ClientCommands;
};

/** Names of commands with which a client shows what the protocol has no words for: a list of places, a folder. */
export type ClientCommands = { readonly showPlaces?: string; readonly showFolder?: string };

export const commandsFrom = ({ showPlaces, showFolder }: Readonly<Record<string, unknown>>): ClientCommands => ({
  ...(typeof showPlaces === "string" ? { showPlaces } : {}),
  ...(typeof showFolder === "string" ? { showFolder } : {}),
});

type Asked = { readonly textDocument: { readonly uri: string } };
type AskedAt = Asked & { readonly position: { readonly line: number; readonly character: number } };

export const documentOf = (session: Session, { textDocument }: Asked): Document | undefined => session.workspace.get(textDocument.uri);

export function placeOf(session: Session, params: AskedAt): At | undefined {
  const document = documentOf(session, params);
  return document && { workspace: session.workspace, document, offset: session.convert.offset(document, params.position) };
}

/** What the client does with the edits it is given. */
export type Editing = {
  readonly documentChanges: boolean;
  readonly operations: readonly string[];
  /** It shows a change and asks before it is made. */
  readonly previews: boolean;
};

export function editing(client: ClientCapabilities): Editing {
  const edit = client.workspace?.workspaceEdit;
  return {
    documentChanges: edit?.documentChanges === true,
    operations: edit?.resourceOperations ?? [],
    previews: edit?.changeAnnotationSupport !== undefined,
  };
}
