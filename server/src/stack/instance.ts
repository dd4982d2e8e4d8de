/** A uWSGI process as it would run: who starts it with what, what it makes of its options, and which addresses it binds. */
import { optionOf } from "../facts/uwsgi";
import type { Document } from "../model/document";
import type { Argument, Effective, Setting } from "../workspace/effective";
import { evaluate } from "../workspace/evaluate";
import { fileAt, machinePathOf, UNKNOWN_FOLDER, workspaceMachine } from "../workspace/machine";
import { machinePath } from "../workspace/paths";
import { sameItems } from "../workspace/register";
import type { Target } from "../workspace/target";
import type { Workspace } from "../workspace/workspace";
import type { Starter, UwsgiCommand } from "./deploy";
import { type Endpoint, endpointsOf } from "./endpoint";

export type Start = {
  readonly starter?: Starter;
  readonly command?: UwsgiCommand;
  readonly emperor?: Instance;
  /** Debian's service starts it after its own defaults. */
  readonly debian?: boolean;
  /** In a folder that by its name belongs to an emperor that is not in the workspace. */
  readonly likelyVassal?: boolean;
  readonly section?: string;
  /** False when nothing says that this section is the one that is run. */
  readonly certain: boolean;
};

export class Instance {
  readonly #byKey = new Map<string, Setting[]>();
  #endpoints: readonly Endpoint[] | undefined;
  readonly isEmperor: boolean;

  constructor(
    readonly document: Document,
    readonly start: Start,
    readonly evaluated: Evaluated,
  ) {
    for (const setting of this.effective.settings) {
      const key = canonical(setting.key);
      const group = this.#byKey.get(key);
      if (group) group.push(setting);
      else this.#byKey.set(key, [setting]);
    }
    this.isEmperor = this.#byKey.has("emperor");
  }

  get uri(): string {
    return this.document.uri;
  }

  get effective(): Effective {
    return this.evaluated.effective;
  }

  /** Where the process starts; undefined when not known. */
  get cwd(): string | undefined {
    return this.evaluated.plan.cwd;
  }

  /** The files it was made from, as they were. */
  get inputs(): ReadonlyMap<string, Document | undefined> {
    return this.evaluated.inputs;
  }

  /** The options that are set, each by the name its other names stand for. */
  get options(): Iterable<string> {
    return this.#byKey.keys();
  }

  /** Every setting of an option, under whichever of its names. */
  all(key: string): readonly Setting[] {
    return this.#byKey.get(key) ?? this.#byKey.get(canonical(key)) ?? UNSET;
  }

  /** The one that counts for options where the last wins. */
  last(key: string): Setting | undefined {
    return this.all(key).at(-1);
  }

  /** true or false as uWSGI reads a boolean; undefined when unset or not known. */
  flag(key: string): boolean | undefined {
    const setting = this.last(key);
    if (!setting || setting.holes.length > 0 || !setting.certain) return undefined;
    return isTrue(setting.value);
  }

  /** A plain number; undefined when unset, not known or not plain. */
  number(key: string): number | undefined {
    const setting = this.last(key);
    if (!setting || setting.holes.length > 0 || !setting.certain || !/^-?\d+$/.test(setting.value)) return undefined;
    return Number(setting.value);
  }

  /** The value when it is known. */
  text(key: string): string | undefined {
    const setting = this.last(key);
    return setting && setting.holes.length === 0 && setting.certain ? setting.value : undefined;
  }

  /** Known to be unset: everything was read and nobody says it. */
  lacks(key: string): boolean {
    return this.effective.complete && this.all(key).length === 0;
  }

  get isVassal(): boolean {
    return this.start.emperor !== undefined || this.start.likelyVassal === true;
  }

  /** The directory relative sockets are created in: `chdir` if set, else where the process starts. */
  get socketBase(): string | undefined {
    const chdir = this.last("chdir");
    if (!chdir) return this.effective.complete ? this.cwd : undefined;
    if (chdir.holes.length > 0 || !chdir.certain) return undefined;
    if (chdir.value.startsWith("/")) return machinePath(chdir.value);
    return this.cwd === undefined ? undefined : machinePath(`${this.cwd}/${chdir.value}`);
  }

