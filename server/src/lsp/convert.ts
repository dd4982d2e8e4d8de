/** The one place where offsets become positions of the protocol, and results of `ide/` its types. Line ends are the protocol's: LF, CRLF, CR. */

import { TextDocument } from "vscode-languageserver-textdocument";
import type { Action } from "../ide/actions";
import type { Completion, CompletionKind, Completions } from "../ide/completion";
import type { Diagnosis } from "../ide/diagnose";
import { plain } from "../ide/markdown";
import type { Hover } from "../ide/place";
import type { Document } from "../model/document";
import type { Place, Severity } from "../rules/rule";
import { t } from "../text/l10n";
import type { Span } from "../text/span";
import type { Workspace } from "../workspace/workspace";
import type { Editing } from "./ask";
import type { Project } from "./projects";
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CreateFile,
  type DeleteFile,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Hover as LspHover,
  type MarkupContent,
  type Position,
  type Range,
  type RenameFile,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "./protocol";

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
const SOURCE = "uwsgi-nginx";
const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated };
const KINDS: Readonly<Record<Action["kind"], CodeActionKind>> = {
  fix: CodeActionKind.QuickFix,
  fixAll: `${CodeActionKind.SourceFixAll}.uwsgi-nginx`,
  refactor: CodeActionKind.RefactorRewrite,
};

const COMPLETIONS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  option: CompletionItemKind.Property,
  keyword: CompletionItemKind.Keyword,
  value: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
  section: CompletionItemKind.Struct,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  module: CompletionItemKind.Module,
  function: CompletionItemKind.Function,
  address: CompletionItemKind.Reference,
  user: CompletionItemKind.Constant,
  directive: CompletionItemKind.Property,
  letter: CompletionItemKind.Constant,
};

type FileChanges = Pick<Action, "edits" | "moves" | "deletes">;
const CHANGE = "change";
const REMOVAL = "removal";

const columns = new WeakMap<Document, TextDocument>();

export class Convert {
  /** `uriOf` gives back the spelling of a URI that the client used. */
  constructor(
    readonly workspace: Workspace,
    readonly uriOf: (uri: string) => string,
    /** An open text with its lines, as the editor last changed it. */
    readonly openText: (uri: string) => TextDocument | undefined = () => undefined,
  ) {}

