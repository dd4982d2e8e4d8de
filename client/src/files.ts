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

async function find({ folder, glob, limit }: Find): Promise<string[]> {
  const found = await workspace.findFiles(new RelativePattern(Uri.parse(folder, true), glob), undefined, limit);
  return found.map((uri) => uri.toString());
}

export function answerFileRequests(client: BaseLanguageClient): Disposable {
  const answers = [
    client.onRequest("uwsgiNginx/read", read),
    client.onRequest("uwsgiNginx/list", list),
    client.onRequest("uwsgiNginx/find", find),
  ];
  return { dispose: () => answers.forEach((answer) => void answer.dispose()) };
}
