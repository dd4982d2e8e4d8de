/** The real uWSGI, asked what it makes of a configuration. It runs in a folder of its own, with an environment of its own. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { localMachine } from "../../server/src/host/node/local-machine";
import { configText } from "../../server/src/host/node/show-config";

export type Answer = {
  /** The list of options, in bytes; undefined when uWSGI did not come that far. */
  readonly text: string | undefined;
  /** It ended with another code than 0, or was killed. */
  readonly refused: boolean;
  readonly log: string;
};

const HOOKS = ["--hook-asap", "call:show_config", "--hook-asap", "exit:0"];
const START = ";uWSGI instance configuration\n[uwsgi]\n";
const END = ";end of configuration\n";

export const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

export function environmentOf(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: "/", TZ: "UTC", LC_ALL: "C", ...extra };
}

/** Bounded in time and memory: some configurations grow for ever. */
export function askUwsgi(folder: string, file: string, environment: NodeJS.ProcessEnv): Promise<Answer> {
  const option = optionFor(file);
  const limited = 'ulimit -t 1; ulimit -v 1000000; ulimit -c 0; exec uwsgi "$@"';
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", limited, "sh", ...HOOKS, option, file], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("close", (code) => {
      clearTimeout(timer);
      const log = Buffer.concat(chunks).toString("latin1");
      resolve({ text: listing(log, `${option.slice(2)} = `), refused: code !== 0, log });
    });
  });
}

const optionFor = (file: string): string =>
  /\.ya?ml(:|$)/.test(file) ? "--yaml" : /\.js(on)?(:|$)/.test(file) ? "--json" : /\.xml(:|$)/.test(file) ? "--xml" : "--ini";

/** Without the lines of our own command line: both hooks and the file. */
function listing(log: string, loader: string): string | undefined {
  const start = log.indexOf(`\n${START}`);
  const end = log.lastIndexOf(END);
  if (start < 0 || end < 0) return undefined;
  const body = undated(log.slice(start + 1 + START.length, end), log, end);
  const hooks = "hook-asap = call:show_config\nhook-asap = exit:0\n";
  const from = body.indexOf(`${hooks}${loader}`);
  const rest = from + hooks.length;
  return START + body.slice(0, from) + body.slice(body.indexOf("\n", rest) + 1) + END;
}

/** A configuration with `log-date` has a date before each line of its own list. */
function undated(body: string, log: string, end: number): string {
  const width = end - (log.lastIndexOf("\n", end - 1) + 1);
  const lines = body.slice(0, body.length - width);
  return width ? lines.replace(/^.*$/gm, (line) => line.slice(width)) : lines;
}

/** Looked up once: the program is large. */
const installed = localMachine().version;

export function askOurs(folder: string, file: string, environment: NodeJS.ProcessEnv, version = installed): Answer {
  const { text, refused, messages } = configText(
    Buffer.from(file, "utf8").toString("latin1"),
    localMachine({ environment, cwd: folder, ...(version && { version }) }),
  );
  return { text, refused, log: messages.join("\n") };
}

export type Files = Readonly<Record<string, string>>;

export function inSandbox<T>(files: Files, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "uwsgi-oracle-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes(text));
  }
  return run(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** What differs, or undefined. An `exit 0` in the file is no refusal, and leaves no list either. */
export async function difference(files: Files, file: string, variables: Readonly<Record<string, string>>): Promise<string | undefined> {
  return inSandbox(files, async (folder) => {
    const environment = environmentOf(variables);
    const real = await askUwsgi(folder, file, environment);
    const ours = askOurs(folder, file, environment);
    if (real.text === ours.text && real.refused === ours.refused) return undefined;
    const shown = (answer: Answer): string => `${answer.refused ? "refused" : "accepted"}\n${answer.text ?? answer.log}`;
    return `--- uWSGI ${shown(real)}\n--- ours ${shown(ours)}`;
  });
}