  /** The lines of an open text are known already: an edit moves them, and counts none again. */
  #columns(document: Document): TextDocument {
    const open = this.openText(document.uri);
    if (open && open.version === document.version && open.getText() === document.text) return open;
    const known = columns.get(document) ?? TextDocument.create(document.uri, document.language, 0, document.text);
    columns.set(document, known);
    return known;
  }

  offset(document: Document, position: Position): number {
    return this.#columns(document).offsetAt(position);
  }

  span(document: Document, range: Range): Span {
    return { start: this.offset(document, range.start), end: this.offset(document, range.end) };
  }

  range(document: Document, span: Span): Range {
    const text = this.#columns(document);
    return { start: text.positionAt(span.start), end: text.positionAt(span.end) };
  }

  /** undefined when the file is gone. */
  location(place: Place): Location | undefined {
    const document = this.workspace.get(place.uri);
    return document && { uri: this.uriOf(document.uri), range: this.range(document, place.span) };
  }

  /** What keeps the configuration file of a folder from being taken. */
  wrong({ uri, text, wrong }: Project): Diagnostic[] {
    const written = TextDocument.create(uri, "jsonc", 0, text);
    return wrong.map(({ offset, message }) => {
      const at = written.positionAt(offset);
      const sentence = message.endsWith("?") ? message : `${message}.`;
      const said = t`${sentence} Until it is right, nothing in this file counts.`;
      return { range: { start: at, end: at }, severity: DiagnosticSeverity.Error, source: SOURCE, message: said };
    });
  }

  diagnostic(document: Document, finding: Diagnosis): Diagnostic {
    const related = (finding.related ?? []).flatMap((place) => {
      const location = this.location(place);
      return location ? [{ location, message: place.message }] : [];
    });
    return {
      range: this.range(document, finding.span),
      severity: SEVERITY[finding.severity],
      code: finding.code,
      source: SOURCE,
      message: finding.message,
      ...(finding.link === undefined ? {} : { codeDescription: { href: finding.link } }),
      ...(finding.tag === undefined ? {} : { tags: [TAGS[finding.tag]] }),
      ...(related.length > 0 ? { relatedInformation: related } : {}),
      ...(finding.fixes?.length ? { data: { fixes: finding.fixes.length, safe: finding.fixes.some((fix) => fix.safe) } } : {}),
    };
  }

  /**
   * undefined when the client cannot create, move or delete a file as is needed. `label` names the change where a person looks at it
   * before; what goes away is ticked there by hand.
   */
  workspaceEdit({ edits, moves = [], deletes = [] }: FileChanges, client: Editing, label?: string): WorkspaceEdit | undefined {
    const named = label !== undefined && client.previews ? label : undefined;
    const note = named === undefined ? {} : { annotationId: CHANGE };
    const changes: (TextDocumentEdit | CreateFile | RenameFile | DeleteFile)[] = moves.map(({ from, to }) => ({
      kind: "rename",
      oldUri: this.uriOf(from),
      newUri: this.uriOf(to),
      ...note,
    }));
    for (const file of edits) {
      const document = this.workspace.get(file.uri);
      if (!document && this.workspace.exists(file.uri)) return undefined; // there is a file whose text is not known
      const moved = moves.find(({ from }) => from === file.uri);
      const uri = this.uriOf(moved?.to ?? file.uri);
      if (!document) changes.push({ kind: "create", uri, options: { ignoreIfExists: true }, ...note });
      const text = document ? this.#columns(document) : TextDocument.create(file.uri, "", 0, "");
      const changed = file.edits.map((edit) => ({
        range: { start: text.positionAt(edit.span.start), end: text.positionAt(edit.span.end) },
        newText: edit.text,
        ...note,
      }));
      changes.push({ textDocument: { uri, version: moved ? null : (document?.version ?? null) }, edits: changed });
    }
    for (const uri of deletes)
      changes.push({ kind: "delete", uri: this.uriOf(uri), ...(named === undefined ? {} : { annotationId: REMOVAL }) });
    const operations = changes.flatMap((change) => ("kind" in change ? [change.kind] : []));
    if (client.documentChanges && operations.every((kind) => client.operations.includes(kind))) {
      if (named === undefined) return { documentChanges: changes };
      const removal = { [REMOVAL]: { label: t`${named}: what is not needed any more`, needsConfirmation: true } };
      const changeAnnotations = { [CHANGE]: { label: named, needsConfirmation: false }, ...(deletes.length > 0 ? removal : {}) };
      return { documentChanges: changes, changeAnnotations };
    }
    if (operations.length > 0) return undefined;
    return {
      changes: Object.fromEntries(
        changes.flatMap((change) => ("edits" in change ? [[change.textDocument.uri, change.edits as never]] : [])),
      ),
    };
  }

  codeAction(document: Document, action: Action, edit: WorkspaceEdit): CodeAction {
    return {
      title: action.title,
      kind: KINDS[action.kind],
      edit,
      ...(action.finding ? { diagnostics: [this.diagnostic(document, action.finding)] } : {}),
      ...(action.preferred ? { isPreferred: true } : {}),
    };
  }

  markup(markdown: string, isMarkdown: boolean): MarkupContent {
    return isMarkdown ? { kind: "markdown", value: markdown } : { kind: "plaintext", value: plain(markdown) };
  }

  hover(document: Document, hover: Hover, isMarkdown: boolean): LspHover {
    return { range: this.range(document, hover.span), contents: this.markup(hover.markdown, isMarkdown) };
  }

  /** `shares`: the client takes one range for all items. */
  completions(document: Document, { span, items }: Completions, shares: boolean): CompletionList {
    const range = this.range(document, span);
    const list = items.map((item) => this.#completion(item, shares ? undefined : range));
    return { isIncomplete: false, items: list, ...(shares ? { itemDefaults: { editRange: range } } : {}) };
  }

  #completion(item: Completion, range: Range | undefined): CompletionItem {
    const newText = item.insert ?? item.label;
    const made: CompletionItem = { label: item.label, kind: COMPLETIONS[item.kind], sortText: String(item.rank).padStart(4, "0") };
    if (item.detail !== undefined) made.detail = item.detail;
    if (item.about !== undefined) made.data = item.about;
    if (item.deprecated) made.tags = [1];
    if (range) made.textEdit = { range, newText };
    else if (newText !== item.label) made.textEditText = newText;
    return made;
  }
}
