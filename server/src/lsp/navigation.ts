/** Requests that lead from one place to others, and the one that renames what they share. */

import { type Callable, callablesAt, incoming, outgoing } from "../ide/navigate/calls";
import { fileLinks, folderLinks } from "../ide/navigate/files";
import { folds, selections } from "../ide/navigate/folding";
import { definition, highlights, references } from "../ide/navigate/go";
import { namedAt, renamed } from "../ide/navigate/named";
import { type DocumentSymbol, documentSymbols, type SymbolKind, workspaceSymbols } from "../ide/navigate/symbols";
import type { Document } from "../model/document";
import type { Place } from "../rules/rule";
import { isRecord } from "../workspace/target";
import { documentOf, editing, type Parts, placeOf } from "./ask";
import {
  type CallHierarchyItem,
  DocumentHighlightKind,
  FoldingRangeKind,
  type Location,
  type LocationLink,
  LSPErrorCodes,
  type DocumentSymbol as LspDocumentSymbol,
  SymbolKind as LspSymbolKind,
  type Range,
  ResponseError,
  type SelectionRange,
  type ServerCapabilities,
  type SymbolInformation,
  type WorkspaceEdit,
} from "./protocol";

export const navigationCapabilities: ServerCapabilities = {
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: { resolveProvider: false },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  callHierarchyProvider: true,
};

const SYMBOLS: Readonly<Record<SymbolKind, LspSymbolKind>> = {
  section: LspSymbolKind.Module,
  option: LspSymbolKind.Property,
  server: LspSymbolKind.Class,
  location: LspSymbolKind.Method,
  upstream: LspSymbolKind.Interface,
  block: LspSymbolKind.Namespace,
  directive: LspSymbolKind.Property,
  socket: LspSymbolKind.Event,
  process: LspSymbolKind.Function,
  variable: LspSymbolKind.Variable,
};
const CALLABLES: Readonly<Record<Callable["kind"], LspSymbolKind>> = {
  location: LspSymbolKind.Method,
  upstream: LspSymbolKind.Interface,
  process: LspSymbolKind.Function,
};

