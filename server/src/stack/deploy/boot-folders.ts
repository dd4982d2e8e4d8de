/** Folders that are made anew at every boot: tmpfiles.d and the `@reboot` lines of a crontab. */
import type { Document } from "../../model/document";
import { tidyPath } from "../../text/uri";
import type { Deployment, MadeFolder, Starter } from "../deploy";
import { ranBy } from "./command";
import { anywhere, expand } from "./specifiers";
import { slice, spanOf, type Taken, takeSpan } from "./taken";
import { commandsOf, wordsOf } from "./words";

function* linesOf(source: string): Iterable<Taken> {
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf("\n", start);
    const end = newline < 0 ? source.length : newline;
    if (!/^\s*(?:#|$)/.test(source.slice(start, end))) yield takeSpan(source, { start, end: source[end - 1] === "\r" ? end - 1 : end });
    start = end + 1;
  }
}

/** `d /run/app 0755 app www-data -`. `e` changes folders that are there and makes none. */
export function readTmpfiles(document: Document): Deployment {
  const folders: MadeFolder[] = [];
  for (const line of linesOf(document.text)) {
    const words = wordsOf(line, "systemd").map((word) => expand(word, anywhere));
    const [type, path, ...columns] = words;
    if (!type || !path || !/^[dDvqQ][-+!=~^$]*$/.test(type.text) || !path.text.startsWith("/")) continue;
    const [mode, owner, group] = columns.map(({ text }) => (text === "-" || text === "" ? undefined : text.replace(/^[:~]+/, "")));
    // What is left out is root's, with the mode of a usual folder.
    folders.push({
      at: { uri: document.uri, span: spanOf(path) },
      path: tidyPath(path.text),
      mode: mode ?? "0755",
      owner: owner ?? "root",
      group: group ?? "root",
    });
  }
  return { starters: [], folders, copies: [], problems: [] };
}

const SYSTEM_CRONTAB = /\/cron\.d\/|\/etc\/crontab(?:\.[a-z]+)?$/;

export function readCrontab(document: Document): Deployment {
  const folders: MadeFolder[] = [];
  const starters: Starter[] = [];
  const environment: Map<string, { value: string; at: MadeFolder["at"] }> = new Map();
  for (const line of linesOf(document.text)) {
    const at = { uri: document.uri, span: spanOf(line) };
    const [, name, value] = /^\s*([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line.text) ?? [];
    if (name) environment.set(name, { value: (value ?? "").trim().replace(/^(["'])(.*)\1$/, "$2"), at });
    const entry = /^\s*@reboot\s+/.exec(line.text);
    if (!entry) continue;
    const rest = slice(line, entry[0].length, line.text.length);
    const column = SYSTEM_CRONTAB.test(document.path) ? /^\S+\s+/.exec(rest.text) : /^(?:root|www-data|nginx|uwsgi)\s+/.exec(rest.text);
    const user = column?.[0].trim();
    const ran = ranBy(commandsOf(slice(rest, column?.[0].length ?? 0, rest.text.length), "shell"), document.uri);
    for (const { value: path, ...made } of ran.makes) folders.push({ ...(user && { owner: user }), ...made, path });
    if (ran.commands.length === 0 && !ran.startsNginx && ran.scripts.length === 0) continue;
    starters.push({
      kind: "crontab",
      uri: document.uri,
      name: "@reboot",
      at,
      ...ran,
      ...(user && { user: { value: user, at } }),
      environment: new Map([...environment, ...ran.environment]),
      environmentFiles: [],
      listens: [],
    });
  }
  return { starters, folders, copies: [], problems: [] };
}
