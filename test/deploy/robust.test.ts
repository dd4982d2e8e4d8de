import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Document } from "../../server/src/model/document";
import { type LanguageId, languageOf } from "../../server/src/model/language";
import type { Deployment } from "../../server/src/stack/deploy";
import { deploymentOf } from "../../server/src/stack/deployment";

const NAMES: Readonly<Record<string, string>> = {
  systemd: "app@.service",
  supervisor: "supervisor.conf",
  compose: "compose.yaml",
  kubernetes: "k8s.yaml",
  dockerfile: "Dockerfile",
  tmpfiles: "tmpfiles.d/app.conf",
  crontab: "crontab",
  shell: "run.sh",
  other: "job.conf",
};
const LANGUAGES = Object.keys(NAMES) as readonly LanguageId[];
const as = (language: LanguageId, text: string): Deployment => deploymentOf(new Document(`file:///p/${NAMES[language]}`, text, language));

/** The texts of the tests beside this one, which hold something of everything. */
const TEXTS = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".test.ts"))
  .flatMap((name) =>
    [...readFileSync(join(import.meta.dirname, name), "utf8").matchAll(/`([^`]{200,})`/g)].map(([, text = ""]) =>
      text.replaceAll("\\\\", "\\").replaceAll("\\$", "$"),
    ),
  );

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
  test("every beginning of every text", () => {
    expect(TEXTS.length).toBeGreaterThan(3);
    for (const text of TEXTS) {
      const step = languageOf(`/p/${NAMES[language]}`, text) === language && (language !== "other" || text.startsWith("job")) ? 1 : 11;
      for (let end = 0; end <= text.length; end += step) as(language, text.slice(0, end));
    }
    for (const text of TEXTS) expectPlaces(as(language, text), text.length);
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
    ["brackets", "[".repeat(100_000)],
    ["braces", "a: {".repeat(50_000)],
    ["indentation", Array.from({ length: 700 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
    ["quotes", `uwsgi ${'"'.repeat(100_001)}`],
    ["substitutions", "$(".repeat(100_000)],
    ["backticks", "a`".repeat(100_001)],
    ["templates", "{{".repeat(100_000)],
    ["here-documents", "cat <<A\n".repeat(20_000)],
    ["here-documents of an image", `FROM x\n${"RUN <<A\n".repeat(20_000)}`],
    ["backslashes", "a\\\n".repeat(100_000)],
    ["spaces", `a=${" ".repeat(400_000)}b`],
    ["colons", `services:\n  a:\n    ports: ["${":".repeat(200_000)}"]\n    user: "${"${a}".repeat(50_000)}"\n`],
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
    ["options", `[Service]\nExecStart=/a\n${"--a\n".repeat(50_000)}`],
    ["commands", `[Service]\n${"ExecStart=sh -c 'mkdir /a; chown -R a /'\n".repeat(5_000)}`],
    ["folders", Array.from({ length: 5_000 }, (_, n) => `mkdir /a${n}\nchown -R a /\n`).join("")],
    ["nested shells", `${"sh -c sh\\ -c\\ ".repeat(20_000)}uwsgi`],
    ["long line", `uwsgi ${"--a ".repeat(100_000)}`],
    ["continued unit", `[Service]\nExecStart=${"a # \\\n".repeat(50_000)}`],
    ["environment", `[program:a]\nenvironment=${"A=".repeat(100_000)}`],
    ["larger than anything of the kind", "services:\n".repeat(1_000_000)],
  ])("hostile: %s", (_, text) => {
    const start = performance.now();
    as(language, text);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
