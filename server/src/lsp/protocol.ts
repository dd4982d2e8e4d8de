/**
 * What the server takes from the protocol's library, in one place: every file that imports it gets an object with getters for its seven
 * hundred names, made anew when the server starts.
 */
export type * from "vscode-languageserver";
export {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  DiagnosticTag,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentHighlightKind,
  ErrorCodes,
  FileChangeType,
  FoldingRangeKind,
  LSPErrorCodes,
  ResponseError,
  SemanticTokensBuilder,
  SymbolKind,
  TextDocumentSyncKind,
} from "vscode-languageserver";
