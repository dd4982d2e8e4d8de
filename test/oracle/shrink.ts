/** Makes a configuration smaller as long as it still differs. */
import type { Configuration } from "./configurations";
import { difference } from "./uwsgi";

const CHANGED = ["main.ini", "base.ini", "sub/inner.ini"];

/** Lines are taken away one by one until none can be spared. */
export async function shrink(configuration: Configuration): Promise<Configuration> {
  let current = configuration;
  for (let smaller: Configuration | undefined = current; smaller; smaller = await firstSmaller(current)) current = smaller;
  return current;
}

async function firstSmaller(current: Configuration): Promise<Configuration | undefined> {
  for (const name of CHANGED) {
    const lines = (current.files[name] ?? "").split("\n");
    for (const index of lines.length > 1 ? lines.keys() : []) {
      const text = lines.filter((_, at) => at !== index).join("\n");
      const candidate = { ...current, files: { ...current.files, [name]: text } };
      if (await difference(candidate.files, candidate.file, candidate.variables)) return candidate;
    }
  }
  return undefined;
}

export const shown = ({ files, file, variables }: Configuration): string =>
  `${file} ${JSON.stringify(variables)}\n${CHANGED.map((name) => `${name}: ${JSON.stringify(files[name])}`).join("\n")}`;
