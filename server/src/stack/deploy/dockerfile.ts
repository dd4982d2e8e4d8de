/** Dockerfiles: every stage of an image with what it copies, makes and starts. */
import type { Document } from "../../model/document";
import { joinPath } from "../../text/uri";
import type { Deployment, ImageCopy, Place, Said, Starter } from "../deploy";
import { ranBy } from "./command";
import { type Instruction, instructionsOf } from "./dockerfile-lines";
import { type Folders, noFolders } from "./folders";
import { isNginxImage } from "./image";
import { signalOf, withoutUndefined } from "./said";
import { slice, spanOf, type Taken, takeInexact } from "./taken";
import { commandsOf, type Words, wordsOf } from "./words";

/** A stage takes over what the stage before it says; more than this is not carried on. */
const MAX_COPIES = 5000;
const MAX_STAGES = 200;

/** What ENTRYPOINT or CMD say: a program and its arguments, or a text for a shell. */
type Start = { readonly words: Words; readonly isShell: boolean; readonly at: Place };

type Stage = {
  name: string;
  at: Place;
  image: Said<string>;
  user: Said<string> | undefined;
  directory: Said<string> | undefined;
  entrypoint: Start | undefined;
  command: Start | undefined;
  stopSignal: Said<string> | undefined;
  readonly environment: Map<string, Said<string | undefined>>;
  readonly folders: Folders;
  copies: ImageCopy[];
};

type State = { readonly uri: string; readonly stages: Map<string, Stage>; readonly all: Stage[]; budget: number };

export function readDockerfile(document: Document): Deployment {
  const state: State = { uri: document.uri, stages: new Map(), all: [], budget: MAX_COPIES };
  for (const instruction of instructionsOf(document.text)) {
    const stage = state.all.at(-1);
    if (instruction.name === "FROM" && state.all.length >= MAX_STAGES) break;
    if (instruction.name === "FROM") open(state, instruction);
    else if (stage) READERS[instruction.name]?.(stage, instruction, state);
  }
  return {
    starters: state.all.map((stage) => starterOf(stage, state.uri)),
    folders: [],
    copies: state.all.flatMap(({ copies }) => copies),
    problems: [],
  };
}

const READERS: Readonly<Record<string, (stage: Stage, instruction: Instruction, state: State) => void>> = {
  USER: (stage, { rest }, state) => {
    const said = wordSaid(rest, state);
    if (said) stage.user = { ...said, value: filled(stage, said.value) };
  },
  WORKDIR: (stage, { rest }, state) => {
    const said = wordSaid(rest, state);
    if (said) stage.directory = { ...said, value: pathIn(stage, said.value) };
  },
  ENTRYPOINT: (stage, { rest }, state) => {
    stage.entrypoint = startOf(rest, state);
    stage.command = undefined; // an ENTRYPOINT takes back a CMD of the image below
  },
  CMD: (stage, { rest }, state) => {
    stage.command = startOf(rest, state);
  },
  STOPSIGNAL: (stage, { rest }, state) => {
    stage.stopSignal = signalOf(wordSaid(rest, state));
  },
  ENV: environment,
  ARG: (stage, { rest }, state) => {
    const [name = ""] = rest.text.trim().split("=", 1);
    // What is built in can be replaced when the image is built.
    if (name && !stage.environment.has(name)) stage.environment.set(name, { value: undefined, at: placeOf(rest, state) });
  },
  RUN: (stage, { rest, documents }, state) => {
    const [first] = wordsOf(rest, "list");
    const list = execForm(rest);
    const scripts = first?.text.startsWith("<<") ? documents : [rest];
    const commands = list ? [list] : scripts.flatMap((script) => commandsOf(withoutOptions(script), "shell"));
    stage.folders.owner = stage.user?.value.split(":", 1)[0];
    ranBy(commands, state.uri, stage.directory?.value ?? "/", stage.folders);
  },
  COPY: copy,
  ADD: copy,
};

function open(state: State, { rest }: Instruction): void {
  const words = wordsOf(rest, "list").filter(({ text }) => !text.startsWith("--"));
  const [image, as, alias] = words;
  if (!image) return;
  const at = { uri: state.uri, span: spanOf(image) };
  const name = as?.text.toLowerCase() === "as" && alias ? alias.text : String(state.all.length);
  const below = state.stages.get(image.text);
  state.budget -= below?.copies.length ?? 0;
  const stage: Stage = below
    ? {
        ...below,
        name,
        at,
        environment: new Map(below.environment),
        folders: { ...below.folders, made: new Map(below.folders.made) },
        copies: state.budget < 0 ? [] : below.copies.map((copied) => ({ ...copied, stage: name })),
      }
    : {
        name,
        at,
        image: { value: image.text, at },
        user: undefined,
        directory: undefined,
        entrypoint: undefined,
        command: undefined,
        stopSignal: undefined,
        environment: new Map(),
        folders: noFolders(),
        copies: [],
      };
  state.all.push(stage);
  state.stages.set(name, stage);
}

function starterOf(stage: Stage, uri: string): Starter {
  const directory = stage.directory?.value;
  const ran = ranBy(startedBy(stage), uri, directory);
  const [user, group] = stage.user?.value.split(":", 2) ?? [];
  const other = ran.commands.length > 0 && !ran.startsNginx;
  return {
    kind: "dockerfile",
    uri,
    name: stage.name,
    at: (stage.command ?? stage.entrypoint)?.at ?? stage.at,
    ...ran,
    startsNginx: ran.startsNginx || (!other && isNginxImage(stage.image.value)),
    image: stage.image,
    ...withoutUndefined({
      user: stage.user && user ? { ...stage.user, value: user } : undefined,
      group: stage.user && group ? { ...stage.user, value: group } : undefined,
      workingDirectory: stage.directory,
      stopSignal: stage.stopSignal,
    }),
    environment: new Map([...stage.environment, ...ran.environment]),
    environmentFiles: [],
    makes: [...stage.folders.made.values(), ...ran.makes],
    listens: [],
  };
}

