/** What is drawn into the text, and the documents made from it: lenses, inlay hints, tokens, and the effective configuration. */

import { effectiveDocument } from "../ide/effective";
import { inlays } from "../ide/glance/inlays";
import { lenses } from "../ide/glance/lenses";
import { TOKEN_TYPES, tokens } from "../ide/glance/tokens";
import { isRecord } from "../workspace/target";
import { documentOf, type Parts } from "./ask";
import { type CodeLens, type InlayHint, type SemanticTokens, SemanticTokensBuilder, type ServerCapabilities } from "./protocol";

export const glanceCapabilities: ServerCapabilities = {
  codeLensProvider: { resolveProvider: false },
  inlayHintProvider: true,
  semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] }, full: true },
};

export function registerGlance({ connection, session, publisher, answer, commands }: Parts): void {
  connection.onCodeLens(
    answer("codeLens", [], (params): CodeLens[] => {
      const document = documentOf(session, params);
      // Before all files are read, whoever is missing may just not have come yet.
      if (!document || !session.settingsFor(document.uri).codeLens || !session.isLoaded) return [];
      return lenses(session.workspace, document, publisher.findings(document)).map(({ span, title, places }) => {
        const range = session.convert.range(document, span);
        const targets = places.flatMap((place) => session.convert.location(place) ?? []);
        const command = targets.length > 0 ? commands().showPlaces : undefined;
        return {
          range,
          command: {
            title,
            command: command ?? "",
            ...(command ? { arguments: [session.convert.uriOf(document.uri), range.start, targets] } : {}),
          },
        };
      });
    }),
  );

  connection.languages.inlayHint.on(
    answer("inlayHint", [], (params): InlayHint[] => {
      const document = documentOf(session, params);
      if (!document || !session.settingsFor(document.uri).inlayHints || !session.isLoaded) return [];
      return inlays(session.workspace, document, session.convert.span(document, params.range)).map(({ offset, text, tooltip }) => ({
        position: session.convert.range(document, { start: offset, end: offset }).start,
        label: text,
        paddingLeft: true,
        ...(tooltip === undefined ? {} : { tooltip }),
      }));
    }),
  );

  connection.languages.semanticTokens.on(
    answer("semanticTokens", { data: [] }, (params): SemanticTokens => {
      const document = documentOf(session, params);
      if (!document || !session.settingsFor(document.uri).semanticTokens) return { data: [] };
      const builder = new SemanticTokensBuilder();
      for (const token of tokens(session.workspace, document)) {
        const { start } = session.convert.range(document, token);
        builder.push(start.line, start.character, token.end - token.start, TOKEN_TYPES.indexOf(token.type), 0);
      }
      return builder.build();
    }),
  );

  connection.onRequest(
    "uwsgiNginx/effective",
    answer<unknown, unknown>("effective", null, (params) => {
      if (!isRecord(params) || typeof params.uri !== "string") return null;
      const document = session.workspace.get(params.uri);
      const { section, by } = params;
      const found =
        document &&
        effectiveDocument(session.workspace, document, {
          ...(typeof section === "string" ? { section } : {}),
          ...(typeof by === "string" ? { by } : {}),
        });
      return found ? { ...found, origins: found.origins.map((place) => (place && session.convert.location(place)) ?? null) } : null;
    }),
  );
}
