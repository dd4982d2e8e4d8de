// Every word that a rule says to a person can be said in another language: in one where each tagged text is a pair of brackets around
// what it is filled with, nothing stands outside of brackets but signs, and what is written in the files or would be written there.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { examplePath, exampleWorkspace, findingsIn } from "../server/src/ide/rule-page";
import { RULES } from "../server/src/rules/index";
import { speak } from "../server/src/text/l10n";
import { applyEdits } from "../server/src/text/span";
import { taggedTexts } from "./support/tagged";

const root = join(import.meta.dirname, "..");

beforeAll(() => {
  const keys = globSync("server/src/**/*.ts", { cwd: root }).flatMap((path) => taggedTexts(readFileSync(join(root, path), "utf8")));
  speak(Object.fromEntries(keys.map((key) => [key, `⟦${(key.match(/\{\d+\}/g) ?? []).join("·")}⟧`])));
});
afterAll(() => speak({}));

/** What stands outside of all brackets, piece by piece. */
function outside(text: string): readonly string[] {
  let [depth, out] = [0, ""];
  for (const letter of text) {
    if (letter === "⟦") depth++;
    else if (letter === "⟧") depth--;
    out += depth === 0 && letter !== "⟧" ? letter : "\n";
  }
  return out.split("\n").filter((piece) => /\p{L}/u.test(piece));
}

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
