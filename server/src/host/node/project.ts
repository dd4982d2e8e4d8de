/** What a command looks at: the files below its paths, with what is known of their project and of the machine they are for. */
import { dirname, relative, resolve, sep } from "node:path";
import { buildFromHelp } from "../../facts/uwsgi-build";
import { type Config, mergedTargets, NO_CONFIG } from "../../lsp/config-file";
import { languageOf } from "../../model/language";
import { fileUri, pathOf } from "../../text/uri";
import { isRecord, type Target, targetFrom, uwsgiVersionOf } from "../../workspace/target";
import { type ProjectArguments, UNNAMED } from "./arguments";
import { foldersBeside, nearestConfig, readConfig } from "./config-file";
import { kindOf, type Loaded, load, readText, slashed } from "./load";
import { readStdin } from "./stdin";
import { runsOnLinux, thisMachine } from "./this-machine";

export type Project = Loaded & {
  readonly levels: Config["levels"];
  /** The first path when it is a folder, else the folder it lies in: paths in JSON start here. */
  readonly base: string;
};

/** The project, or what is wrong with the words that describe it. */
export function openProject(args: ProjectArguments, onFile?: () => void): Project | string {
  const named = args.stdin === undefined ? args.paths : [args.stdin];
  const lost = args.stdin === undefined ? args.paths.find((path) => kindOf(path) === undefined) : undefined;
  if (lost !== undefined) return `${lost}: no such file or folder`;
  const found = args.config === undefined ? nearestConfig(common(named.map(folderAt))) : (args.config ?? undefined);
  const config = found === undefined ? NO_CONFIG : readConfig(found);
  if (typeof config === "string") return config;
  const target = targetOf(args, config.target);
  if (typeof target === "string") return target;

  const inFolder = (file: string): string => folderAround(file, args.config === undefined ? found : undefined);
  const around = args.stdin === undefined ? args.paths : args.stdin === UNNAMED ? [] : [inFolder(args.stdin)];
  const ignores = (path: string): boolean => config.ignore.length > 0 && config.ignores(pathOf(fileUri(slashed(path))));
  const loaded = load(around, { beside: foldersBeside(config), ignores, ...(onFile ? { onFile } : {}) });
  loaded.workspace.target = target;
  const [first = "."] = args.paths;
  const base = args.stdin !== undefined ? process.cwd() : kindOf(first) === "directory" ? resolve(first) : resolve(first, "..");
  if (args.stdin === undefined) return { ...loaded, levels: config.levels, base };
  const checked = fromStdin(args.stdin, loaded, ignores);
  return typeof checked === "string" ? checked : { ...loaded, checked, unreadable: [], levels: config.levels, base };
}

/** Standard input takes the place of the file it is said to be. */
function fromStdin(name: string, { workspace }: Loaded, ignores: (path: string) => boolean): readonly string[] | string {
  const text = readStdin();
  if (text === undefined) return "standard input cannot be read";
  const path = resolve(name);
  if (ignores(path)) return [];
  const uri = fileUri(slashed(path));
  const language = languageOf(slashed(path), text);
  if (language === "other") return `${name}: neither name nor text say which language this is: --stdin-filename PATH tells`;
  workspace.set(uri, text, { language });
  return [uri];
}

/** The folder with the configuration file, or the repository, or the folder we are in, or the file's own. */
function folderAround(file: string, config: string | undefined): string {
  const own = folderAt(file);
  if (config !== undefined) return dirname(resolve(config));
  for (let folder = own; dirname(folder) !== folder; folder = dirname(folder)) if (kindOf(resolve(folder, ".git"))) return folder;
  return isBelow(process.cwd(), own) ? process.cwd() : own;
}

export const isBelow = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === resolve(path));
};

const folderAt = (path: string): string => (kindOf(path) === "directory" ? resolve(path) : dirname(resolve(path)));

/** The deepest folder that holds all of them. */
function common(folders: readonly string[]): string {
  let [shared = "."] = folders;
  for (const folder of folders) while (!isBelow(shared, folder) && dirname(shared) !== shared) shared = dirname(shared);
  return shared;
}

/** What is given on the command line is nearer than the configuration file. */
function targetOf(args: ProjectArguments, project: Target): Target | string {
  const facts = args.facts === undefined ? {} : factsIn(args.facts);
  if (typeof facts === "string") return facts;
  if (args.factsFromMachine && !runsOnLinux()) return "--facts-from-machine: this machine is no Linux";
  const target = { ...mergedTargets(project, facts), ...(args.factsFromMachine && { local: thisMachine() }) };
  if (args.uwsgiHelp === undefined) return target;
  const help = readText(args.uwsgiHelp, MOST_HELP);
  // The flags may stand in the same file.
  const build = help === undefined ? undefined : buildFromHelp(help, uwsgiVersionOf(target), help);
  return build ? { ...target, uwsgiOptions: build } : `${args.uwsgiHelp}: not what uwsgi --help prints`;
}

const MOST_HELP = 1024 * 1024;

function factsIn(file: string): Target | string {
  const text = readText(file);
  if (text === undefined) return `${file}: not a readable file`;
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isRecord(json) ? targetFrom(json) : `${file}: not a JSON file of facts`;
  } catch {
    return `${file}: not a JSON file of facts`;
  }
}
