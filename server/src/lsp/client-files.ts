/** Files that only the editor can read: virtual and remote folders, and everything where the server is a worker. */
import { pathOf } from "../text/uri";
import { isSkipped, MAX_FILES } from "../workspace/reading";
import { MAX_FILE_BYTES } from "../workspace/workspace";
import type { AskClient, Entry, Files } from "./host";

export function clientFiles(ask: AskClient): Files {
  return {
    async read(uri) {
      const text = await ask("uwsgiNginx/read", { uri, limit: MAX_FILE_BYTES });
      return typeof text === "string" ? text : undefined;
    },
    async list(uri) {
      const entries = await ask("uwsgiNginx/list", { uri });
      return Array.isArray(entries) ? entries.filter(isEntry) : undefined;
    },
    async *find(folder) {
      const found = await ask("uwsgiNginx/find", { folder, glob: "**/*", limit: MAX_FILES });
      const path = pathOf(folder);
      if (Array.isArray(found)) yield found.filter((uri): uri is string => typeof uri === "string" && !isSkipped(path, pathOf(uri)));
    },
  };
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && "name" in value && typeof value.name === "string" && "folder" in value;

/** A door that is always shut, for clients that read nothing for us. */
export const NO_FILES: Files = {
  read: async () => undefined,
  list: async () => undefined,
  async *find() {},
};