export function registerNavigation({ connection, session, answer, client, commands }: Parts): void {
  const locations = (places: readonly Place[]): Location[] => places.flatMap((place) => session.convert.location(place) ?? []);

  connection.onDefinition(
    answer("definition", null, (params): Location[] | LocationLink[] | null => {
      const at = placeOf(session, params);
      const found = at && definition(at);
      if (!at || !found) return null;
      const all = locations(found.to);
      if (client().textDocument?.definition?.linkSupport !== true) return all;
      const originSelectionRange = session.convert.range(at.document, found.from);
      return all.map(({ uri, range }) => ({ originSelectionRange, targetUri: uri, targetRange: range, targetSelectionRange: range }));
    }),
  );

  connection.onReferences(
    answer("references", null, (params): Location[] | null => {
      const at = placeOf(session, params);
      return at ? locations(references(at, params.context?.includeDeclaration !== false)) : null;
    }),
  );

  connection.onDocumentHighlight(
    answer("documentHighlight", null, (params) => {
      const at = placeOf(session, params);
      if (!at) return null;
      return highlights(at).map(({ span, role }) => ({
        range: session.convert.range(at.document, span),
        kind: role === "defines" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
    }),
  );

  connection.onPrepareRename(
    answer("prepareRename", null, (params) => {
      const at = placeOf(session, params);
      const named = at && namedAt(at);
      if (!at || !named) return null;
      const refusal = named.refuses(named.text);
      if (refusal !== undefined) throw new Refusal(refusal);
      return { range: session.convert.range(at.document, named.span), placeholder: named.text };
    }),
  );

  connection.onRenameRequest(
    answer("rename", null, (params): WorkspaceEdit | null => {
      const at = placeOf(session, params);
      const named = at && namedAt(at);
      if (!named) return null;
      const refusal = named.refuses(params.newName);
      if (refusal !== undefined) throw new Refusal(refusal);
      return session.convert.workspaceEdit({ edits: renamed(named, params.newName) }, editing(client())) ?? null;
    }),
  );

  connection.onDocumentLinks(
    answer("documentLink", [], (params) => {
      const document = documentOf(session, params);
      if (!document) return [];
      const files = fileLinks(session.workspace, document).flatMap(({ span, targets: [target] }) =>
        target ? [{ range: session.convert.range(document, span), target: linkTo(target) }] : [],
      );
      const folders = folderLinks(session.workspace, document).map(({ span, folder }) => ({
        range: session.convert.range(document, span),
        target: folderTarget(session.convert.uriOf(folder)),
      }));
      return [...files, ...folders];
    }),
  );

  /** Many editors open a folder like a file; others have a command for it. */
  function folderTarget(uri: string): string {
    const command = commands().showFolder;
    return command === undefined ? uri : `command:${command}?${encodeURIComponent(JSON.stringify([uri]))}`;
  }

  /** With the line, where it leads into the middle of a file. */
  function linkTo(target: Place): string {
    const uri = session.convert.uriOf(target.uri);
    const line = target.span.start === 0 ? undefined : session.convert.location(target)?.range.start.line;
    return line === undefined ? uri : `${uri}#L${line + 1}`;
  }

  connection.onDocumentSymbol(
    answer("documentSymbol", [], (params): LspDocumentSymbol[] | SymbolInformation[] => {
      const document = documentOf(session, params);
      if (!document) return [];
      const all = documentSymbols(document).map((one) => symbol(document, one));
      if (client().textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true) return all;
      return all.flatMap(function flat(one: LspDocumentSymbol): SymbolInformation[] {
        return [
          { name: one.name, kind: one.kind, location: { uri: session.convert.uriOf(document.uri), range: one.range } },
          ...(one.children ?? []).flatMap(flat),
        ];
      });
    }),
  );

  function symbol(document: Document, one: DocumentSymbol): LspDocumentSymbol {
    const made: LspDocumentSymbol = {
      name: one.name,
      kind: SYMBOLS[one.kind],
      range: session.convert.range(document, one.span),
      selectionRange: session.convert.range(document, one.nameSpan),
    };
    if (one.children.length > 0) made.children = one.children.map((child) => symbol(document, child));
    if (one.detail !== undefined) made.detail = one.detail;
    return made;
  }

  connection.onWorkspaceSymbol(
    answer("workspaceSymbol", [], (params): SymbolInformation[] =>
      workspaceSymbols(session.workspace, typeof params.query === "string" ? params.query : "").flatMap(
        ({ name, kind, container, ...place }) => {
          const location = session.convert.location(place);
          return location ? [{ name, kind: SYMBOLS[kind], location, containerName: container }] : [];
        },
      ),
    ),
  );

  connection.onFoldingRanges(
    answer("foldingRange", [], (params) => {
      const document = documentOf(session, params);
      return document
        ? folds(document).map(({ startLine, endLine, kind }) => ({
            startLine,
            endLine,
            kind: kind === "comment" ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
          }))
        : [];
    }),
  );

  connection.onSelectionRanges(
    answer("selectionRange", [], (params): SelectionRange[] => {
      const document = documentOf(session, params);
      if (!document) return [];
      return params.positions.map((position) => {
        const offset = session.convert.offset(document, position);
        const ranges: readonly Range[] = selections(document, offset).map((span) => session.convert.range(document, span));
        const fallback: SelectionRange = { range: session.convert.range(document, { start: offset, end: offset }) };
        return (
          ranges.reduceRight<SelectionRange | undefined>((parent, range) => (parent ? { range, parent } : { range }), undefined) ?? fallback
        );
      });
    }),
  );

  function item(node: Callable): CallHierarchyItem[] {
    const document = session.workspace.get(node.uri);
    if (!document) return [];
    const { kind, name, detail, uri, span, nameSpan } = node;
    return [
      {
        name,
        detail,
        kind: CALLABLES[kind],
        uri: session.convert.uriOf(uri),
        range: session.convert.range(document, span),
        selectionRange: session.convert.range(document, nameSpan),
        data: { kind, name },
      },
    ];
  }

  /** The node an item stands for, found anew: texts may have changed since. */
  function node({ uri, range, name, detail, data }: CallHierarchyItem): Callable | undefined {
    const document = session.workspace.get(uri);
    if (!document || !isRecord(data)) return undefined;
    const span = session.convert.span(document, range);
    const kind = data.kind === "location" || data.kind === "upstream" ? data.kind : "process";
    return { kind, name, detail: detail ?? "", uri: document.uri, span, nameSpan: span };
  }

  connection.languages.callHierarchy.onPrepare(
    answer("prepareCallHierarchy", null, (params) => {
      const at = placeOf(session, params);
      return at ? callablesAt(at).flatMap(item) : null;
    }),
  );
  connection.languages.callHierarchy.onIncomingCalls(
    answer("incomingCalls", null, (params) => {
      const to = node(params.item);
      return to
        ? incoming(session.workspace, to).flatMap(({ to: from, at }) =>
            item(from).map((one) => ({ from: one, fromRanges: ranges(from.uri, at) })),
          )
        : null;
    }),
  );
  connection.languages.callHierarchy.onOutgoingCalls(
    answer("outgoingCalls", null, (params) => {
      const from = node(params.item);
      return from
        ? outgoing(session.workspace, from).flatMap(({ to, at }) => item(to).map((one) => ({ to: one, fromRanges: ranges(from.uri, at) })))
        : null;
    }),
  );

  const ranges = (uri: string, spans: readonly { readonly start: number; readonly end: number }[]): Range[] => {
    const document = session.workspace.get(uri);
    return document ? spans.map((span) => session.convert.range(document, span)) : [];
  };
}

/** Why something cannot be renamed: the one answer that is an error on purpose. */
export class Refusal extends ResponseError<void> {
  constructor(message: string) {
    super(LSPErrorCodes.RequestFailed, message);
  }
}
