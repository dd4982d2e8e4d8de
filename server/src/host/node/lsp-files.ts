/** The files of the disk for the language server: below the folders of the workspace and nowhere else, whatever a link says. */
import { readdirSync, realpathSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { clientFiles, NO_FILES } from "../../lsp/client-files";
import type { AskClient, Files } from "../../lsp/host";
import { fileUri } from "../../text/uri";
import { readText, slashed, walk } from "./load";

const PORTION = 200;

/** `file:` is read here, every other scheme is the editor's. */
export function nodeFiles(roots: readonly string[], askClient: AskClient | undefined): Files {
  const asked = askClient ? clientFiles(askClient) : NO_FILES;
  // A root may come while the server runs, so only what was found is kept. What lies elsewhere then is outside.
  const found = new Map<string, string>();
  const realRoot = (root: string): string | undefined => {
    const real = found.get(root) ?? realPath(pathIn(root));
    if (real !== undefined) found.set(root, real);
    return real;
  };
  /** The real path, if it lies below a root. */
  const allowed = (uri: string): string | undefined => {
    const real = realPath(pathIn(uri));
    const isInside = (folder: string): boolean =>
      real === folder || real?.startsWith(folder.endsWith(sep) ? folder : folder + sep) === true;
    return roots.some((root) => isInside(realRoot(root) ?? "\0")) ? real : undefined;
  };
  const onDisk: Files = {
    async read(uri) {
      const path = allowed(uri);
      return path === undefined ? undefined : readText(path);
    },
    async list(uri) {
      const path = allowed(uri);
      if (path === undefined) return undefined;
      try {
        return readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, folder: entry.isDirectory() }));
      } catch {
        return undefined;
      }
    },
    async *find(folder) {
      const path = allowed(folder) === undefined ? undefined : pathIn(folder);
      let portion: string[] = [];
      for (const file of path === undefined ? [] : walk(path)) {
        portion.push(fileUri(slashed(file)));
        if (portion.length < PORTION) continue;
        yield portion;
        portion = [];
      }
      if (portion.length > 0) yield portion;
    },
  };
  const of = (uri: string): Files => (uri.startsWith("file:") ? onDisk : asked);
  return { read: (uri) => of(uri).read(uri), list: (uri) => of(uri).list(uri), find: (folder) => of(folder).find(folder) };
}

function pathIn(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

function realPath(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : realpathSync.native(path);
  } catch {
    return undefined;
  }
}
