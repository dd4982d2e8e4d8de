/**
 * `.uwsgi-nginx.json`: what a project says about itself, to the command line and to editors alike. Its schema is made from the settings of
 * the editor: `npm run generate`.
 */
import { parse } from "jsonc-parser";
import schema from "../../../schemas/uwsgi-nginx.schema.json";
import { t } from "../text/l10n";
import { fileUri, joinPath, normaliseUri, pathOf, withPath } from "../text/uri";
import { ignoring } from "../workspace/ignore";
import { isRecord, type Target } from "../workspace/target";
import { type Wrong, wrongIn } from "./json-schema";
import { type Settings, settingsFrom } from "./settings";

export const CONFIG_NAME = ".uwsgi-nginx.json";
export const MOST_CONFIG_BYTES = 1024 * 1024;

const MOST_PATTERNS = 500;
const LONGEST_PATTERN = 500;

export type Config = {
  readonly levels: Settings["levels"];
  /** Its files and folders are URIs. */
  readonly target: Target;
  /** Folders that may be read although they are not asked about, as URIs. */
  readonly folders: readonly string[];
  readonly ignore: readonly string[];
  /** Whether a file is left alone, by its path with slashes. */
  ignores(path: string): boolean;
};

export const NO_CONFIG: Config = { levels: {}, target: {}, folders: [], ignore: [], ignores: () => false };

/** The configuration that lies in a folder, or what is wrong with it. */
export function configIn(text: string, folder: string): Config | readonly Wrong[] {
  const plain = text.replace(/^\uFEFF/, "");
  const wrong = wrongIn(plain, schema);
  if (wrong.length > 0) return wrong;
  const json: unknown = parse(plain, [], { allowTrailingComma: true });
  const { levels, target, folders } = settingsFrom(json);
  const ignore = isRecord(json) && Array.isArray(json.ignore) ? json.ignore.map(String) : [];
  // Each file of the project is compared with each of them.
  if (ignore.length > MOST_PATTERNS || ignore.some((pattern) => pattern.length > LONGEST_PATTERN))
    return [{ offset: 0, message: t`ignore: no more than ${MOST_PATTERNS} patterns of ${LONGEST_PATTERN} characters` }];
  return {
    levels,
    target: inFolder(target, folder),
    folders: folders.map((path) => uriFrom(folder, path)),
    ignore,
    ignores: ignoring(pathOf(folder), ignore),
  };
}

/** Paths of the project are meant from the folder of the file, wherever anything is started. */
function inFolder(target: Target, folder: string): Target {
  const { pathMapping = {}, deployedAs = {} } = target;
  return {
    ...target,
    pathMapping: Object.fromEntries(Object.entries(pathMapping).map(([prefix, path]) => [prefix, uriFrom(folder, path)])),
    deployedAs: Object.fromEntries(Object.entries(deployedAs).map(([path, machine]) => [uriFrom(folder, path), machine])),
  };
}

function uriFrom(folder: string, path: string): string {
  if (path.includes("://")) return normaliseUri(path);
  const slashed = path.replaceAll("\\", "/");
  return normaliseUri(/^[A-Za-z]:\//.test(slashed) ? fileUri(slashed) : withPath(folder, joinPath(pathOf(folder), slashed)));
}

/** Without what would name places to an editor whose person has not said that they trust the project. */
export function untrusted(config: Config): Config {
  const { pathMapping: _, deployedAs: __, ...target } = config.target;
  return { ...config, target, folders: [] };
}

/** `nearer` says it better. What both list is joined. */
export const mergedTargets = (project: Target, nearer: Target): Target => ({
  ...project,
  ...nearer,
  pathMapping: { ...project.pathMapping, ...nearer.pathMapping },
  deployedAs: { ...project.deployedAs, ...nearer.deployedAs },
});
