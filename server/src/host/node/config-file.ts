/** `.uwsgi-nginx.json`: what a project says about itself. Its schema is made from the settings of the editor: `npm run generate`. */
import { dirname, join, resolve } from "node:path";
import { parse } from "jsonc-parser";
import schema from "../../../../schemas/uwsgi-nginx.schema.json";
import { type Settings, settingsFrom } from "../../lsp/settings";
import { Lines } from "../../text/lines";
import { fileUri } from "../../text/uri";
import { isRecord, type Target } from "../../workspace/target";
import { ignoring } from "./ignore";
import { wrongIn } from "./json-schema";
import { kindOf, readText, slashed } from "./load";

export const CONFIG_NAME = ".uwsgi-nginx.json";
const MOST_BYTES = 1024 * 1024;
const MOST_ERRORS = 10;

export type Config = {
  readonly file?: string;
  readonly levels: Settings["levels"];
  readonly target: Target;
  /** Folders that may be read although they are not asked about, as paths. */
  readonly folders: readonly string[];
  /** Whether a file is left alone. */
  ignores(path: string): boolean;
};

export const NO_CONFIG: Config = { levels: {}, target: {}, folders: [], ignores: () => false };

/** The nearest configuration file in this folder or above. */
export function nearestConfig(folder: string): string | undefined {
  for (let current = resolve(folder), above = ""; current !== above; current = dirname(current)) {
    const file = join(current, CONFIG_NAME);
    if (kindOf(file) === "file") return file;
    above = current === dirname(current) ? current : "";
  }
  return undefined;
}

/** The configuration, or what is wrong with it: `FILE:LINE:COLUMN: …`, a line for each error. */
export function readConfig(file: string): Config | string {
  const text = readText(file, MOST_BYTES)?.replace(/^\uFEFF/, "");
  if (text === undefined) return `${file}: not a readable file`;
  const wrong = wrongIn(text, schema);
  if (wrong.length > 0) {
    const lines = new Lines(text);
    return wrong
      .slice(0, MOST_ERRORS)
      .map(({ offset, message }) => {
        const { line, character } = lines.position(offset);
        return `${file}:${line + 1}:${character + 1}: ${message}`;
      })
      .join("\n");
  }
  const json: unknown = parse(text, [], { allowTrailingComma: true });
  const folder = dirname(resolve(file));
  const { levels, target, folders } = settingsFrom(json);
  const ignore = isRecord(json) && Array.isArray(json.ignore) ? json.ignore.map(String) : [];
  return {
    file,
    levels,
    target: inFolder(target, folder),
    folders: folders.map((one) => resolve(folder, one)),
    ignores: ignoring(folder, ignore),
  };
}

/** Paths of the project are meant from the folder of the file, wherever the command line is. */
function inFolder(target: Target, folder: string): Target {
  const uri = (path: string): string => (path.includes("://") ? path : fileUri(slashed(resolve(folder, path))));
  const { pathMapping = {}, deployedAs = {} } = target;
  return {
    ...target,
    pathMapping: Object.fromEntries(Object.entries(pathMapping).map(([prefix, path]) => [prefix, uri(path)])),
    deployedAs: Object.fromEntries(Object.entries(deployedAs).map(([path, machine]) => [uri(path), machine])),
  };
}
