/** What command lines do for a deployment: start uWSGI or nginx, make folders, run scripts. */
import { baseName, joinPath } from "../../text/uri";
import type { Other, Place, Said, UwsgiCommand } from "../deploy";
import { argumentsOf } from "./arguments";
import { type Folders, type Made, makeFolders, makesFolders, noFolders } from "./folders";
import { spanOf } from "./taken";
import { commandsOf, type Words } from "./words";
import { afterScript, unwrap } from "./wrappers";

export type Ran = {
  readonly commands: readonly UwsgiCommand[];
  readonly startsNginx: boolean;
  readonly runsOther: Other | undefined;
  readonly makes: readonly Made[];
  readonly scripts: readonly Said<string>[];
  readonly environment: ReadonlyMap<string, Said<string | undefined>>;
};

const UWSGI =
  /^uwsgi(?:-core|[-_]?(?:python|plugin|psgi|rack|lua|php)?[\d.]*)?$|^\$\{?UWSGI(?:_?(?:BIN|BINARY|EXE|EXEC|PATH|CMD|COMMAND|DAEMON|PROGRAM))?\}?$/i;
const OTHER = /^(?:gunicorn|uvicorn|hypercorn|daphne|waitress-serve|celery)$/;
/** `manage.py runserver`, `flask run`, `rq worker` and their kin: a program with one of these words. */
const OTHER_WORD = /^(?:runserver(?:_plus)?|celery|rqworker)$/;
const WORKER = /^(?:celery|rqworker)$/;
/** gunicorn can be told to speak the uwsgi protocol, by an option or in its file. */
const MAY_SPEAK_UWSGI = /uwsgi|^-c|^--config/;
const NGINX = /^(?:nginx|openresty)(?:-debug)?$/;
/** Options with which uWSGI does something else than to serve. */
const OTHER_TASKS = new Set([
  "reload",
  "stop",
  "pause",
  "help",
  "usage",
  "version",
  "build-plugin",
  "connect-and-read",
  "extract",
  "print-sym",
  "cflags",
  "cflags-hex",
  "dot-h",
  "config-py",
  "nagios",
  "print",
]);
/** `nginx -t`, `nginx -s reload` and `nginx -v` start no server. */
const ONLY_ASKED = /^-[tTsvVh?]$/;
/** A program by its path, or a script that stands in the folder. */
const SCRIPT = /^[\w.${}@%+~-]*\/[\w./${}@%+~-]+$|^[\w.@+-]+\.(?:sh|bash)$|entry-?point/;
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;

type State = {
  readonly uri: string;
  readonly commands: UwsgiCommand[];
  readonly folders: Folders;
  readonly scripts: Said<string>[];
  readonly environment: Map<string, Said<string | undefined>>;
  startsNginx: boolean;
  runsOther: Other | undefined;
  shell: Shell;
  /** States to come back to: of subshells, of the bodies of functions, of `pushd`. */
  readonly outer: { readonly shell: Shell; readonly end: string }[];
};

type Shell = { readonly directory: string | undefined; readonly umask: string | undefined };

type Pending = { readonly commands: readonly Words[]; next: number; readonly user: string | undefined };

/** `directory` is where the commands start, when that is known. `folders` are those that commands before them have made. */
export function ranBy(commands: readonly Words[], uri: string, directory?: string, folders: Folders = noFolders()): Ran {
  const state: State = {
    uri,
    commands: [],
    folders,
    scripts: [],
    environment: new Map(),
    startsNginx: false,
    runsOther: undefined,
    shell: { directory, umask: undefined },
    outer: [],
  };
  const pending: Pending[] = [{ commands, next: 0, user: undefined }];
  for (let top = pending.at(-1); top; top = pending.at(-1)) {
    const words = top.commands[top.next++];
    if (!words) {
      pending.pop();
      continue;
    }
    if (scope(state, words, top.commands[top.next - 2])) continue;
    const started = unwrap(words);
    const user = started.user ?? top.user;
    if (started.script) pending.push({ commands: commandsOf(started.script, "shell"), next: 0, user });
    else {
      const inner = afterScript(started.words);
      runProgram(state, started.words, user, directory);
      if (inner) pending.push({ commands: [inner], next: 0, user });
    }
    assignments(state, words);
  }
  const { startsNginx, scripts, environment } = state;
  const runsOther = state.commands.length === 0 ? state.runsOther : undefined;
  return { commands: state.commands, startsNginx, runsOther, makes: [...folders.made.values()], scripts, environment };
}