  get endpoints(): readonly Endpoint[] {
    this.#endpoints ??= endpointsOf(this);
    return this.#endpoints;
  }
}

const UNSET: readonly Setting[] = [];

const isTrue = (value: string): boolean => !/^(?:false|off|no)$/i.test(value) && value !== "0";

/** The name under which an option and its other names are kept. */
export function canonical(key: string): string {
  return optionOf(key)?.aliasOf ?? key;
}

/** Everything that decides what uWSGI makes of a file, beside the texts it reads. */
type Plan = {
  readonly path: string;
  readonly cwd: string | undefined;
  readonly args: readonly Argument[];
  readonly environment: ReadonlyMap<string, string | undefined>;
  readonly target: Target;
};

/** What evaluation gave, with what it was made from. */
type Evaluated = {
  readonly plan: Plan;
  readonly shape: number;
  readonly effective: Effective;
  /** The files that were read, as they were. */
  readonly inputs: ReadonlyMap<string, Document | undefined>;
  /** Paths asked for, and the files they were. */
  readonly asked: ReadonlyMap<string, string | undefined>;
};

/** Evaluates one way of starting a file. What was made of it `before` is taken over while nothing that decides about it has changed. */
export function instanceOf(workspace: Workspace, document: Document, start: Start, before?: Instance): Instance {
  const plan = planOf(workspace, document, start);
  const old = before && samePlan(before.evaluated.plan, plan) && stands(workspace, before) ? before : undefined;
  if (old && sameItems(partsOf(old.start), partsOf(start))) return old;
  return new Instance(document, start, old?.evaluated ?? evaluated(workspace, document, plan));
}

function evaluated(workspace: Workspace, document: Document, plan: Plan): Evaluated {
  const inputs = new Map<string, Document | undefined>([[document.uri, document]]);
  const asked = new Map<string, string | undefined>();
  const onAsk = (path: string, uri: string | undefined, isRead: boolean): void => {
    asked.set(path, uri);
    if (uri !== undefined && isRead) inputs.set(uri, workspace.get(uri));
  };
  const machine = workspaceMachine(workspace, { uri: document.uri, cwd: plan.cwd, environment: plan.environment, onAsk });
  return { plan, shape: workspace.shape, effective: withUnknownFolders(evaluate(plan.args, machine)), inputs, asked };
}

function planOf(workspace: Workspace, document: Document, start: Start): Plan {
  const path = machinePathOf(workspace, document.uri);
  const own: Argument = { name: document.format, value: start.section === undefined ? path : `${path}:${start.section}` };
  const args = start.emperor
    ? vassalArguments(start.emperor, own)
    : start.debian
      ? [...debianDefaults(document), own]
      : start.command
        ? withOwnPath(start.command, workspace, document, path)
        : [own];
  return { path, cwd: cwdOf(workspace, document, start), args, environment: environmentOf(start), target: workspace.target };
}

const partsOf = (start: Start): readonly unknown[] => [start.starter, start.command, start.emperor, start.likelyVassal, start.certain];

function samePlan(a: Plan, b: Plan): boolean {
  if (a.path !== b.path || a.cwd !== b.cwd || a.target !== b.target || a.args.length !== b.args.length) return false;
  if (!sameItems([...a.environment].flat(), [...b.environment].flat())) return false;
  return a.args.every((arg, index) => sameItems(partsOfArgument(arg), partsOfArgument(b.args[index])));
}

const partsOfArgument = (arg: Argument | undefined): readonly unknown[] => [
  arg?.name,
  arg?.value,
  arg?.origin?.uri,
  arg?.origin?.span.start,
  arg?.origin?.span.end,
];

/** The files it was made from are the same; if files came or went, its paths lead to the same ones. */
function stands(workspace: Workspace, { uri, evaluated: { plan, inputs, asked, shape } }: Instance): boolean {
  for (const [input, document] of inputs) if (workspace.get(input) !== document) return false;
  if (shape !== workspace.shape)
    for (const [path, file] of asked) if (fileAt(workspace, { uri, cwd: plan.cwd }, path) !== file) return false;
  return true;
}

