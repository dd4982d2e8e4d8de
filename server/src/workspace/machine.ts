/** The machine that a file of the workspace is evaluated on: what the workspace and the target's facts can tell, and nothing else. */
import { baseName, folderOf, joinPath, pathOf, tidyPath, withPath } from "../text/uri";
import type { Machine } from "./effective";
import { isMissing, pathFacts, targetOf } from "./known";
import { hasOwnYaml, uwsgiVersionOf } from "./target";
import type { Workspace } from "./workspace";

/** Stands for a folder that is not known, inside paths: whatever holds it after evaluation is not known either. */
export const UNKNOWN_FOLDER = "\uE000";

/** The path by which a process would open a file of the workspace. */
export function machinePathOf(workspace: Workspace, uri: string): string {
  return workspace.paths.deployed(uri) ?? `${UNKNOWN_FOLDER}/${baseName(pathOf(uri))}`;
}

export type Place = {
  /** The file that is started; relative names are looked for beside it when nothing else is known. */
  readonly uri: string;
  readonly cwd?: string | undefined;
  readonly environment?: ReadonlyMap<string, string | undefined>;
  /** Told which paths are asked for, which file of the workspace that is, and whether its text is read. */
  readonly onAsk?: (path: string, uri: string | undefined, isRead: boolean) => void;
};

/** The file of the workspace that a path means to a process. */
export function fileAt(workspace: Workspace, { uri, cwd }: Place, path: string): string | undefined {
  if (path === machinePathOf(workspace, uri)) return uri;
  if (path.includes(UNKNOWN_FOLDER)) return beside(workspace, uri, path.slice(path.lastIndexOf(UNKNOWN_FOLDER) + 2));
  if (path.startsWith("/")) return workspace.paths.resolve(path);
  if (cwd !== undefined) return workspace.paths.resolve(joinPath(cwd, path));
  return beside(workspace, uri, path) ?? workspace.paths.byEnding(tidyPath(path));
}

export function workspaceMachine(workspace: Workspace, place: Place): Machine {
  const find = (path: string, isRead: boolean): string | undefined => {
    const uri = fileAt(workspace, place, path);
    place.onAsk?.(path, uri, isRead);
    return uri;
  };
  const target = targetOf(workspace, place.uri);
  const whole = (path: string): string => (place.cwd === undefined ? path : joinPath(place.cwd, path));
  return {
    read(path) {
      const uri = find(path, true);
      const document = uri === undefined ? undefined : workspace.get(uri);
      if (document) {
        const parsed = (format: string) => (document.language === "uwsgi" && document.format === format ? document.tree : undefined);
        return { text: document.text, uri: document.uri, template: document.isTemplate, parsed };
      }
      return isMissing(target, whole(path)) ? null : undefined;
    },
    kind(path) {
      const uri = find(path, false);
      if (uri !== undefined && workspace.exists(uri)) return "file";
      const type = pathFacts(target, whole(path))?.type;
      if (type !== undefined && type !== "link") return KINDS[type];
      return isMissing(target, whole(path)) ? null : undefined;
    },
    list: () => undefined,
    env(name) {
      return place.environment?.get(name);
    },
    ...(place.cwd === undefined ? {} : { cwd: place.cwd }),
    version: uwsgiVersionOf(workspace.target),
    build: workspace.target.uwsgiOptions,
    ownYaml: hasOwnYaml(workspace.target),
    environment: [...(place.environment ?? [])].filter(
      (entry): entry is [string, string] => entry[0].startsWith("UWSGI_") && entry[1] !== undefined,
    ),
  };
}

const KINDS = { file: "file", dir: "directory", socket: "other" } as const;

function beside(workspace: Workspace, uri: string, relative: string): string | undefined {
  const candidate = withPath(uri, joinPath(folderOf(pathOf(uri)), relative));
  return workspace.exists(candidate) ? candidate : undefined;
}
