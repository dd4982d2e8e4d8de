/** Programs that start the program named after them: `exec`, `sudo -u app`, `gosu app`, `poetry run`, `sh -c "…"`. */
import { baseName } from "../../text/uri";
import { slice, type Taken } from "./taken";
import type { Words } from "./words";

/** What a command line comes down to. */
export type Started = {
  /** The program and its arguments; empty when there is none. */
  readonly words: Words;
  /** Text that a shell runs. */
  readonly script?: Taken;
  /** User it is switched to on the way. */
  readonly user?: string;
};

type Wrapper = {
  /** Options that take the next word. */
  readonly values?: readonly string[];
  /** Words of its own before the program. */
  readonly words?: number;
  /** The option, or "" for the first word of its own, that names a user. */
  readonly user?: string;
  /** Only with this word after it. */
  readonly run?: readonly string[];
};

const RUNNER: Wrapper = {
  run: ["run", "exec"],
  values: ["-n", "--name", "-p", "--prefix", "--with", "--python", "--env-file", "--project", "--directory", "-C", "-e"],
};

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  exec: { values: ["-a"] },
  command: {},
  nohup: {},
  setsid: {},
  catchsegv: {},
  time: {},
  env: { values: ["-u", "-C", "--unset", "--chdir"] },
  nice: { values: ["-n"] },
  ionice: { values: ["-c", "-n"] },
  stdbuf: { values: ["-i", "-o", "-e"] },
  strace: { values: ["-e", "-o", "-p", "-s"] },
  timeout: { words: 1, values: ["-k", "-s"] },
  tini: { values: ["-e", "-p"] },
  "tini-static": { values: ["-e", "-p"] },
  catatonit: {},
  "dumb-init": { values: ["-r", "--rewrite"] },
  sudo: { values: ["-u", "-g", "-h", "-p", "-C", "-D", "-r", "-t", "-U", "-R", "-T", "--user", "--group"], user: "-u" },
  doas: { values: ["-u", "-C"], user: "-u" },
  gosu: { words: 1, user: "" },
  "su-exec": { words: 1, user: "" },
  setuidgid: { words: 1, user: "" },
  "s6-setuidgid": { words: 1, user: "" },
  chpst: { values: ["-u", "-U", "-b", "-e", "-d", "-m", "-o", "-p", "-f", "-c", "-r", "-t", "-l", "-L", "-n", "-/"], user: "-u" },
  setpriv: { values: ["--reuid", "--regid", "--groups", "--inh-caps"], user: "--reuid" },
  "with-contenv": {},
  poetry: RUNNER,
  pipenv: RUNNER,
  pdm: RUNNER,
  uv: RUNNER,
  rye: RUNNER,
  hatch: RUNNER,
  conda: RUNNER,
  mamba: RUNNER,
  micromamba: RUNNER,
  bundle: RUNNER,
  chamber: RUNNER,
  dotenv: RUNNER,
  "newrelic-admin": { run: ["run-program"] },
  "ddtrace-run": {},
  "opentelemetry-instrument": { values: ["--traces_exporter", "--metrics_exporter", "--service_name"] },
  "xvfb-run": {},
};

const SHELL = /^(?:ba|da|a|z|k)?sh$/;
/** Scripts that run the command given to them, after waiting for something or preparing it. */
const ENTRY_SCRIPT = /\.(?:sh|bash)$|entry-?point|^wait-for|^dockerize$|^pid1$|^my_init$/;
const KEYWORDS = new Set(["if", "then", "else", "elif", "do", "while", "until", "!", "{"]);
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;

/** Takes wrappers away until a program stands first. Every turn takes at least one word. */
export function unwrap(line: Words): Started {
  let words = line;
  let user: string | undefined;
  for (;;) {
    words = words.slice(leading(words));
    const name = baseName(words[0]?.text ?? "");
    if (SHELL.test(name)) return { ...shell(words), ...(user && { user }) };
    if (name === "command" && /^-[vV]/.test(words[1]?.text ?? "")) return { words: [] };
    if (name === "su" || name === "runuser") return switchUser(words);
    if (name === "start-stop-daemon") return daemon(words);
    const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    if (!wrapper) return { words, ...(user && { user }) };
    const rest = afterWrapper(words, wrapper);
    if (rest.words.length === 0) return { words, ...(user && { user }) };
    user = rest.user ?? user;
    words = rest.words;
  }
}

