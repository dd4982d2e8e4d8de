/** The one place where offsets become positions of the protocol, and results of `ide/` its types. Line ends are the protocol's: LF, CRLF, CR. */
import {
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Position,
  type Range,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Action } from "../ide/actions";
import type { Diagnosis } from "../ide/diagnose";
import type { Document } from "../model/document";
import type { FileEdit, Place, Severity } from "../rules/rule";
import type { Span } from "../text/span";
import type { Workspace } from "../workspace/workspace";

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated };
const KINDS: Readonly<Record<Action["kind"], CodeActionKind>> = {
  fix: CodeActionKind.QuickFix,
  fixAll: `${CodeActionKind.SourceFixAll}.uwsgi-nginx`,
  refactor: CodeActionKind.RefactorRewrite,
};

const columns = new WeakMap<Document, TextDocument>();

function columnsOf(document: Document): TextDocument {
  const known = columns.get(document) ?? TextDocument.create(document.uri, document.language, 0, document.text);
  columns.set(document, known);
  return known;
}

export class Convert {
  /** `uriOf` gives back the spelling of a URI that the client used. */
  constructor(
    readonly workspace: Workspace,
    readonly uriOf: (uri: string) => string,
  ) {}

  offset(document: Document, position: Position): number {
    return columnsOf(document).offsetAt(position);
  }

  span(document: Document, range: Range): Span {
    return { start: this.offset(document, range.start), end: this.offset(document, range.end) };
  }

  range(document: Document, span: Span): Range {
    const text = columnsOf(document);
    return { start: text.positionAt(span.start), end: text.positionAt(span.end) };
  }

  /** undefined when the file is gone. */
  location(place: Place): Location | undefined {
    const document = this.workspace.get(place.uri);
    return document && { uri: this.uriOf(document.uri), range: this.range(document, place.span) };
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
      source: "uwsgi-nginx",
      message: finding.message,
      ...(finding.link === undefined ? {} : { codeDescription: { href: finding.link } }),
      ...(finding.tag === undefined ? {} : { tags: [TAGS[finding.tag]] }),
      ...(related.length > 0 ? { relatedInformation: related } : {}),
      ...(finding.fixes?.length ? { data: { fixes: finding.fixes.length, safe: finding.fixes.some((fix) => fix.safe) } } : {}),
    };
  }

  /** undefined when the client cannot create the file that is needed. */
  workspaceEdit(
    files: readonly FileEdit[],
    client: { readonly documentChanges: boolean; readonly create: boolean },
  ): WorkspaceEdit | undefined {
    const changes: (TextDocumentEdit | CreateFile)[] = [];
    for (const file of files) {
      const document = this.workspace.get(file.uri);
      if (!document && this.workspace.exists(file.uri)) return undefined; // there is a file whose text is not known
      if (!document) changes.push({ kind: "create", uri: this.uriOf(file.uri), options: { ignoreIfExists: true } });
      const text = document ? columnsOf(document) : TextDocument.create(file.uri, "", 0, "");
      const edits = file.edits.map((edit) => ({
        range: { start: text.positionAt(edit.span.start), end: text.positionAt(edit.span.end) },
        newText: edit.text,
      }));
      changes.push({ textDocument: { uri: this.uriOf(file.uri), version: document?.version ?? null }, edits });
    }
    const creates = changes.some((change) => "kind" in change);
    if (client.documentChanges && (client.create || !creates)) return { documentChanges: changes };
    if (creates) return undefined;
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
}
