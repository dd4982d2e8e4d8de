/** Plays scenarios: broken it must fail as told, then the engine's own fix must lead to an answer. */
import { describe, expect, type TestContext, test } from "vitest";
import { AWAITING } from "./awaiting";
import { apply, check, type Files, type Finding, type Fix } from "./engine";
import { factsOf } from "./facts";
import { filesOf, type Scenario, type Symptom, stageOf } from "./scenario";
import { type Outcome, perform } from "./stage";

/** Private machines need Linux and root. Where both must be there, their lack is a failure and no skip. */
const HAS_STAGE = (process.platform === "linux" && process.getuid?.() === 0) || process.env.CI !== undefined;

export function play(family: string, scenarios: readonly Scenario[]): void {
  describe.concurrent(family, () => {
    const names = new Set(scenarios.map(({ name }) => name));
    if (names.size < scenarios.length) throw new Error(`${family}: two scenarios of one name`);
    for (const scenario of scenarios) {
      test.skipIf(!HAS_STAGE)(`${scenario.name}: fails as told`, () => fails(scenario));
      test.skipIf(!HAS_STAGE)(`${scenario.name}: is found and mended`, (context) => mended(scenario, context));
    }
  });
}

async function fails(scenario: Scenario): Promise<void> {
  const outcome = await perform(stageOf(scenario, filesOf(scenario)));
  expect(deviation(scenario.broken, outcome), told(outcome)).toBe("");
}

/** Every fix that the rule offers must help, not only the first one. */
async function mended(scenario: Scenario, context: TestContext): Promise<void> {
  const files = filesOf(scenario);
  const awaited = AWAITING.get(scenario.name);
  const findings = await check(files, factsOf(stageOf(scenario, files), scenario.missing ?? []));
  const fixes = offered(scenario, findings);
  if (fixes.length === 0) {
    if (awaited) context.skip(`awaits ${awaited}`);
    throw new Error(`no fix of ${scenario.rule} offered${scenario.fix ? ` like ${scenario.fix}` : ""}. Findings:\n${listed(findings)}`);
  }
  for (const fix of fixes) {
    const after = apply(files, fix);
    const wanted: Symptom = { status: 200, ...scenario.fixed };
    const outcome = await perform(stageOf(scenario, after, typeof wanted.status === "number" ? wanted.status : 200));
    const wrong = deviation(wanted, outcome);
    if (wrong && awaited) context.skip(`awaits ${awaited}: “${fix.title}” does not help`);
    expect(wrong, `after “${fix.title}”:\n${changed(files, after)}\n${told(outcome)}`).toBe("");
  }
  if (awaited) throw new Error("works now: take it off the list in awaiting.ts");
}

/** The fixes of the scenario's rules, each once though both files may show it. */
function offered({ rule, fix }: Scenario, findings: readonly Finding[]): readonly Fix[] {
  const rules: readonly string[] = typeof rule === "string" ? [rule] : rule;
  const fixes = findings.filter(({ code }) => rules.includes(code)).flatMap(({ fixes }) => fixes ?? []);
  const wanted = fixes.filter(({ title }) => !fix || fix.test(title));
  return [...new Map(wanted.map((each) => [JSON.stringify(each.edits), each])).values()];
}

/** What differs from the symptom, or nothing. */
function deviation({ status, nginx, uwsgi, body }: Symptom, outcome: Outcome): string {
  if (status === "refused" && outcome.nginxRuns) return "nginx accepts its configuration";
  if (status !== "refused" && !outcome.nginxRuns) return "nginx refuses its configuration";
  const answer = outcome.answers.at(-1);
  const came = answer?.error || (status === "cut" && answer?.status === 502) ? "cut" : answer?.status;
  if (status !== "refused" && came !== status) return `status ${answer?.status} ${answer?.error ?? ""} instead of ${status}`;
  if (nginx && !nginx.test(outcome.nginxLog)) return `nginx's log lacks ${nginx}`;
  if (uwsgi && !uwsgi.test(outcome.uwsgiLog)) return `uWSGI's log lacks ${uwsgi}`;
  return body && !body.test(answer?.body ?? "") ? `the answer lacks ${body}` : "";
}

const tail = (text: string): string => text.trimEnd().split("\n").slice(-40).join("\n");
const told = ({ answers, nginxLog, uwsgiLog, sockets }: Outcome): string =>
  `answers: ${JSON.stringify(answers)}\n--- nginx\n${tail(nginxLog)}\n--- uWSGI\n${tail(uwsgiLog)}\n--- sockets\n${sockets}`;
const listed = (findings: readonly Finding[]): string =>
  findings
    .map(
      ({ file, range, severity, code, message, fixes }) =>
        `${file}:${range.start.line + 1} ${severity} ${code}: ${message} [${(fixes ?? []).map(({ title }) => title).join(" | ")}]`,
    )
    .join("\n");
const changed = (before: Files, after: Files): string =>
  Object.keys(after)
    .filter((path) => after[path] !== before[path])
    .map((path) => `# ${path}\n${after[path]}`)
    .join("\n");
