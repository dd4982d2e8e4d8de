import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Document } from "../../server/src/model/document";
import type { LanguageId } from "../../server/src/model/language";
import type { Deployment } from "../../server/src/stack/deploy";
import { deploymentOf } from "../../server/src/stack/deployment";
import { costOf } from "../support/cost";
import { COMPOSE, CRONTAB, IMAGE, PODS, SCRIPT, SUPERVISOR, TMPFILES, UNIT, UPSTART } from "./texts";

const FILES: Readonly<Record<string, readonly [string, string]>> = {
  systemd: ["app@.service", UNIT],
  supervisor: ["supervisor.conf", SUPERVISOR],
  compose: ["compose.yaml", COMPOSE],
  kubernetes: ["k8s.yaml", PODS],
  dockerfile: ["Dockerfile", IMAGE],
  tmpfiles: ["tmpfiles.d/app.conf", TMPFILES],
  crontab: ["crontab", CRONTAB],
  shell: ["run.sh", SCRIPT],
  other: ["job.conf", UPSTART],
};
const LANGUAGES = Object.keys(FILES) as readonly LanguageId[];
const as = (language: LanguageId, text: string): Deployment =>
  deploymentOf(new Document(`file:///p/${FILES[language]?.[0]}`, text, language));

/** Every place lies within the text. */
function expectPlaces(value: unknown, length: number): void {
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== "object" || next === null) continue;
    if ("start" in next && "end" in next)
      expect([Number(next.start) >= 0, Number(next.start) <= Number(next.end), Number(next.end) <= length]).toEqual([true, true, true]);
    pending.push(...(next instanceof Map ? next.values() : Object.values(next)));
  }
}

describe.each(LANGUAGES)("%s takes any text", (language) => {
  test("every beginning of its own text, the whole of every other", () => {
    const [, own] = FILES[language]!;
    for (let end = 0; end <= own.length; end++) as(language, own.slice(0, end));
    for (const [, text] of Object.values(FILES)) expectPlaces(as(language, text), text.length);
  });

  test("any characters", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ..."\n\r\t \\\"'`$(){}[]<>|&;#=:-%*!@~,.0",
        "<<EOF",
        "${",
        "$(",
        "[Service]\n",
        "ExecStart=",
        "services:\n",
        "  a: &a\n",
        "<<: *a",
        "RUN ",
        "FROM x\n",
        "uwsgi ",
        "mkdir -p ",
        "--ini",
        "sh -c ",
        "{{",
        "}}",
        "kind: Pod\n",
        "command: ",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        expectPlaces(as(language, text), text.length);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["brackets", "[".repeat(25_000)],
    ["braces", "a: {".repeat(12_000)],
    ["indentation", Array.from({ length: 700 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
    ["quotes", `uwsgi ${'"'.repeat(25_001)}`],
    ["substitutions", "$(".repeat(25_000)],
    ["backticks", "a`".repeat(25_001)],
    ["templates", "{{".repeat(25_000)],
    ["here-documents", "cat <<A\n".repeat(5_000)],
    ["here-documents of an image", `FROM x\n${"RUN <<A\n".repeat(5_000)}`],
    ["backslashes", "a\\\n".repeat(25_000)],
    ["spaces", `a=${" ".repeat(100_000)}b`],
    ["colons", `services:\n  a:\n    ports: ["${":".repeat(50_000)}"]\n    user: "${"${a}".repeat(12_000)}"\n`],
    [
      "aliases",
      `services:\n${Array.from({ length: 200 }, (_, n) => `  s${n}: &s${n}\n    <<: [${Array.from({ length: n }, (_, m) => `*s${m}`)}]\n    k${n}: 1\n`).join("")}`,
    ],
    [
      "merges in a chain",
      `services:\n  s0: &s0 { a: 1 }\n${Array.from({ length: 5_000 }, (_, n) => `  s${n + 1}: &s${n + 1} { <<: *s${n}, k${n}: 1 }\n`).join("")}`,
    ],
    [
      "stages",
      `FROM x AS s0\nCOPY . .\n${Array.from({ length: 5_000 }, (_, n) => `FROM s${n} AS s${n + 1}\nCOPY a b\nENV A${n}=1\nRUN mkdir /a${n}\n`).join("")}`,
    ],
    ["options", `[Service]\nExecStart=/a\n${"--a\n".repeat(12_000)}`],
    ["commands", `[Service]\n${"ExecStart=sh -c 'mkdir /a; chown -R a /'\n".repeat(5_000)}`],
    ["folders", Array.from({ length: 5_000 }, (_, n) => `mkdir /a${n}\nchown -R a /\n`).join("")],
    ["nested shells", `${"sh -c sh\\ -c\\ ".repeat(5_000)}uwsgi`],
    ["long line", `uwsgi ${"--a ".repeat(25_000)}`],
    ["continued unit", `[Service]\nExecStart=${"a # \\\n".repeat(12_000)}`],
    ["environment", `[program:a]\nenvironment=${"A=".repeat(25_000)}`],
    ["larger than anything of the kind", "services:\n".repeat(1_000_000)],
  ])("hostile: %s", (_, text) => {
    expect(costOf(() => void as(language, text))).toBeLessThan(8_000);
  });
});
