// The workflows cannot be run here: what they call is there, and they may do no more than they need.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";

const root = join(import.meta.dirname, "..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Record<string, string> };
type Job = {
  readonly permissions?: Record<string, string>;
  readonly environment?: string;
  readonly steps: readonly Step[];
  readonly "timeout-minutes"?: number;
};
type Workflow = { readonly on: object; readonly permissions: Record<string, string>; readonly jobs: Record<string, Job> };

const FILES = globSync(".github/workflows/*.yml", { cwd: root }).sort();
const text = (file: string): string => readFileSync(join(root, file), "utf8");
const workflow = (file: string): Workflow => parseDocument(text(file)).toJS();

it("there are three: for changes, for the night, for releases", () => {
  expect(FILES.map((file) => file.split(/[\\/]/).at(-1))).toEqual(["ci.yml", "nightly.yml", "release.yml"]);
});

describe.each(FILES)("%s", (file) => {
  const { jobs, permissions } = workflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const commands = steps.flatMap(({ run }) => run?.split("\n") ?? []);

  it("is well-formed, and every step does one thing", () => {
    const { errors, warnings } = parseDocument(text(file));
    expect([...errors, ...warnings]).toEqual([]);
    for (const step of steps) expect([step.uses, step.run].filter((one) => one !== undefined)).toHaveLength(1);
  });

  it("pins every action to a major version", () => {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
  });

  it("calls scripts and files that are there", () => {
    const named = commands.flatMap((line) => Array.from(line.matchAll(/npm run ([\w:-]+)/g), ([, name]) => name));
    for (const name of named) expect(scripts, name).toHaveProperty([name ?? ""]);
    const files = commands.flatMap((line) =>
      Array.from(line.matchAll(/(?<![\w/])(?:\.ci\/\w+|examples\/\w+|test\/\w+)/g), ([path]) => path),
    );
    for (const path of files) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it("may read, and write only where a job says so; no secret is used", () => {
    expect(permissions).toEqual({ contents: "read" });
    expect(text(file)).not.toMatch(/\bsecrets\./);
    // A title of an issue or a branch is text of a stranger: it never becomes part of a command.
    for (const line of commands) expect(line).not.toMatch(/\$\{\{(?!\s*github\.run_(?:number|id)\s*\}\})/);
  });
});

describe("a release", () => {
  const { jobs } = workflow(".github/workflows/release.yml");

  it.each(["npm", "marketplace", "open-vsx"])("is published to %s by a job that proves who it is, from checked files", (name) => {
    const job = jobs[name];
    expect(job).toMatchObject({ environment: "release", permissions: { contents: "read", "id-token": "write" } });
    expect(job?.steps.some(({ run }) => run?.includes("sha256sum --check SHA256SUMS"))).toBe(true);
  });

  it("comes from tested files that are made once", () => {
    const made = Object.entries(jobs).filter(([, job]) => job.steps.some(({ run }) => run === "npm run release"));
    expect(made.map(([name]) => name)).toEqual(["build"]);
    expect(jobs.build?.steps.some(({ run }) => run === ".ci/run")).toBe(true);
  });
});

it("failures of the night are kept", () => {
  const kept = workflow(".github/workflows/nightly.yml").jobs.fuzz?.steps.find(({ uses }) => uses?.startsWith("actions/upload-artifact@"));
  expect(kept?.with?.path).toContain("test/fixtures/fuzz");
});
