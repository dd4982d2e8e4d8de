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
  const findings = await found(scenario, files);
  const silent = rulesOf(scenario).filter((id) => !findings.some(({ code }) => code === id));
  if (silent.length > 0 && awaited) context.skip(`awaits ${awaited}`);
  expect(silent, `findings:\n${listed(findings)}`).toEqual([]);
  if (scenario.byHand) return mendedByHand(scenario, scenario.byHand, files, findings);
  const fixes = offered(scenario, findings);
  if (fixes.length === 0) {
    if (awaited) context.skip(`awaits ${awaited}`);
    throw new Error(`no fix of ${scenario.rule} offered${scenario.fix ? ` like ${scenario.fix}` : ""}. Findings:\n${listed(findings)}`);
  }
  for (const fix of fixes) {
    const { wrong, seen } = await after(scenario, files, apply(files, fix));
    if (wrong && awaited) context.skip(`awaits ${awaited}: “${fix.title}” does not help`);
    expect(wrong, `after “${fix.title}”:\n${seen}`).toBe("");
  }
  if (awaited) throw new Error("works now: take it off the list in awaiting.ts");
}

/** The rule must have no fix of its own, and must be content with what its words led to. */
async function mendedByHand(scenario: Scenario, changes: Files, files: Files, findings: readonly Finding[]): Promise<void> {
  expect(offered(scenario, findings), "the rule offers a fix: byHand is not needed").toEqual([]);
  let mended = Object.entries(files);
  for (const [written, instead] of Object.entries(changes)) {
    expect(
      mended.flat().some((text) => text.includes(written)),
      `nothing holds ${written}`,
    ).toBe(true);
    mended = mended.map(([path, text]) => [path.replaceAll(written, instead), text.replaceAll(written, instead)]);
  }
  expect(
    (await found(scenario, Object.fromEntries(mended))).filter((finding) => isAbout(scenario, finding)),
    "still found",
  ).toEqual([]);
  const { wrong, seen } = await after(scenario, files, Object.fromEntries(mended));
  expect(wrong, seen).toBe("");
}

function found(scenario: Scenario, files: Files): Promise<readonly Finding[]> {
  const { missing = [], unseen = [] } = scenario;
  const seen = Object.fromEntries(Object.entries(files).filter(([path]) => !unseen.includes(path)));
  return check(seen, factsOf(stageOf(scenario, seen), missing, unseen));
}

/** What still differs from the cure with the changed files. */
async function after(scenario: Scenario, before: Files, files: Files): Promise<{ readonly wrong: string; readonly seen: string }> {
  const wanted: Symptom = { status: 200, ...scenario.fixed };
  const outcome = await perform(stageOf(scenario, files, typeof wanted.status === "number" ? wanted.status : 200));
  return { wrong: deviation(wanted, outcome), seen: `${changed(before, files)}\n${told(outcome)}` };
}

const rulesOf = ({ rule }: Scenario): readonly string[] => (typeof rule === "string" ? [rule] : rule);
const isAbout = (scenario: Scenario, { code }: Finding): boolean => rulesOf(scenario).includes(code);

/** The fixes of the scenario's rules, each once though both files may show it. */
function offered(scenario: Scenario, findings: readonly Finding[]): readonly Fix[] {
  const fixes = findings.filter((finding) => isAbout(scenario, finding)).flatMap(({ fixes }) => fixes ?? []);
  const wanted = fixes.filter(({ title }) => !scenario.fix || scenario.fix.test(title));
  return [...new Map(wanted.map((each) => [JSON.stringify(each.edits), each])).values()];
}

/** What differs from the symptom, or nothing. */
function deviation({ status, nginx, uwsgi, body, head, lacks }: Symptom, outcome: Outcome): string {
  if (status === "refused" && outcome.nginxRuns) return "nginx accepts its configuration";
  if (status !== "refused" && !outcome.nginxRuns) return "nginx refuses its configuration";
  const answer = outcome.answers.at(-1);
  const came = answer?.error || (status === "cut" && answer?.status === 502) ? "cut" : answer?.status;
  if (status !== "refused" && came !== status) return `status ${answer?.status} ${answer?.error ?? ""} instead of ${status}`;
  if (nginx && !nginx.test(outcome.nginxLog)) return `nginx's log lacks ${nginx}`;
  if (uwsgi && !uwsgi.test(outcome.uwsgiLog)) return `uWSGI's log lacks ${uwsgi}`;
  if (head && !head.test(answer?.head ?? "")) return `the head of the answer lacks ${head}`;
  if (lacks?.test(`${outcome.nginxLog}\n${outcome.uwsgiLog}\n${answer?.head}\n${answer?.body}`)) return `there is ${lacks}`;
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
