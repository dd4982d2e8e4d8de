// Which documents the server sees, and what it leaves to others in files that are not its own.
import { type TextDocument, workspace } from "vscode";
import type { DocumentSelector, Middleware } from "vscode-languageclient";

const OURS = ["uwsgi", "nginx"];

/** Files that start uWSGI and nginx: findings and links show in them; the server tells by name and text what they are. */
const NEIGHBOURS = [
  "**/*.{service,socket}",
  "**/*.{service,socket}.d/*.conf",
  "**/{compose,docker-compose}*.{yml,yaml}",
  "**/{Dockerfile,Dockerfile.*,*.Dockerfile,*.dockerfile}",
  "**/supervisor*.conf",
  "**/supervisor/**/*.conf",
];

/** Of files only: what git or a comparison shows of an earlier time must not count as one more file beside the present one. */
export function documentSelector(): DocumentSelector {
  const schemes = new Set(["file", "untitled", ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme) => [
    ...OURS.map((language) => ({ scheme, language })),
    ...NEIGHBOURS.map((pattern) => ({ scheme, pattern })),
  ]);
}

const isOurs = ({ languageId }: TextDocument): boolean => OURS.includes(languageId);

/** An empty answer would stand in the way of those who know the language: the outline and the folds of YAML are theirs. */
export const leaveToOthers: Middleware = {
  provideDocumentSymbols: (document, token, next) => (isOurs(document) ? next(document, token) : null),
  provideDocumentHighlights: (document, position, token, next) => (isOurs(document) ? next(document, position, token) : null),
  provideDocumentSemanticTokens: (document, token, next) => (isOurs(document) ? next(document, token) : null),
  provideFoldingRanges: (document, context, token, next) => (isOurs(document) ? next(document, context, token) : null),
  provideSelectionRanges: (document, positions, token, next) => (isOurs(document) ? next(document, positions, token) : null),
};
