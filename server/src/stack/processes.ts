/** Finds the uWSGI processes of a workspace: what unit files, compose files, emperors and Debian start, and files that may be started. */
import type { Document } from "../model/document";
import { baseName, folderOf, pathOf } from "../text/uri";
import { machinePath } from "../workspace/paths";
import type { Workspace } from "../workspace/workspace";
import type { Deployment, Starter, UwsgiCommand } from "./deploy";
import { FILE_OPTIONS, type Instance, instanceOf, type Start, splitSection } from "./instance";

type Kept = Map<string, { readonly instance: Instance; readonly from: readonly unknown[]; readonly shape: number }>;

/** Keeps what was evaluated as long as nothing it was made from has changed. */
export class Processes {
  #kept: Kept = new Map();

  of(workspace: Workspace, deployments: readonly { readonly document: Document; readonly deployment: Deployment }[]): readonly Instance[] {
    const kept: Kept = new Map();
    const make = (document: Document, start: Start): Instance => {
      const key = `${document.uri}\n${start.section ?? ""}\n${start.command ? `${start.command.at.uri}:${start.command.at.span.start}` : ""}\n${start.emperor?.uri ?? ""}\n${start.debian}${start.likelyVassal}`;
      const from = [document, start.starter, start.command, start.emperor];
      const old = this.#kept.get(key);
      const valid =
        old && old.shape === workspace.shape && old.from.every((part, index) => part === from[index]) && unchanged(workspace, old.instance);
      const instance = valid ? old.instance : instanceOf(workspace, document, start);
      kept.set(key, { instance, from, shape: workspace.shape });
      return instance;
    };
    const result = find(workspace, deployments, make);
    this.#kept = kept;
    return result;
  }
}

function unchanged(workspace: Workspace, instance: Instance): boolean {
  for (const [uri, document] of instance.inputs) if (workspace.get(uri) !== document) return false;
  return true;
}

type Make = (document: Document, start: Start) => Instance;

