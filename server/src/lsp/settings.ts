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
  };
}

function levelsFrom(json: unknown): Settings["levels"] {
  const levels: Record<string, Severity | "off"> = Object.create(null);
  if (isRecord(json)) for (const [id, level] of Object.entries(json)) if (LEVELS.includes(level)) levels[id] = level as Severity | "off";
  return levels;
}

const VERSION = /^\d{1,3}(?:\.\d{1,4}){0,3}(?:-dev)?$/;

/** The same facts as of `--facts`, without its outer shape. Empty texts are settings nobody made. */
function targetIn(json: unknown, nginx: unknown): Target {
  if (!isRecord(json) && !isRecord(nginx)) return {};
  const said = Object.fromEntries(Object.entries(isRecord(json) ? json : {}).filter(([, value]) => value !== "" && value !== null));
  for (const name of ["uwsgiVersion", "nginxVersion"]) {
    const version = said[name];
    if (typeof version !== "string" || !VERSION.test(version)) delete said[name];
  }
  const { pathMapping, deployedAs, ...system } = said;
  return targetFrom({ system, pathMapping, deployedAs, nginx });
}

const switched = (value: unknown): boolean => value !== false && !(isRecord(value) && value.enabled === false);
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string" && one !== "") : [];

export const DEFAULTS: Settings = settingsFrom(undefined);
