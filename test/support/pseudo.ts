// A language in which every tagged text is a pair of brackets around what it is filled with.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { speak } from "../../server/src/text/l10n";
import { taggedTexts } from "./tagged";

const root = join(import.meta.dirname, "../..");

export function speakPseudo(): void {
  const keys = globSync("server/src/**/*.ts", { cwd: root }).flatMap((path) => taggedTexts(readFileSync(join(root, path), "utf8")));
  speak(Object.fromEntries(keys.map((key) => [key, `⟦${(key.match(/\{\d+\}/g) ?? []).join("·")}⟧`])));
}

/** What stands outside of all brackets, piece by piece; signs alone are no words. */
export function outside(text: string): readonly string[] {
  let [depth, out] = [0, ""];
  for (const letter of text) {
    if (letter === "⟦") depth++;
    else if (letter === "⟧") depth--;
    out += depth === 0 && letter !== "⟧" ? letter : "\n";
  }
  return out.split("\n").filter((piece) => /\p{L}/u.test(piece));
}
