// Every word that a rule says to a person can be said in another language: nothing is untagged but what is written in the files, or would
// be written there by a fix.
import { afterAll, beforeAll, expect, it } from "vitest";
import { examplePath, exampleWorkspace, findingsIn } from "../server/src/ide/rule-page";
import { RULES } from "../server/src/rules/index";
import { speak } from "../server/src/text/l10n";
import { applyEdits } from "../server/src/text/span";
import { outside, speakPseudo } from "./support/pseudo";

beforeAll(speakPseudo);
afterAll(() => speak({}));

it.each(RULES.map((rule) => [rule.id, rule] as const))("%s", (id, { examples }) => {
  const untagged = examples.flatMap((example) => {
    const findings = findingsIn(exampleWorkspace(example)).filter(({ code }) => code === id);
    const fixes = findings.flatMap((finding) => finding.fixes ?? []);
    const fixed = fixes.flatMap((fix) => fix.edits.map(({ uri, edits }) => applyEdits(example.files[examplePath(uri)] ?? "", edits)));
    const written = [...Object.values(example.files), ...fixed];
    const texts = [
      ...findings.flatMap(({ message, related = [] }) => [message, ...related.map((place) => place.message)]),
      ...fixes.map(({ title }) => title),
    ];
    return texts.flatMap(outside).filter((piece) => !written.some((text) => text.includes(piece.trim())));
  });
  expect(untagged).toEqual([]);
});
