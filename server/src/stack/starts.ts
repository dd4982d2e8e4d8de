/** Who starts which file: what command lines name, what emperors watch, what Debian's service reads. */
import type { Document } from "../model/document";
import { baseName, folderOf, pathOf } from "../text/uri";
import { matches } from "../workspace/evaluation/glob";
import { machinePath } from "../workspace/paths";
import type { Workspace } from "../workspace/workspace";
import type { Deployed, Starter, UwsgiCommand } from "./deploy";
import { FILE_OPTIONS, type Instance, type Start, splitSection } from "./instance";

/** What deployment files start. */
export type Started = {
  /** By the file that a command names. */
  readonly byFile: ReadonlyMap<string, readonly Start[]>;
  /** Commands that set everything themselves, with the document they stand in. */
  readonly bare: readonly { readonly document: Document; readonly start: Start }[];
  /** Images built around a file, which set options by UWSGI_… variables and leave the start to their base image. */
  readonly images: readonly Starter[];
  /** Names of files that others include by a path that is not known: nothing tells that such a file is started by itself. */
  readonly included: ReadonlySet<string>;
};

export function startedBy(workspace: Workspace, deployments: readonly Deployed[], included: ReadonlySet<string>): Started {
  const byFile = new Map<string, Start[]>();
  const bare: { document: Document; start: Start }[] = [];
  const images: Starter[] = [];
  for (const { document, deployment } of deployments) {
    for (const starter of deployment.starters) {
      if (isImageWithSettings(starter)) images.push(starter);
      for (const command of starter.commands) {
        const start = { starter, command, certain: true };
        const files = filesOf(workspace, document, command);
        for (const file of files) byFile.set(file, [...(byFile.get(file) ?? []), start]);
        if (files.length === 0 && !namesFile(command) && command.args.length > 0) bare.push({ document, start });
      }
    }
  }
  return { byFile, bare, images, included };
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
  const folder = `${folderOf(pathOf(document.uri))}/`;
  const near = workspace.paths
    .named(baseName(file))
    .filter((uri) => workspace.get(uri)?.language === "uwsgi" && pathOf(uri).startsWith(folder));
  return near.length === 1 ? near[0] : workspace.paths.byEnding(file.replace(/^\.\//, ""));
}

const isImageWithSettings = ({ kind, commands, environment }: Starter): boolean =>
  kind === "dockerfile" && commands.length === 0 && [...environment.keys()].some((name) => name.startsWith("UWSGI_"));

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
  if (path !== undefined && (matchesGlob(plain, path) || machinePath(plain) === folderOf(path))) return true;
  // A workspace that mirrors a root may itself lie somewhere else on the machine.
  if (path !== undefined) return folderOf(path).split("/").length > 2 && machinePath(plain).endsWith(folderOf(path));
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
  return parts.length === names.length && parts.every((part, index) => matches(part, names[index] ?? ""));
}

const TEMPLATED = /\{\{|\{%|<%|\$\{/;

/** A pattern for vassals, which are links to it: `%n` is not its own name (uWSGI's documentation of the emperor). */
const isSkeleton = (path: string): boolean => path.endsWith(".skel");

/** Names of the files that are included by a path which a template fills in. */
export function templatedIncludes(document: Document): readonly string[] {
  if (!TEMPLATED.test(document.text)) return [];
  return filesRead(document).flatMap((text) => (TEMPLATED.test(text) ? [splitSection(baseName(text)).file] : []));
}

/** What stands in the options of a file that read another. */
export const filesRead = (document: Document): readonly string[] =>
  [...FILE_OPTIONS].flatMap((option) => document.named(option).map(({ directive }) => directive.args[0]?.text ?? ""));

/** Each start reads the whole file: of many sections in a large file not every one is looked at as a process. */
const MOST_SECTIONS = 50;
const MOST_LETTERS = 2_000_000;

/** The ways in which a file may be started; `emperors` are those that watch it. */
export function startsOf(workspace: Workspace, document: Document, started: Started, emperors: readonly Instance[]): readonly Start[] {
  const known: Start[] = [...(started.byFile.get(document.uri) ?? []), ...emperors.map((emperor) => ({ emperor, certain: true }))];
  if (known.length > 0) return known;
  const around = started.images.filter((image) => document.uri.startsWith(image.uri.slice(0, image.uri.lastIndexOf("/") + 1)));
  const [image] = around;
  if (image && around.length === 1) return [{ starter: image, certain: true }];
  const path = workspace.paths.deployed(document.uri) ?? document.path;
  if (/\/etc\/uwsgi\/apps-(?:available|enabled)\/[^/]+$/.test(path) && ACCEPTED.test(path)) return [{ debian: true, certain: true }];
  const likelyVassal = /\/(?:[^/]*vassals[^/]*|uwsgi\.d)\/[^/]+$/.test(path) && ACCEPTED.test(path);
  const alone: Start = {
    certain: !started.included.has(baseName(document.path)) && !isSkeleton(document.path),
    ...(likelyVassal ? { likelyVassal } : {}),
  };
  if (document.format !== "ini") return [alone];
  const sections = new Set(document.tree.directives.filter((directive) => directive.body).map((directive) => directive.name.text));
  const starts: Start[] = sections.has("uwsgi") || sections.size === 0 ? [alone] : [];
  const read = new Set(document.named("ini").map((nested) => splitSection(nested.directive.args[0]?.text ?? "").section));
  for (const section of sections)
    if (section !== "uwsgi" && !section.includes(":") && !read.has(section)) starts.push({ section, certain: false });
  return starts.slice(0, Math.max(1, Math.min(MOST_SECTIONS, Math.floor(MOST_LETTERS / document.text.length))));
}
