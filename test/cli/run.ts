// The command line as a process of its own, in folders made for the test.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

export const root = join(import.meta.dirname, "../..");
export const cli = process.env.UWSGI_NGINX_CLI ?? join(root, "dist/cli.js");

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };
type Options = {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: readonly string[];
};

/** Neither the colours nor the settings of whoever runs the tests. */
const { NO_COLOR, FORCE_COLOR, CI, UWSGI_NGINX_DEBUG, ...environment } = process.env;

export function run(args: readonly string[], { cwd = root, input = "", env = {}, node = [] }: Options = {}): Ran {
  if (!existsSync(cli)) throw new Error(`${cli} is missing: npm run build`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, cli, ...args], {
    cwd,
    input,
    env: { ...environment, ...env },
    encoding: "utf8",
    timeout: 25_000,
    maxBuffer: 256 * 1024 * 1024,
  });
  return { code: status, out: stdout, err: stderr };
}

/** The same on a terminal: both streams in one, as the terminal gets them. */
export function runOnTerminal(args: readonly string[], { cwd = root, env = {}, node = [] }: Options = {}): string {
  const command = [process.execPath, ...node, cli, ...args].map((word) => `'${word}'`).join(" ");
  const { stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
    cwd,
    env: { ...environment, TERM: "xterm-256color", ...env },
    encoding: "utf8",
    timeout: 25_000,
  });
  return stdout;
}
/** In CI it has to be there. */
export const hasTerminal = process.platform === "linux" && (Boolean(process.env.CI) || spawnSync("script", ["--version"]).status === 0);

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export type Files = Readonly<Record<string, string>>;

export function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "uwsgi-nginx-cli-"));
  made.push(folder);
  write(folder, files);
  return folder;
}

export function write(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export const text = (...path: readonly string[]): string => readFileSync(join(...path), "utf8");

type Position = { readonly line: number; readonly character: number };
export type Finding = {
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly related: readonly unknown[];
  readonly fixes: readonly { readonly title: string; readonly safe: boolean; readonly edits: readonly unknown[] }[];
};

/** What `check --format json` finds, as `file:line code`. */
export function found(args: readonly string[], options?: Options): readonly string[] {
  const { out, err } = run(["check", "--format", "json", ...args], options);
  if (out === "") throw new Error(err);
  return (JSON.parse(out) as { findings: readonly Finding[] }).findings.map(
    ({ file, range, code }) => `${file}:${range.start.line + 1} ${code}`,
  );
}

/** A file with one warning whose fix is safe. */
export const UNDERSCORE = "[uwsgi]\nhttp-socket = :8080\nlog_date = true\nmaster = true\n";
/** A file with one error that no fix cures in bulk. */
export const AUTO = "[uwsgi]\nhttp-socket = :8080\nprocesses = auto\nmaster = true\n";
