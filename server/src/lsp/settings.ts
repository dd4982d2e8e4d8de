/** The settings `uwsgiNginx.*`: whatever the editor sends becomes a value of these types; what makes no sense is left out. */
import type { Severity } from "../rules/rule";
import { isRecord, type Target, targetFrom } from "../workspace/target";

export type Settings = {
  /** Rule id → level. */
  readonly levels: Readonly<Record<string, Severity | "off">>;
  readonly target: Target;
  /** Findings of files that are not open, too. */
  readonly wholeWorkspace: boolean;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  readonly semanticTokens: boolean;
  /** Folders outside of the workspace that may be read, as paths or URIs. */
  readonly folders: readonly string[];
  /** Folders whose configuration is for the machine they lie on. */
  readonly localFolders: readonly string[];
};

const LEVELS: readonly unknown[] = ["error", "warning", "info", "hint", "off"];

export function settingsFrom(json: unknown): Settings {
  const all = isRecord(json) ? json : {};
  return {
    levels: levelsFrom(all.rules),
    target: targetIn(all.target, all.nginx),
    wholeWorkspace: all.diagnose === "workspace",
    codeLens: switched(all.codeLens),
    inlayHints: switched(all.inlayHints),
    semanticTokens: switched(all.semanticTokens),
    folders: texts(all.folders),
    localFolders: isRecord(all.target) ? texts(all.target.localFolders) : [],
  };
}

function levelsFrom(json: unknown): Settings["levels"] {
  const levels: Record<string, Severity | "off"> = Object.create(null);
  if (isRecord(json)) for (const [id, level] of Object.entries(json)) if (LEVELS.includes(level)) levels[id] = level as Severity | "off";
  return levels;
}

const VERSION = /^\d{1,3}(?:\.\d{1,4}){0,3}(?:-dev)?$/;

/** The same facts as of `--facts`, without its outer shape. What is empty is a setting that nobody made. */
function targetIn(json: unknown, nginx: unknown): Target {
  if (!isRecord(json) && !isRecord(nginx)) return {};
  const said = filled(json);
  // No plugin at all is something to say; where nothing is, it is null.
  if (isRecord(json) && Array.isArray(json.plugins)) said.plugins = json.plugins;
  for (const name of ["uwsgiVersion", "nginxVersion"]) {
    const version = said[name];
    if (typeof version !== "string" || !VERSION.test(version)) delete said[name];
  }
  const { pathMapping, deployedAs, ...system } = said;
  return targetFrom({ system, pathMapping, deployedAs, nginx: filled(nginx) });
}

const filled = (json: unknown): Record<string, unknown> =>
  isRecord(json) ? Object.fromEntries(Object.entries(json).filter(([, value]) => !isEmpty(value))) : {};

const isEmpty = (value: unknown): boolean =>
  value === "" || value === null || (typeof value === "object" && Object.keys(value).length === 0);

const switched = (value: unknown): boolean => value !== false && !(isRecord(value) && value.enabled === false);
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string" && one !== "") : [];

export const DEFAULTS: Settings = settingsFrom(undefined);
