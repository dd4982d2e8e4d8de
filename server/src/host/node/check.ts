/** `uwsgi-nginx check`: findings of folders and files, for people and for programs. */
import { type Diagnosis, diagnose } from "../../ide/diagnose";
import { RANK } from "../../rules/rule";
import { stackOf } from "../../stack/stack";
import { type CheckArguments, checkArguments } from "./arguments";
import { type Baseline, readBaseline, withoutRecorded, writeBaseline } from "./baseline";
import { type Changed, diffOf, fixTexts, writeFixes } from "./fix";
import { type Progress, progressOn } from "./progress";
import { openProject, type Project } from "./project";
import { report } from "./report";
import { counted } from "./text-report";

export type Output = { out(text: string | Uint8Array): void; err(text: string): void };

/** Returns the exit code: 0 nothing at the level or above, 1 something, 2 usage, reading or writing failed. */
export function check(argv: readonly string[], io: Output): number {
  const failed = (message: string): number => {
    for (const line of message.split("\n")) io.err(`uwsgi-nginx check: ${line}\n`);
    return 2;
  };
  const args = checkArguments(argv);
  if (typeof args === "string") return failed(`${args}\nuwsgi-nginx check --help lists what there is`);
  const baseline = args.baseline === undefined || args.writeBaseline !== undefined ? undefined : readBaseline(args.baseline);
  if (typeof baseline === "string") return failed(baseline);
  const progress = progressOn(process.stderr);
  progress.begin("reading files:");
  const project = openProject(args, progress.tick);
  if (typeof project === "string") {
    progress.end();
    return failed(project);
  }
  const problems = project.unreadable.map((file) => `${file}: not a readable regular file`);
  const findings = (): readonly Diagnosis[] => findingsOf(project, progress);

  const changes = args.fix ? fixTexts(project, findings) : [];
  progress.end();
  if (args.dryRun) takeBack(project, changes);
  else problems.push(...writeFixes(project, changes, io.err));
  const all = findings();
  progress.end();

  const judged = judgedBy(baseline, args, all, project, io);
  if (typeof judged === "string") return failed(judged);
  const { fresh, known } = judged;
  const isDiff = args.dryRun && args.format === "text";
  if (args.dryRun) {
    const { diff, problems: refusals } = diffOf(changes);
    (isDiff ? io.out : io.err)(diff);
    if (isDiff) io.err(`${counted(changes.length - refusals.length, "file")} would change\n`);
    problems.push(...refusals);
  }
  if (!isDiff) io.out(report(fresh, project, { ...args, known, stream: process.stdout }));
  if (problems.length > 0) return failed(problems.join("\n"));
  return fresh.some((finding) => RANK[finding.severity] >= RANK[args.level]) ? 1 : 0;
}

type Judged = { readonly fresh: readonly Diagnosis[]; readonly known: number };

/** What a baseline leaves, or what went wrong with a new one. */
function judgedBy(
  baseline: Baseline | undefined,
  { writeBaseline: file, paths, stdin }: CheckArguments,
  all: readonly Diagnosis[],
  { workspace }: Project,
  io: Output,
): Judged | string {
  if (file !== undefined) {
    const problem = writeBaseline(file, all, workspace);
    if (problem === undefined) io.err(`${file}: ${counted(all.length, "finding")} recorded\n`);
    return problem ?? { fresh: [], known: all.length };
  }
  if (baseline === undefined) return { fresh: all, known: 0 };
  const compared = withoutRecorded(baseline, all, workspace, stdin === undefined ? paths : [stdin]);
  if (compared.gone > 0) {
    const are = compared.gone === 1 ? "is" : "are";
    io.err(
      `${baseline.file}: ${counted(compared.gone, "finding")} recorded there ${are} gone; --write-baseline ${baseline.file} records anew\n`,
    );
  }
  return compared;
}

/** Nothing was written, so the texts are what they were. */
function takeBack({ workspace }: Project, changes: readonly Changed[]): void {
  for (const { uri, before } of changes)
    if (before === undefined) workspace.delete(uri);
    else workspace.set(uri, before);
}

/** With more files than this memory counts. */
const MANY_FILES = 2_000;

function findingsOf({ workspace, checked, levels }: Project, progress: Progress): Diagnosis[] {
  progress.begin("joining files");
  const context = { workspace, stack: stackOf(workspace) };
  progress.begin("checking files:", checked.length);
  const all: Diagnosis[] = [];
  for (const uri of checked) {
    progress.tick();
    const document = workspace.get(uri);
    if (!document) continue;
    const onError = (rule: { id: string }, error: unknown): void => {
      if (process.env.UWSGI_NGINX_DEBUG) process.stderr.write(`${rule.id}: ${uri}: ${error instanceof Error ? error.stack : error}\n`);
    };
    for (const finding of diagnose(document, context, { levels, onError })) all.push(finding);
    // The trees of nginx are part of whole configurations; those of uWSGI have been looked at now.
    if (checked.length > MANY_FILES && document.language === "uwsgi") document.rest();
  }
  return all;
}