function find(
  workspace: Workspace,
  deployments: readonly { readonly document: Document; readonly deployment: Deployment }[],
  make: Make,
): readonly Instance[] {
  const instances: Instance[] = [];
  const started = new Map<string, Start[]>();
  for (const { document, deployment } of deployments) {
    for (const starter of deployment.starters) {
      for (const command of starter.commands) {
        const files = filesOf(workspace, document, command);
        for (const file of files) push(started, file, { starter, command, certain: true });
        if (files.length === 0 && !namesFile(command) && command.args.length > 0)
          instances.push(make(document, { starter, command, certain: true }));
      }
    }
  }
  const images = deployments.flatMap((one) => one.deployment.starters);
  const files = workspace.of("uwsgi");
  const emperors: Instance[] = [...instances.filter((instance) => instance.isEmperor)];
  const later: Document[] = [];
  for (const document of files) {
    if (document.named("emperor").length === 0 && !document.text.includes("emperor")) {
      later.push(document);
      continue;
    }
    const own = startsOf(workspace, document, started, [], images).map((start) => make(document, start));
    instances.push(...own);
    emperors.push(...own.filter((instance) => instance.isEmperor));
  }
  const realms = emperors.flatMap((emperor) =>
    emperor.all("emperor").map((setting) => ({ emperor, pattern: setting.holes.length > 0 ? undefined : setting.value })),
  );
  for (const document of later) {
    const over = realms
      .filter(({ pattern, emperor }) => pattern !== undefined && emperor.uri !== document.uri && isVassal(workspace, document, pattern))
      .map(({ emperor }) => emperor);
    for (const start of startsOf(workspace, document, started, over, images)) instances.push(make(document, start));
  }
  return withoutParts(instances, started);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const namesFile = (command: UwsgiCommand): boolean =>
  command.args.some((arg) => (arg.name === "" && /\.(?:ini|ya?ml|json|js|xml)$/.test(arg.value)) || FILE_OPTIONS.has(arg.name));

/** Files of the workspace that a command line names. */
function filesOf(workspace: Workspace, document: Document, command: UwsgiCommand): readonly string[] {
  const found: string[] = [];
  for (const arg of command.args) {
    if (arg.name !== "" && !FILE_OPTIONS.has(arg.name)) continue;
    const { file } = splitSection(arg.value);
    if (!file) continue;
    const uri = resolveNear(workspace, document, file);
    if (uri !== undefined && workspace.get(uri)?.language === "uwsgi" && !found.includes(uri)) found.push(uri);
  }
  return found;
}

function resolveNear(workspace: Workspace, document: Document, file: string): string | undefined {
  if (/%i|\$/.test(file)) return undefined;
  const byPath = file.startsWith("/") ? workspace.paths.resolve(file) : undefined;
  if (byPath) return byPath;
  const name = baseName(file);
  const folder = `${folderOf(pathOf(document.uri))}/`;
  const near = [...workspace.of("uwsgi")].filter((one) => baseName(one.path) === name && one.path.startsWith(folder));
  return near.length === 1 ? near[0]?.uri : workspace.paths.byEnding(file.replace(/^\.\//, ""));
}

const ACCEPTED = /\.(?:ini|xml|yml|yaml|js|json)$/;

/** Whether an emperor watching `pattern` starts this file (facts: uwsgi-language §11.1 and 11.2). */
export function isVassal(workspace: Workspace, document: Document, pattern: string): boolean {
  return ACCEPTED.test(document.path) && isWatched(workspace, document, pattern);
}

/** Whether a file lies where an emperor looks, whatever its name. */
export function isWatched(workspace: Workspace, document: Document, pattern: string): boolean {
  const plain = pattern.replace(/^(?:dir|glob):\/\//, "");
  if (/^[a-z0-9]+:\/\//.test(plain)) return false;
  const path = workspace.paths.deployed(document.uri);
  if (path !== undefined) return matchesGlob(plain, path) || machinePath(plain) === folderOf(path);
  const own = pathOf(document.uri);
  const folder = machinePath(plain.replace(/\/[^/]*[*?[][^/]*$/, ""));
  const glob = /\/([^/]*[*?[][^/]*)$/.exec(plain)?.[1];
  if (glob !== undefined && !matchesGlob(glob, baseName(own))) return false;
  const last = baseName(folder);
  return last !== "" && baseName(folderOf(own)) === last;
}

/** A shell glob within path parts: `*`, `?` and `[…]`. */
export function matchesGlob(glob: string, path: string): boolean {
  if (!/[*?[]/.test(glob)) return machinePath(glob) === machinePath(path);
  const parts = machinePath(glob).split("/");
  const names = machinePath(path).split("/");
  return parts.length === names.length && parts.every((part, index) => matchesName(part, names[index] ?? ""));
}

function matchesName(glob: string, name: string): boolean {
  const source = glob
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*+/g, "[^/]*")
    .replace(/\?/g, "[^/]")
    .replace(/\[!/g, "[^");
  try {
    return new RegExp(`^${source}$`).test(name);
  } catch {
    return false;
  }
}

function startsOf(
  workspace: Workspace,
  document: Document,
  started: ReadonlyMap<string, readonly Start[]>,
  emperors: readonly Instance[],
  images: readonly Starter[],
): readonly Start[] {
  const known: Start[] = [...(started.get(document.uri) ?? []), ...emperors.map((emperor) => ({ emperor, certain: true }))];
  if (known.length > 0) return known;
  const image = imageWithSettings(document, images);
  if (image) return [{ starter: image, certain: true }];
  const path = workspace.paths.deployed(document.uri) ?? document.path;
  if (/\/etc\/uwsgi\/apps-(?:available|enabled)\/[^/]+$/.test(path) && ACCEPTED.test(path)) return [{ debian: true, certain: true }];
  const likelyVassal = /\/(?:[^/]*vassals[^/]*|uwsgi\.d)\/[^/]+$/.test(path) && ACCEPTED.test(path);
  if (document.format !== "ini") return [{ certain: true, ...(likelyVassal ? { likelyVassal } : {}) }];
  const sections = new Set(document.tree.directives.filter((directive) => directive.body).map((directive) => directive.name.text));
  const starts: Start[] = [];
  if (sections.has("uwsgi") || sections.size === 0) starts.push({ certain: true, ...(likelyVassal ? { likelyVassal } : {}) });
  const read = new Set(document.named("ini").map((nested) => splitSection(nested.directive.args[0]?.text ?? "").section));
  for (const section of sections)
    if (section !== "uwsgi" && !section.includes(":") && !read.has(section)) starts.push({ section, certain: false });
  return starts;
}

/** An image built around the file that sets options by UWSGI_… variables and leaves the start to its base image. */
function imageWithSettings(document: Document, images: readonly Starter[]): Starter | undefined {
  const around = images.filter(
    (image) =>
      image.kind === "dockerfile" &&
      image.commands.length === 0 &&
      document.uri.startsWith(image.uri.slice(0, image.uri.lastIndexOf("/") + 1)) &&
      [...image.environment.keys()].some((name) => name.startsWith("UWSGI_")),
  );
  return around.length === 1 ? around[0] : undefined;
}

/** A file that others read in and nobody starts by itself is a part of them, not a process. */
function withoutParts(instances: readonly Instance[], started: ReadonlyMap<string, readonly Start[]>): readonly Instance[] {
  const parts = new Set<string>();
  for (const instance of instances) for (const [uri] of instance.inputs) if (uri !== instance.uri) parts.add(uri);
  return instances.filter((instance) => !parts.has(instance.uri) || started.has(instance.uri) || instance.start.emperor !== undefined);
}

export type { Starter };
