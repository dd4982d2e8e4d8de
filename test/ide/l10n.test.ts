// What an editor shows beside findings can be said in another language: of what is not tagged, no two words stand side by side.
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SYMPTOMS } from "../../server/src/facts/symptoms";
import { options } from "../../server/src/facts/uwsgi";
import { diagram } from "../../server/src/ide/diagram";
import { effectiveDocument } from "../../server/src/ide/effective";
import { inlays } from "../../server/src/ide/glance/inlays";
import { lenses } from "../../server/src/ide/glance/lenses";
import { refactorings } from "../../server/src/ide/refactor";
import { findingsOf, topologyOf } from "../../server/src/ide/topology";
import { combineWords, typeWords } from "../../server/src/ide/uwsgi/type-words";
import { stackOf } from "../../server/src/stack/stack";
import { speak } from "../../server/src/text/l10n";
import { Workspace } from "../../server/src/workspace/workspace";
import { outside, speakPseudo } from "../support/pseudo";

beforeAll(speakPseudo);
afterAll(() => speak({}));

/** Forms in code spans and words of the configurations are the same in every language. */
const untagged = (texts: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(texts.flatMap((text) => outside((text ?? "").replace(/`[^`]*`/g, ""))))].filter(
    (piece) => /\p{L}{2,} \p{L}{2,}/u.test(piece) && !/^(?:upstream|listen) /.test(piece.trim()),
  );

it.each(["broken", "article"])("of examples/%s", (name) => {
  const root = join(import.meta.dirname, "../../examples", name);
  const workspace = new Workspace([pathToFileURL(root).href]);
  for (const path of globSync("**/*", { cwd: root }).map((one) => join(root, one)))
    if (statSync(path).isFile()) workspace.set(pathToFileURL(path).href, readFileSync(path, "utf8"));
  const findings = findingsOf(workspace);
  const topology = topologyOf(stackOf(workspace), findings);
  const drawn = Array.from(diagram(topology, "svg").matchAll(/<(?:title|desc|text)[^>]*>([^<]*)/g), ([, text]) => text);
  const shown = [...workspace.documents].flatMap((document) => [
    ...lenses(workspace, document, findings).map(({ title }) => title),
    ...inlays(workspace, document, { start: 0, end: document.text.length }).map(({ text }) => text),
    ...refactorings(workspace, document, { start: 0, end: document.text.length }).map(({ title }) => title),
    ...(effectiveDocument(workspace, document, {})?.choices ?? []).map(({ description }) => description),
  ]);
  expect(shown.length).toBeGreaterThan(5);
  expect(untagged([...drawn, ...shown])).toEqual([]);
});

it("what options take", () => {
  expect(untagged(options().flatMap((option) => [typeWords(option), combineWords(option)]))).toEqual([]);
});

it("what lines of logs mean", () => {
  const texts = SYMPTOMS.flatMap(({ says, also, detail, line, pattern }) => {
    const match = pattern.exec(line);
    return [says(), also?.(), match ? detail?.(match) : undefined];
  });
  expect(untagged(texts)).toEqual([]);
});
