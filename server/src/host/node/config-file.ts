/** The configuration file on the disk: found upward, and read or refused with the places that are wrong. */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CONFIG_NAME, type Config, configIn, MOST_CONFIG_BYTES } from "../../lsp/config-file";
import { Lines } from "../../text/lines";
import { fileUri } from "../../text/uri";
import { kindOf, readText, slashed } from "./load";

const MOST_ERRORS = 10;

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
  const text = readText(file, MOST_CONFIG_BYTES)?.replace(/^\uFEFF/, "");
  if (text === undefined) return `${file}: not a readable file`;
  const config = configIn(text, fileUri(slashed(dirname(resolve(file)))));
  if (!("length" in config)) return config;
  const lines = new Lines(text);
  return config
    .slice(0, MOST_ERRORS)
    .map(({ offset, message }) => {
      const { line, character } = lines.position(offset);
      return `${file}:${line + 1}:${character + 1}: ${message}`;
    })
    .join("\n");
}

/** The folders that may be read beside what is asked about: those that are there. */
export const foldersBeside = ({ folders }: Config): readonly string[] =>
  folders.flatMap((uri) => {
    const path = uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
    return path !== undefined && kindOf(path) === "directory" ? [path] : [];
  });
