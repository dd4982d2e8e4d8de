/** One run of a deployment: a private machine is made, its services start, requests are sent, everything is thrown away. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export type Request = {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Over TLS on port 443; nginx finds a certificate in /etc/nginx/stage.pem and stage.key when a file names them. */
  readonly tls?: boolean;
  /** Another address of the machine than port 80 of its loopback: `192.0.2.1:80`, where it comes as if from the network. */
  readonly to?: string;
  /** Not waited for: keeps the application busy while the next one is asked. */
  readonly background?: boolean;
  /** Milliseconds to wait before it is sent. */
  readonly after?: number;
  /** Instead of a request: a signal to the first service (`TERM`), or a shell command run as root on the stage. */
  readonly signal?: string;
  readonly run?: string;
};

/** What the machine is like before anything starts. Paths are absolute. A path of `owned` that is no file is a folder. */
export type Stage = {
  readonly files: Readonly<Record<string, string>>;
  /** path → "user:group 755". */
  readonly owned: Readonly<Record<string, string>>;
  /** path → what the symbolic link points to. */
  readonly links: Readonly<Record<string, string>>;
  /** Further users → their groups, the first being the own one. */
  readonly users: Readonly<Record<string, readonly string[]>>;
  readonly requests: readonly Request[];
  /** Longest wait for the services to be ready, in milliseconds. */
  readonly patience: number;
  /** Ask again until this status comes or the patience ends. */
  readonly until?: number;
};

export type Answer = {
  readonly status: number;
  readonly head: string;
  readonly body: string;
  readonly error?: string;
  readonly milliseconds: number;
};
export type Outcome = {
  /** False when nginx refuses its configuration. */
  readonly nginxRuns: boolean;
  readonly nginxLog: string;
  readonly uwsgiLog: string;
  readonly answers: readonly Answer[];
  /** Sockets and their owners, as `find -ls` prints them. */
  readonly sockets: string;
};

const LIMIT_SECONDS = 25;
const inside = fileURLToPath(new URL("inside/main.mts", import.meta.url));

const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Lets two pieces of work run at a time: more would make the programs' own time limits a matter of luck. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

/** Own mounts, processes, network and host name: nothing done inside is seen outside, and all of it ends with the first process. */
export const perform = (stage: Stage): Promise<Outcome> => inTurn(() => performNow(stage));

function performNow(stage: Stage): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      "unshare",
      ["--mount", "--net", "--pid", "--uts", "--ipc", "--fork", "--kill-child", "--mount-proc", process.execPath, inside],
      {
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_SECONDS * 1000);
    let said = "";
    let complaints = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (said += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (complaints += text));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(limit);
      if (code === 0) resolve(JSON.parse(said) as Outcome);
      else reject(new Error(`the stage ended with ${signal ?? code}: ${complaints}`));
    });
    child.stdin.end(JSON.stringify(stage));
  });
}