/** Subshells and the bodies of functions keep their `cd` and `umask` to themselves. True when the words say nothing else. */
function scope(state: State, [first]: Words, before: Words | undefined): boolean {
  const text = first?.text;
  if (text === "(") state.outer.push({ shell: state.shell, end: ")" });
  else if (text === "{" && (before?.[0]?.text === ")" || before?.[0]?.text === "function"))
    state.outer.push({ shell: state.shell, end: "}" });
  else if (text === "{") state.outer.push({ shell: state.shell, end: "" });
  else if (text === ")" || text === "}") {
    const from = state.outer.pop();
    if (from?.end === text) state.shell = from.shell;
  }
  return text === "(" || text === ")";
}

function runProgram(state: State, words: Words, user: string | undefined, start: string | undefined): void {
  const [program, second, third] = words;
  const name = baseName(program?.text ?? "");
  if (UWSGI.test(name)) startUwsgi(state, words, user, start);
  else if (/^python[\d.]*$/.test(name) && second?.text === "-m" && third?.text === "uwsgi") startUwsgi(state, words.slice(2), user, start);
  else if (isOther(name, words)) state.runsOther = state.runsOther === "http" ? "http" : otherOf(words);
  else if (NGINX.test(name)) state.startsNginx ||= !words.some((word) => ONLY_ASKED.test(word.text));
  else if (name === "service" && second?.text === "nginx") state.startsNginx ||= /^(?:re)?start$/.test(third?.text ?? "");
  else if (makesFolders(name)) {
    const owner = user ?? state.folders.owner;
    makeFolders(name, words, state.uri, state.shell.directory, user ? { ...state.folders, owner, isRoot: user === "root" } : state.folders);
  } else if (/^(?:cd|pushd|popd|umask)$/.test(name)) changeShell(state, name, second?.text);
  else if (program && SCRIPT.test(program.text)) state.scripts.push({ value: program.text, at: place(state, spanOf(program)) });
}

const isOther = (name: string, [, ...rest]: Words): boolean =>
  OTHER.test(name) ||
  (name === "flask" && rest.some(({ text }) => text === "run")) ||
  (/^(?:python[\d.]*|manage\.py|django-admin(?:\.py)?)$/.test(name) &&
    rest.some(({ text }) => OTHER_WORD.test(text) || (rest[0]?.text === "-m" && text === rest[1]?.text && OTHER.test(text))));

const otherOf = (words: Words): Other =>
  words.some(({ text }, index) => MAY_SPEAK_UWSGI.test(text) || (index < 4 && WORKER.test(baseName(text)))) ? "unknown" : "http";

function changeShell(state: State, name: string, argument: string | undefined): void {
  const { shell, outer } = state;
  if (name === "pushd") outer.push({ shell, end: name });
  if (name === "popd") state.shell = (outer.at(-1)?.end === "pushd" ? outer.pop()?.shell : undefined) ?? { ...shell, directory: undefined };
  else if (name === "umask") state.shell = { ...shell, umask: argument !== undefined && /^[0-7]+$/.test(argument) ? argument : undefined };
  else state.shell = { ...shell, directory: argument === undefined ? undefined : changed(shell.directory, argument) };
}

function startUwsgi(state: State, words: Words, user: string | undefined, start: string | undefined): void {
  const [program, ...rest] = words;
  const last = words.at(-1);
  if (!program || !last) return;
  const args = argumentsOf(rest, state.uri);
  if (args.some((argument) => OTHER_TASKS.has(argument.name))) return;
  const { umask } = state.shell;
  const directory = state.shell.directory === start ? undefined : state.shell.directory;
  state.commands.push({
    at: place(state, { start: spanOf(program).start, end: Math.max(spanOf(program).end, spanOf(last).end) }),
    program: program.text,
    args,
    ...(user && { user }),
    ...(directory && { directory }),
    ...(umask && { umask }),
  });
}

/** `NAME=value` before a command, alone, or after `export`. */
function assignments(state: State, words: Words): void {
  const exported = words[0]?.text === "export";
  for (const word of exported ? words.slice(1) : words) {
    const name = ASSIGNMENT.exec(word.text)?.[1];
    if (!name) return;
    const value = word.text.slice(name.length + 1);
    state.environment.set(name, { value: /[$`]/.test(value) ? undefined : value, at: place(state, spanOf(word)) });
  }
}

const changed = (from: string | undefined, to: string): string => (from && !/^[$~/{]/.test(to) ? joinPath(from, to) : to);

const place = (state: State, span: Place["span"]): Place => ({ uri: state.uri, span });
