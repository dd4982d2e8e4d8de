// The server's door to files that only the editor can read: virtual and remote folders, and everything in the web host.
import { type Disposable, FileType, RelativePattern, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

type Read = { readonly uri: string; readonly limit: number };
type List = { readonly uri: string };
type Find = { readonly folder: string; readonly glob: string; readonly limit: number };
type Entry = { readonly name: string; readonly folder: boolean };

/** The text of a regular file of at most `limit` bytes; null when there is no such file. */
async function read({ uri, limit }: Read): Promise<string | null> {
  try {
    const file = Uri.parse(uri, true);
    const { type, size } = await workspace.fs.stat(file);
    if ((type & FileType.File) === 0 || size > limit) return null;
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await workspace.fs.readFile(file));
  } catch {
    return null;
  }
}

/** The entries of a folder; null when there is no such folder. */
async function list({ uri }: List): Promise<Entry[] | null> {
  try {
    const entries = await workspace.fs.readDirectory(Uri.parse(uri, true));
    return entries.map(([name, type]) => ({ name, folder: (type & FileType.Directory) !== 0 }));
  } catch {
    return null;
  }
}

/** Where VS Code itself knows how to search. Elsewhere its search waits, without an end, for an extension that brings one. */
const SEARCHED: ReadonlySet<string> = new Set(["file", "vscode-remote", "vscode-vfs"]);

async function find({ folder, glob, limit }: Find): Promise<string[]> {
  const root = Uri.parse(folder, true);
  if (!SEARCHED.has(root.scheme)) return walked(root, limit);
  const found = await workspace.findFiles(new RelativePattern(root, glob), undefined, limit);
  return found.map((uri) => uri.toString());
}

async function walked(root: Uri, limit: number): Promise<string[]> {
  const found: string[] = [];
  const open = [root];
  for (let folder = open.pop(); folder && found.length < limit; folder = open.pop()) {
    const entries = await workspace.fs.readDirectory(folder).then(undefined, () => []);
    for (const [name, type] of entries) {
      const uri = Uri.joinPath(folder, name);
      if ((type & FileType.File) !== 0) found.push(uri.toString());
      // A link to a folder may lead back up.
      else if (type === FileType.Directory && !/^(?:\..*|node_modules)$/.test(name)) open.push(uri);
    }
  }
  return found;
}

export function answerFileRequests(client: BaseLanguageClient): Disposable {
  const answers = [
    client.onRequest("uwsgiNginx/read", read),
    client.onRequest("uwsgiNginx/list", list),
    client.onRequest("uwsgiNginx/find", find),
  ];
  return { dispose: () => answers.forEach((answer) => void answer.dispose()) };
}
