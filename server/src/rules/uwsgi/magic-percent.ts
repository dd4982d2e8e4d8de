import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, safeFix } from "../edits";
import { rule, type Severity } from "../rule";

/** Letters that mean something after a percent sign (facts: uwsgi-language §4.4). */
const LETTERS = "oOpPsSnNeEdDcCxXiIjJ0123456789bvhVktTuUgG[%(";
/** Options whose values have percent signs of their own. */
const DATES = /^(?:log-date|logdate|logformat-strftime|log-format|logformat|log-strftime|log-encoder|log-req-encoder)$/;
const COMMANDS = /^(?:cron2?|unique-cron|legion-cron|attach-daemon2?|smart-attach-daemon2?|exec-|hook-|if-|for|spooler-)/;

/** A password or key in the environment: nobody puts the name of a file into the middle of one. */
const SECRET = /^(?:\w*_)?(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|KEY|DSN)=/i;

export const magicPercent = rule({
  id: "magic-percent",
  title: "A percent sign starts a magic letter, everywhere",
  why: "`%` and the next character are replaced while the file is read, in every value: `%d` is the folder of the file, `%n` its name; a letter without meaning is removed together with the sign. Passwords, dates and commands need `%%` for each percent sign.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html#magic-variables",
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nlog-date = %Y-%m-%d\nenv = PASSWORD=a%w1\n" }, finds: ["app.ini:3", "app.ini:4"] },
    {
      title: "A letter in a password, and names that are meant",
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nenv = DB_PASSWORD=ab%ncd\nenv = APP=shop%n\nenv = API_KEY=%n-%d\n" },
      finds: ["app.ini:3"],
    },
  ],
  *check(document) {
    if (document.isTemplate) return;
    for (const { directive } of document.all) {
      const [value] = directive.args;
      if (!value || directive.body || !value.text.includes("%") || value.span.end - value.span.start !== value.text.length) continue;
      const key = directive.name.text;
      const odd = oddPercents(value.text, key);
      const [first] = odd;
      if (first === undefined) continue;
      const fixed = value.text.replace(/%%|%(?!\()(.)/g, (whole) => (whole === "%%" ? whole : `%${whole}`));
      const what = value.text.slice(first, first + 2);
      const severity: Severity = optionOf(key) ? "warning" : "info";
      yield {
        span: { start: value.span.start + first, end: value.span.start + first + 2 },
        severity,
        message: LETTERS.includes(what[1] ?? "")
          ? t`${what} is a magic letter of uWSGI, not a part of the text: write %${what}.`
          : t`uWSGI removes ${what}: a percent sign is written %%.`,
        fixes: fixes(
          DATES.test(key) || odd.length === 1
            ? {
                ...safeFix(
                  t`Write %% for the percent signs`,
                  inFile(
                    document.uri,
                    replace(value.span, DATES.test(key) ? fixed : `${value.text.slice(0, first)}%${value.text.slice(first)}`),
                  ),
                ),
                safe: DATES.test(key),
              }
            : undefined,
        ),
      };
    }
  },
});

/** Offsets of percent signs that are certainly not meant as magic. */
function oddPercents(text: string, key: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf("%"); at >= 0 && at + 1 < text.length; at = text.indexOf("%", at + 2)) {
    const letter = text[at + 1] ?? "";
    if (letter === "(" || letter === "%") continue;
    if (!LETTERS.includes(letter)) found.push(at);
    else if (/^(?:log-date|logdate|logformat-strftime|log-strftime)$/.test(key) && /[dHMSYmbyjTkIpcxXaAZzV]/.test(letter)) found.push(at);
    else if (key === "env" && SECRET.test(text) && /\w/.test(text[at - 1] ?? "") && /\w/.test(text[at + 2] ?? "")) found.push(at);
    else if (COMMANDS.test(key) && /\bdate\b[^|;]*\+[^|;]*$/.test(text.slice(0, at))) found.push(at);
  }
  return found;
}
