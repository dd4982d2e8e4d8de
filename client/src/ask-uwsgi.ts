// What a uWSGI program says of itself. It is run without a shell and bounded in time and in what it may print.
import { execFile } from "node:child_process";

export type Answer = {
  /** As the setting of the target writes it: `2.0.21`, `2.1-dev`. */
  readonly version: string;
  /** What stands behind it: `-debian`. */
  readonly suffix: string;
  /** What `--help` prints; the server knows how to read it. */
  readonly help: string;
  /** What `--cflags` prints; empty where the program has no such option. */
  readonly cflags: string;
};

/** A variable `UWSGI_…` would be an option: the program gets none of ours. */
const BOUNDS = { timeout: 5000, maxBuffer: 1 << 19, killSignal: "SIGKILL", windowsHide: true, cwd: "/", env: { LC_ALL: "C" } } as const;

const said = (program: string, option: string): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, [option], BOUNDS, (error, stdout, stderr) => (error ? reject(error) : resolve(stdout || stderr)));
  });

/** Undefined for a program that does not answer as uWSGI does. */
export async function askUwsgi(program: string): Promise<Answer | undefined> {
  const answers = [said(program, "--version"), said(program, "--help"), said(program, "--cflags").catch(() => "")];
  const [written = "", help = "", cflags = ""] = await Promise.all(answers).catch(() => []);
  const [, version, suffix = ""] = /^(\d+\.\d+(?:\.\d+){0,2}(?:-dev)?)(\S*)\s*$/.exec(written) ?? [];
  return version === undefined ? undefined : { version, suffix, help, cflags };
}
