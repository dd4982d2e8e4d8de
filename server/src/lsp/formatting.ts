/** Formatting of whole documents, of ranges, and while nginx text is typed. Files that do not parse are left as they are. */
import type { FormattingOptions, Range, TextEdit } from "vscode-languageserver";
import { type FormatOptions, formatNginx } from "../ide/format-nginx";
import { formatTypedNginx, TYPED } from "../ide/format-nginx-typed";
import { formatUwsgi } from "../ide/format-uwsgi";
import type { Document } from "../model/document";
import type { Edit, Span } from "../text/span";
import { documentOf, type Parts } from "./ask";

export const formattingCapabilities = {
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: TYPED[0], moreTriggerCharacter: TYPED.slice(1) },
};

export function registerFormatting({ connection, session, answer }: Parts): void {
  const sent = (document: Document, edits: readonly Edit[]): TextEdit[] =>
    edits.map((edit) => ({ range: session.convert.range(document, edit.span), newText: edit.text }));
  const formatted = (document: Document | undefined, options: FormattingOptions, range?: Range): TextEdit[] =>
    document ? sent(document, editsOf(document, options, range && session.convert.span(document, range))) : [];
  connection.onDocumentFormatting(answer("formatting", [], (params) => formatted(documentOf(session, params), params.options)));
  connection.onDocumentRangeFormatting(
    answer("rangeFormatting", [], (params) => formatted(documentOf(session, params), params.options, params.range)),
  );
  connection.onDocumentOnTypeFormatting(
    answer("onTypeFormatting", [], (params) => {
      const document = documentOf(session, params);
      if (document?.language !== "nginx") return [];
      const offset = session.convert.offset(document, params.position);
      return sent(document, formatTypedNginx(document.text, optionsOf(params.options), offset, params.ch));
    }),
  );
}

function editsOf(document: Document, options: FormattingOptions, span: Span | undefined): readonly Edit[] {
  if (document.language === "nginx") return formatNginx(document.text, optionsOf(options), span);
  return document.language === "uwsgi" && document.format === "ini" ? formatUwsgi(document.text, span) : [];
}

function optionsOf(options: FormattingOptions): FormatOptions {
  const tabSize = Number.isInteger(options.tabSize) && options.tabSize > 0 ? Math.min(options.tabSize, 16) : 4;
  return { tabSize, insertSpaces: options.insertSpaces !== false };
}
