// The features of the editor over a fixture: what they answer, as plain text.

import { type Completion, complete } from "../../server/src/ide/completion";
import { hover } from "../../server/src/ide/hover";
import { namedAt, renamed } from "../../server/src/ide/navigate/named";
import type { At } from "../../server/src/ide/place";
import { loadTexts } from "../../server/src/ide/texts";
import { applyEdits, type Span } from "../../server/src/text/span";
import { drawFixture, type Fixture, pathIn, readFixture, uriOf, workspaceOf } from "./fixture";

export function atCursor(picture: string | Fixture, facts?: unknown): At {
  const fixture = typeof picture === "string" ? readFixture(picture) : picture;
  const workspace = workspaceOf(fixture, facts);
  const [cursor] = fixture.cursors;
  const document = workspace.get(uriOf(cursor?.path ?? ""));
  if (!cursor || !document) throw new Error("the fixture has no cursor");
  return { workspace, document, offset: cursor.offset };
}

/** The words the hover is about, and what it says. */
export async function hoverOn(picture: string, facts?: unknown): Promise<{ readonly on: string; readonly says: string } | undefined> {
  const at = atCursor(picture, facts);
  const found = hover(at, await loadTexts());
  return found && { on: at.document.text.slice(found.span.start, found.span.end), says: found.markdown };
}

export type Offered = Completion & { readonly replaces: string };

/** In the order in which the editor shows them. */
export async function offeredAt(picture: string, facts?: unknown): Promise<readonly Offered[]> {
  const at = atCursor(picture, facts);
  const found = complete(at, await loadTexts());
  if (!found) return [];
  const replaces = at.document.text.slice(found.span.start, found.span.end);
  return [...found.items].sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1)).map((item) => ({ ...item, replaces }));
}

export const labels = async (picture: string, facts?: unknown): Promise<readonly string[]> =>
  (await offeredAt(picture, facts)).map((item) => item.label);

/** Places as a picture: the same files with a note under each. */
export function pictured(
  picture: string,
  ask: (at: At) => readonly { readonly uri: string; readonly span: Span; readonly role?: string }[],
  facts?: unknown,
): string {
  const fixture = readFixture(picture);
  const found = ask(atCursor(fixture, facts));
  return drawFixture(
    fixture.files,
    found.map(({ uri, span, role }) => ({ path: pathIn(uri), span, words: role ?? "here" })),
  );
}

/** The texts after a rename. */
export function renamedTo(picture: string | Fixture, name: string, facts?: unknown): Readonly<Record<string, string>> | string {
  const at = atCursor(picture, facts);
  const named = namedAt(at);
  if (!named) return "nothing has a name here";
  const refusal = named.refuses(name);
  if (refusal !== undefined) return refusal;
  return Object.fromEntries(
    renamed(named, name).map(({ uri, edits }) => [pathIn(uri), applyEdits(at.workspace.get(uri)?.text ?? "", edits)]),
  );
}