/** The command after a script that ends in `exec "$@"`; undefined when the first word is no such script. */
export function afterScript(words: Words): Words | undefined {
  if (!ENTRY_SCRIPT.test(baseName(words[0]?.text ?? ""))) return undefined;
  let at = 1;
  while (at < words.length && /^-|^[\w.+-]*:\S*$|^\d/.test(words[at]?.text ?? "")) at++;
  return words.slice(at);
}

function leading(words: Words): number {
  let at = 0;
  while (at < words.length && (KEYWORDS.has(words[at]?.text ?? "") || ASSIGNMENT.test(words[at]?.text ?? ""))) at++;
  return at;
}

function afterWrapper(words: Words, wrapper: Wrapper): Started {
  let user: string | undefined;
  let at = 1;
  const skipOptions = (): void => {
    for (; words[at]?.text.startsWith("-"); at++) {
      const option = words[at]?.text ?? "";
      if (option === "--") {
        at++;
        return;
      }
      const [name, value] = splitOption(option);
      if (wrapper.values?.includes(option)) at++;
      if (wrapper.user && (name === wrapper.user || option === "--user" || name === "--user")) user = value ?? words[at]?.text;
    }
  };
  skipOptions();
  if (wrapper.run) {
    if (!wrapper.run.includes(words[at]?.text ?? "")) return { words: [] };
    at++;
    skipOptions();
  }
  if (wrapper.user === "") user = words[at]?.text;
  at += wrapper.words ?? 0;
  return { words: words.slice(at), ...(user && { user: user.split(":")[0] ?? user }) };
}

const splitOption = (option: string): readonly [string, string | undefined] => {
  const equals = option.indexOf("=");
  return equals < 0 ? [option, undefined] : [option.slice(0, equals), option.slice(equals + 1)];
};

/** `sh -c TEXT`, else `sh script arguments`. */
function shell(words: Words): Started {
  let at = 1;
  for (; /^[-+]./.test(words[at]?.text ?? ""); at++) {
    const option = words[at]?.text ?? "";
    if (/^-[a-z]*c[a-z]*$/.test(option)) {
      const script = words[at + 1];
      return script ? { words: [], script } : { words: [] };
    }
    if (/^[-+]o$/.test(option)) at++;
  }
  return { words: words.slice(at) };
}

function switchUser(words: Words): Started {
  let user: string | undefined;
  let script: Taken | undefined;
  for (let at = 1; at < words.length; at++) {
    const word = words[at];
    const text = word?.text ?? "";
    if (text === "--") return { words: words.slice(at + 1), ...(user && { user }) };
    if (text === "-c" || text === "--command" || /^-l?c$/.test(text)) script = words[++at];
    else if (word && text.startsWith("--command=")) script = slice(word, 10, text.length);
    else if (text === "-u" || text === "--user") user = words[++at]?.text;
    else if (["-s", "--shell", "-g", "--group", "-G", "-w"].includes(text)) at++;
    else if (!text.startsWith("-") && user === undefined) user = text;
  }
  return { words: [], ...(script && { script }), user: user ?? "root" };
}

function daemon(words: Words): Started {
  let program: Taken | undefined;
  let user: string | undefined;
  for (let at = 1; at < words.length; at++) {
    const text = words[at]?.text ?? "";
    if (["-x", "--exec", "-a", "--startas"].includes(text)) program = words[++at] ?? program;
    else if (text === "-c" || text === "--chuid") user = words[++at]?.text.split(":")[0];
    else if (text === "--") return { words: program ? [program, ...words.slice(at + 1)] : [], ...(user && { user }) };
    else if (["--stop", "-K", "--status", "-T"].includes(text)) return { words: [] };
  }
  return { words: program ? [program] : [], ...(user && { user }) };
}
