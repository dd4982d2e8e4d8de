/** Percents that do something else than they seem to: before anything is parsed, each takes the next character with it. */
import { t } from "../text/l10n";
import type { Span } from "../text/span";
import type { Problem } from "./tree";
import { regionsAt, templateRegions } from "./uwsgi-template";

/** Every letter that means something behind a percent. */
export const MAGIC_LETTERS: ReadonlySet<string> = new Set("opsnedcxij0123456789bvhtTVkuUgGOPSNEDCXIJ[(%");

export function percentProblems(text: string, comments: readonly Span[]): readonly Problem[] {
  const problems: Problem[] = [];
  const inTemplate = text.includes("{%") || text.includes("<%") || text.includes("{{") ? regionsAt(templateRegions(text)) : () => false;
  const inComment = regionsAt(comments);
  for (let percent = text.indexOf("%"); percent >= 0; percent = text.indexOf("%", percent + 2)) {
    if (inTemplate(percent)) continue;
    const problem = percentProblem(text, percent, inComment(percent));
    if (problem) problems.push(problem);
  }
  return problems;
}

function percentProblem(text: string, percent: number, isComment: boolean): Problem | undefined {
  const letter = text.charAt(percent + 1);
  const next = text.charAt(percent + 2);
  const at = (code: string, length: number, message: string): Problem => ({
    code,
    span: { start: percent, end: percent + length },
    message,
  });
  if (letter === "\n") {
    const message = isComment
      ? t`A "%" takes the next character with it, here the end of the line: the next line becomes part of this comment and is lost. Write "%%".`
      : t`A "%" takes the next character with it, here the end of the line: the next line becomes part of this one. Write "%%".`;
    return at("percent-at-line-end", 1, message);
  }
  if (isComment) return undefined;
  if (letter !== "" && !MAGIC_LETTERS.has(letter) && letter !== "\r")
    return at("magic-letter-removed", 2, t`\`%${letter}\` means nothing to uWSGI, so both characters are removed. Write \`%%${letter}\`.`);
  if (/[0-9]/.test(letter) && /[0-9A-Fa-f]/.test(next))
    return at(
      "percent-encoding",
      3,
      t`\`%${letter}\` is a part of the path of this file, not the beginning of \`%${letter}${next}\`. Write \`%%${letter}${next}\`.`,
    );
  return undefined;
}
