/** Formatting of whole documents and of ranges. Files that do not parse are left as they are. */
import type { FormattingOptions, Range, TextEdit } from "vscode-languageserver";
import { formatNginx } from "../ide/format-nginx";
import { formatUwsgi } from "../ide/format-uwsgi";
import type { Document } from "../model/document";
import type { Edit, Span } from "../text/span";
import { documentOf, type Parts } from "./ask";

export const formattingCapabilities = { documentFormattingProvider: true, documentRangeFormattingProvider: true };

export function registerFormatting({ connection, session, answer }: Parts): void {
  const formatted = (document: Document | undefined, options: FormattingOptions, range?: Range): TextEdit[] => {
    if (!document) return [];
    const span = range && session.convert.span(document, range);
    return editsOf(document, options, span).map((edit) => ({ range: session.convert.range(document, edit.span), newText: edit.text }));
  };
  connection.onDocumentFormatting(answer("formatting", [], (params) => formatted(documentOf(session, params), params.options)));
  connection.onDocumentRangeFormatting(
    answer("rangeFormatting", [], (params) => formatted(documentOf(session, params), params.options, params.range)),
  );
}

function editsOf(document: Document, options: FormattingOptions, span: Span | undefined): readonly Edit[] {
  const tabSize = Number.isInteger(options.tabSize) && options.tabSize > 0 ? Math.min(options.tabSize, 16) : 4;
  if (document.language === "nginx") return formatNginx(document.text, { tabSize, insertSpaces: options.insertSpaces !== false }, span);
  return document.language === "uwsgi" && document.format === "ini" ? formatUwsgi(document.text, span) : [];
}
