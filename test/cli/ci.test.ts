// What stands in other projects' CI: the action, the hook and the GitLab job, each run as it is written, with npx led to the built program.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { COMMANDS } from "../../server/src/host/node/commands";
import { cli, folderWith, root, text } from "./run";

const { version } = JSON.parse(text(root, "package.json"));

/** A stand-in for npx that knows this package in this version only. */
const bin = folderWith({
  npx: `#!/bin/sh\n[ "$1 $2" = "--yes uwsgi-nginx@${version}" ] || { echo "npx $*" >&2; exit 99; }\nshift 2\nexec "${process.execPath}" "${cli}" "$@"\n`,
});
chmodSync(join(bin, "npx"), 0o755);

function shell(script: string, cwd: string, env: Readonly<Record<string, string>> = {}, options: readonly string[] = ["-eo", "pipefail"]) {
  const path = `${bin}${delimiter}${process.env.PATH}`;
  const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", ...options, "-c", script], {
    cwd,
    env: { ...process.env, ...env, PATH: path },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const documented = (heading: string): string =>
  new RegExp(`\\n### ${heading}\\n\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\`\\n`).exec(text(root, "docs/cli.md"))?.[1] ?? "";

describe.skipIf(process.platform === "win32")("the GitHub action", () => {
  const action = parse(text(root, "action.yml"));
  const [setup, step] = action.runs.steps;

  function act(inputs: Readonly<Record<string, string>>, cwd = root) {
    const env: Record<string, string> = {};
    for (const [name, expression] of Object.entries<string>(step.env)) {
      const input = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(expression)?.[1] ?? "";
      expect(action.inputs, expression).toHaveProperty(input);
      env[name] = inputs[input] ?? String(action.inputs[input].default);
    }
    return shell(step.run, cwd, env);
  }

  it("fails on the broken example, with annotations of its lines", () => {
    const { code, out, err } = act({ paths: "examples/broken" });
    expect(err).toBe("");
    expect(code).toBe(1);
    expect(out).toContain(
      "::error file=examples/broken/etc/nginx/sites-enabled/blog,line=2,endLine=2,col=12,endColumn=26,title=no-such-socket::",
    );
  });

  it("passes on the example of the article", () => expect(act({ paths: "examples/article" }).code).toBe(0));

  it("writes SARIF beside, whether or not something is found, and takes several paths and a level", () => {
    const sarif = join(folderWith({}), "out.sarif");
    expect(act({ paths: "examples/broken/etc/nginx\n\nexamples/broken/etc/uwsgi-emperor\n", sarif, level: "hint" }).code).toBe(1);
    expect(JSON.parse(text(sarif)).runs[0].results.length).toBeGreaterThan(10);
    expect(act({ paths: "examples/article", sarif }).code).toBe(0);
  });

  it("says what is wrong with its inputs, and runs nothing that stands in them", () => {
    const cwd = folderWith({ "a.ini": "[uwsgi]\n" });
    expect(act({ paths: "$(touch owned)`touch owned`;touch owned" }, cwd)).toMatchObject({
      code: 2,
      err: expect.stringContaining("no such file or folder"),
    });
    expect(act({ level: "bad" }, cwd).code).toBe(2);
    expect(act({ sarif: "x.sarif", config: "nowhere.json" }, cwd).code).not.toBe(0);
    expect(existsSync(join(cwd, "owned"))).toBe(false);
  });

  it("takes this version, and a Node that it runs on", () => {
    expect(String(action.inputs.version.default)).toBe(version);
    expect(setup.with["node-version"]).toBeGreaterThanOrEqual(22);
  });

  it("is documented as it is", () => {
    const steps = parse(documented("GitHub").replace(/^permissions:[\s\S]*?\nsteps:/, "steps:")).steps;
    const [, ours, upload] = steps;
    expect(ours.uses).toContain(`@v${version}`);
    for (const input of Object.keys(ours.with)) expect(action.inputs).toHaveProperty(input);
    expect(upload.with.sarif_file).toBe(ours.with.sarif);
  });
});

describe.skipIf(process.platform === "win32")("the pre-commit hook", () => {
  const [hook] = parse(text(root, ".pre-commit-hooks.yaml"));

  it("fails on the broken example and passes on the article", () => {
    const { code, out } = shell(hook.entry, join(root, "examples/broken"));
    expect([code, out]).toEqual([1, expect.stringContaining("no-such-socket")]);
    expect(shell(hook.entry, join(root, "examples/article")).code).toBe(0);
  });

  it("is asked when a file changes that may matter", () => {
    const files = new RegExp(hook.files);
    for (const path of [
      "a.ini",
      "nginx.conf",
      "x/sites-enabled/app",
      "etc/nginx/uwsgi_params",
      "compose.yaml",
      "app.service",
      "Dockerfile",
    ])
      expect(files.test(path), path).toBe(true);
    for (const path of ["README.md", "app.py", "style.css"]) expect(files.test(path), path).toBe(false);
  });

  it("is documented as it is", () => {
    const [repo] = parse(documented("pre-commit")).repos;
    expect([repo.rev, repo.hooks]).toEqual([`v${version}`, [{ id: hook.id }]]);
  });
});

describe.skipIf(process.platform === "win32")("the GitLab job", () => {
  const job = parse(documented("GitLab"))["uwsgi-nginx"];

  function perform(example: string) {
    const cwd = join(folderWith({}), example);
    cpSync(join(root, "examples", example), cwd, { recursive: true });
    const ran = shell(job.script.join("\n"), cwd, {}, ["-e"]);
    const report = JSON.parse(text(cwd, job.artifacts.reports.codequality));
    rmSync(cwd, { recursive: true });
    return { ...ran, report };
  }

  it("fails on the broken example, with a report", () => {
    const { code, out, report } = perform("broken");
    expect([code, out]).toEqual([1, expect.stringContaining("no-such-socket")]);
    expect(report).toContainEqual(expect.objectContaining({ check_name: "no-such-socket", severity: "critical" }));
  });

  it("passes on the article", () => expect(perform("article").code).toBe(0));
});

describe("docs/cli.md", () => {
  const page = text(root, "docs/cli.md");

  it("names every command and every option", () => {
    for (const [name, { options }] of Object.entries(COMMANDS))
      for (const word of [name, ...Object.keys(options)]) expect(page, word).toContain(word);
  });

  it("shows a configuration file that is right", () => {
    const [, example = ""] = /### The configuration file\n[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? [];
    const cwd = folderWith({ ".uwsgi-nginx.json": example, "a.ini": "[uwsgi]\n" });
    expect(spawnSync(process.execPath, [cli, "check", cwd], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });

  it("names this version wherever it names one", () => {
    for (const [, named] of page.matchAll(/(?:uwsgi-nginx|REPOSITORY)@v?([\d.]+\d)/g)) expect(named).toBe(version);
    expect(text(root, ".pre-commit-hooks.yaml")).toContain(`uwsgi-nginx@${version} `);
  });
});