const NOTHING: ReadonlyMap<string, string | undefined> = new Map();

function environmentOf(start: Start): ReadonlyMap<string, string | undefined> {
  const said = start.starter?.environment;
  return said?.size ? new Map(Array.from(said, ([name, { value }]) => [name, value])) : NOTHING;
}

function cwdOf(workspace: Workspace, document: Document, start: Start): string | undefined {
  if (start.emperor || start.likelyVassal) {
    const path = workspace.paths.deployed(document.uri);
    return path?.slice(0, path.lastIndexOf("/"));
  }
  const { starter } = start;
  if (!starter) return undefined;
  return starter.workingDirectory?.value ?? (starter.kind === "systemd" ? "/" : undefined);
}

/** The command's own arguments, the one that names the file brought to the path under which the machine knows it. */
function withOwnPath(command: UwsgiCommand, workspace: Workspace, document: Document, path: string): readonly Argument[] {
  return command.args.map((arg) => {
    if (arg.name !== "" && !FILE_OPTIONS.has(arg.name)) return arg;
    const { file, section } = splitSection(arg.value);
    if (workspace.paths.resolve(file) !== document.uri && workspace.paths.byEnding(file.replace(/^\.\//, "")) !== document.uri) return arg;
    return { ...arg, value: section === undefined ? path : `${path}:${section}` };
  });
}

export const FILE_OPTIONS: ReadonlySet<string> = new Set([
  "ini",
  "yaml",
  "yml",
  "json",
  "js",
  "xml",
  "xmlconfig",
  "include",
  "inherit",
  "config",
]);

export function splitSection(value: string): { readonly file: string; readonly section: string | undefined } {
  const colon = value.lastIndexOf(":");
  if (colon < 0 || value.includes("://")) return { file: value, section: undefined };
  return { file: value.slice(0, colon), section: value.slice(colon + 1) || undefined };
}

/** The command line an emperor gives a vassal (facts: uwsgi-language §11.3). */
function vassalArguments(emperor: Instance, own: Argument): readonly Argument[] {
  const give = (key: string, name: string): Argument[] =>
    emperor.all(key).map((setting) => ({ name, value: setting.value, ...(setting.origin ? { origin: setting.origin } : {}) }));
  return [
    ...give("vassals-inherit-before", "inherit"),
    ...give("vassals-include-before", "include"),
    ...give("vassal-set", "set"),
    own,
    ...give("vassals-inherit", "inherit"),
    ...give("vassals-include", "include"),
  ];
}

/** What Debian's service reads before the user's file (Debian 12: /usr/share/uwsgi/conf/default.ini and its init script). */
function debianDefaults(document: Document): readonly Argument[] {
  const name = (document.path.split("/").at(-1) ?? "").replace(/\.[^.]*$/, "");
  const options: readonly (readonly [string, string])[] = [
    ["master", "true"],
    ["workers", "2"],
    ["no-orphans", "true"],
    ["pidfile", `/run/uwsgi/app/${name}/pid`],
    ["socket", `/run/uwsgi/app/${name}/socket`],
    ["chown-socket", "www-data"],
    ["chmod-socket", "660"],
    ["log-date", "true"],
    ["uid", "www-data"],
    ["gid", "www-data"],
    ["deb-confnamespace", "app"],
    ["deb-confname", name],
  ];
  return options.map(([key, value]) => ({ name: key, value }));
}

/** Values that hold the folder nobody knows are not known. */
function withUnknownFolders(effective: Effective): Effective {
  if (!effective.settings.some((setting) => setting.value.includes(UNKNOWN_FOLDER))) return effective;
  const settings = effective.settings.map((setting) => {
    if (!setting.value.includes(UNKNOWN_FOLDER)) return setting;
    const holes = [...setting.holes];
    for (let at = setting.value.indexOf(UNKNOWN_FOLDER); at >= 0; at = setting.value.indexOf(UNKNOWN_FOLDER, at + 1))
      holes.push({ start: at, end: at + 1 });
    return { ...setting, holes: holes.sort((a, b) => a.start - b.start) };
  });
  return { ...effective, settings };
}
