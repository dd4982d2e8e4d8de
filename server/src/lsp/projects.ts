/** What the folders of the editor say about themselves in their configuration files, and how it joins what the person has set. */
import { CONFIG_NAME, type Config, configIn, MOST_CONFIG_BYTES, mergedTargets, NO_CONFIG, untrusted } from "./config-file";
import type { Files } from "./host";
import type { Wrong } from "./json-schema";
import type { Settings } from "./settings";

export type Project = {
  /** Of the configuration file. */
  readonly uri: string;
  readonly text: string;
  /** Of a file with errors nothing counts. */
  readonly config: Config;
  readonly wrong: readonly Wrong[];
};

/** By their folder. A folder without a configuration file is none. */
export type Projects = ReadonlyMap<string, Project>;

export async function projectsIn(files: Files, folders: readonly string[]): Promise<Projects> {
  const projects = new Map<string, Project>();
  for (const folder of folders) {
    const uri = `${folder}/${CONFIG_NAME}`;
    const text = await files.read(uri);
    if (text !== undefined && text.length <= MOST_CONFIG_BYTES) projects.set(folder, projectFrom(uri, text, folder));
  }
  return projects;
}

function projectFrom(uri: string, text: string, folder: string): Project {
  const config = configIn(text, folder);
  return "length" in config ? { uri, text, config: NO_CONFIG, wrong: config } : { uri, text, config, wrong: [] };
}

/** For all folders together: what is read, and what is known of the machine. Of several folders the first counts most. */
export function together(said: Settings, projects: Projects, isTrusted: boolean): Settings {
  if (projects.size === 0) return said;
  const configs = [...projects.values()].map(({ config }) => (isTrusted ? config : untrusted(config)));
  const target = configs.reduceRight((known, config) => mergedTargets(known, config.target), {});
  return { ...said, folders: [...said.folders, ...configs.flatMap(({ folders }) => folders)], target: mergedTargets(target, said.target) };
}

/** For the files of one folder. */
export const within = (said: Settings, { config }: Project): Settings => ({
  ...said,
  levels: Object.assign(Object.create(null), config.levels, said.levels),
});