/** The arguments of CMD follow those of an ENTRYPOINT that is a list; a text for a shell takes none. */
function startedBy({ entrypoint, command }: Stage): readonly Words[] {
  const commands = (start: Start | undefined): readonly Words[] =>
    start ? (start.isShell ? commandsOf(start.words[0] ?? EMPTY, "shell") : [start.words]) : [];
  if (!entrypoint) return commands(command);
  if (entrypoint.isShell || !command || command.isShell) return commands(entrypoint);
  return [[...entrypoint.words, ...command.words]];
}

const EMPTY: Taken = { text: "", starts: [], ends: [], whole: { start: 0, end: 0 }, exact: true };

function startOf(rest: Taken, state: State): Start {
  const list = execForm(rest);
  return { words: list ?? [rest], isShell: !list, at: placeOf(rest, state) };
}

/** `["program", "argument"]`; anything else is a text for a shell. */
function execForm(rest: Taken): Words | undefined {
  const written = rest.text.trim();
  if (!written.startsWith("[")) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(written);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || !parsed.every((item) => typeof item === "string")) return undefined;
  const words: Taken[] = [];
  // Strings of JSON: quotes, and backslashes that hide the next character.
  for (const match of rest.text.matchAll(/"((?:[^"\\]|\\.)*)"/gs)) {
    const from = (match.index ?? 0) + 1;
    const word = slice(rest, from, from + (match[1]?.length ?? 0));
    const text = parsed[words.length];
    if (typeof text !== "string") return undefined;
    words.push(text === word.text ? word : takeInexact(text, word.whole));
  }
  return words;
}

function environment(stage: Stage, { rest }: Instruction, state: State): void {
  const words = wordsOf(rest, "list");
  const [first] = words;
  if (!first) return;
  const put = (name: string, value: string, taken: Taken): void => {
    stage.environment.set(name, { value: known(filled(stage, value)), at: placeOf(taken, state) });
  };
  if (!first.text.includes("=")) {
    // The old form `ENV NAME the rest of the line`.
    const from = rest.starts.indexOf(first.ends.at(-1) ?? -1);
    const value =
      from < 0 ? undefined : slice(rest, from + (/^\s*/.exec(rest.text.slice(from))?.[0].length ?? 0), rest.text.trimEnd().length);
    if (value?.text) put(first.text, value.text, value);
    return;
  }
  for (const word of words) {
    const equals = word.text.indexOf("=");
    if (equals > 0) put(word.text.slice(0, equals), word.text.slice(equals + 1), word);
  }
}

function copy(stage: Stage, { rest }: Instruction, state: State): void {
  const flags = new Map<string, string>();
  const words = (execForm(withoutOptions(rest)) ?? wordsOf(rest, "list")).filter(({ text }) => {
    const flag = /^--([a-z-]+)(?:=(.*))?$/.exec(text);
    if (flag) flags.set(flag[1] ?? "", flag[2] ?? "");
    return !flag;
  });
  for (const flag of rest.text.matchAll(/--([a-z-]+)=(\S+)/g)) flags.set(flag[1] ?? "", flag[2] ?? "");
  const to = words.at(-1);
  // What another stage or a here-document gives is no file of the workspace.
  const from = words.slice(0, -1).filter(({ text }) => !text.startsWith("<<") && !/^(?:https?|git):/.test(text));
  if (!to || from.length === 0 || flags.has("from") || state.budget-- <= 0) return;
  const [owner, group] = flags.get("chown")?.split(":", 2) ?? [];
  const target = pathIn(stage, to.text);
  const isFolder = /(?:^|\/)\.?$/.test(to.text) || from.length > 1;
  stage.copies.push({
    at: { uri: state.uri, span: { start: spanOf(words[0] ?? to).start, end: spanOf(to).end } },
    from: from.map(({ text }) => text),
    to: isFolder && !target.endsWith("/") ? `${target}/` : target,
    stage: stage.name,
    ...(owner && { owner }),
    ...(group && { group }),
  });
}

/** RUN and COPY take `--name=value` before their words. */
function withoutOptions(rest: Taken): Taken {
  const options = /^(?:\s*--[a-z]+(?:-[a-z]+)*(?:=\S+)?(?=\s))+\s*/.exec(rest.text)?.[0].length ?? 0;
  return options === 0 ? rest : slice(rest, options, rest.text.length);
}

/** Variables set by ENV filled in; others are kept as they are written. */
const filled = (stage: Stage, text: string): string =>
  text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (written, braced: string | undefined, plain: string | undefined) => stage.environment.get(braced ?? plain ?? "")?.value ?? written,
  );

const known = (value: string): string | undefined => (value.includes("$") ? undefined : value);

function pathIn(stage: Stage, text: string): string {
  const path = filled(stage, text);
  return path.startsWith("$") ? path : joinPath(stage.directory?.value ?? "/", path);
}

const placeOf = (taken: Taken, state: State): Place => ({ uri: state.uri, span: spanOf(taken) });

function wordSaid(rest: Taken, state: State): Said<string> | undefined {
  const [word] = wordsOf(rest, "list");
  return word?.text ? { value: word.text, at: placeOf(word, state) } : undefined;
}
