/** Unit files of systemd: services and sockets. */

import type { Document } from "../../model/document";
import { plainName } from "../../model/language";
import { baseName, folderOf, tidyPath } from "../../text/uri";
import type { Deployment, Place, Said, Starter } from "../deploy";
import { ranBy } from "./command";
import { type Made, noFolders } from "./folders";
import { signalOf, withoutUndefined } from "./said";
import { expand, specifiersOf } from "./specifiers";
import { slice, spanOf, type Taken } from "./taken";
import { readUnit, type UnitLine } from "./unit-lines";
import { unitProblems } from "./unit-problems";
import { commandsOf, type Words, wordsOf } from "./words";

/** Keys whose values are folders below a root that systemd makes for the service. */
const FOLDER_KEYS: Readonly<Record<string, string>> = {
  RuntimeDirectory: "/run",
  StateDirectory: "/var/lib",
  CacheDirectory: "/var/cache",
  LogsDirectory: "/var/log",
  ConfigurationDirectory: "/etc",
};
const EXEC_KEYS = ["ExecStartPre", "ExecStart", "ExecStartPost"];

type Unit = { readonly uri: string; readonly name: string; readonly values: ReadonlyMap<string, readonly Said<Taken>[]> };

export function readSystemd(document: Document): Deployment {
  const { entries, stray } = readUnit(document.text);
  const path = document.path;
  // A drop-in `app.service.d/x.conf` speaks of app.service.
  const dropIn = /^(.+\.(?:service|socket))\.d$/.exec(baseName(folderOf(path)))?.[1];
  const name = dropIn ?? plainName(path);
  const unit: Unit = { uri: document.uri, name, values: valuesOf(entries, document.uri, name) };
  return {
    starters: [name.endsWith(".socket") ? socketOf(unit) : serviceOf(unit)],
    folders: [],
    copies: [],
    problems: unitProblems(document, entries, stray),
  };
}

/** Values by key; an empty one takes back those before it. */
function valuesOf(entries: readonly UnitLine[], uri: string, unit: string): ReadonlyMap<string, readonly Said<Taken>[]> {
  const known = specifiersOf(unit);
  const values = new Map<string, Said<Taken>[]>();
  for (const { section, key, value } of entries) {
    if (section !== "Service" && section !== "Socket") continue;
    const list = values.get(key) ?? [];
    values.set(key, list);
    if (value.text === "") list.length = 0;
    else list.push({ value: expand(value, known), at: { uri, span: spanOf(value) } });
  }
  return values;
}

function serviceOf(unit: Unit): Starter {
  const user = last(unit, "User");
  const group = last(unit, "Group");
  const workingDirectory = last(unit, "WorkingDirectory");
  const directory = workingDirectory?.value.replace(/^-/, "");
  const ran = runAll(unit, user, directory, foldersOf(unit, user, group));
  const { commands, startsNginx } = ranBy(ran.main, unit.uri, directory);
  const privateTmp = lastWord(unit, "PrivateTmp");
  return {
    ...base(unit),
    ...withoutUndefined({
      user,
      group,
      umask: lastWord(unit, "UMask"),
      workingDirectory: workingDirectory && { ...workingDirectory, value: directory ?? "" },
      stopSignal: signalOf(lastWord(unit, "KillSignal")),
      type: lastWord(unit, "Type"),
      pidFile: last(unit, "PIDFile"),
      execStop: last(unit, "ExecStop"),
      privateTmp: privateTmp && { ...privateTmp, value: isTrue(privateTmp.value) || privateTmp.value === "disconnected" },
    }),
    ...(unit.values.has("SupplementaryGroups") && {
      supplementaryGroups: list(unit, "SupplementaryGroups").map((word) => word.value.text),
    }),
    environment: environmentOf(unit),
    environmentFiles: every(unit, "EnvironmentFile").map((file) => ({ ...file, value: file.value.replace(/^-/, "") })),
    commands,
    // What changes a unit of the distribution need not say again what it starts.
    startsNginx: startsNginx || (commands.length === 0 && unit.name === "nginx.service"),
    scripts: ran.scripts,
    makes: ran.makes,
  };
}

function socketOf(unit: Unit): Starter {
  const [user, group, mode] = ["SocketUser", "SocketGroup", "SocketMode"].map((key) => last(unit, key)?.value);
  // systemd's own defaults; the group of a user that is named is not known.
  const owner = { mode: mode ?? "0666", user: user ?? "root", ...((group ?? !user) && { group: group ?? "root" }) };
  const service =
    last(unit, "Service")?.value ?? unit.name.replace(/\.socket$/, last(unit, "Accept")?.value === "yes" ? "@.service" : ".service");
  return { ...base(unit), activates: service, listens: every(unit, "ListenStream").map((listen) => ({ ...listen, ...owner })) };
}

function base(unit: Unit): Starter {
  const { uri, name } = unit;
  const at = (unit.values.get("ExecStart") ?? unit.values.get("ListenStream"))?.at(-1)?.at ?? { uri, span: { start: 0, end: 0 } };
  return {
    kind: "systemd",
    uri,
    name,
    at,
    commands: [],
    startsNginx: false,
    environment: new Map(),
    environmentFiles: [],
    scripts: [],
    makes: [],
    listens: [],
  };
}

const said = ({ value, at }: Said<Taken>): Said<string> => ({ value: value.text, at });
const every = (unit: Unit, key: string): readonly Said<string>[] => (unit.values.get(key) ?? []).map(said);
const last = (unit: Unit, key: string): Said<string> | undefined => every(unit, key).at(-1);
/** A value of one word: with a comment behind it systemd ignores the line. */
const lastWord = (unit: Unit, key: string): Said<string> | undefined =>
  every(unit, key)
    .filter(({ value }) => !/\s[#;]/.test(value))
    .at(-1);

/** The words of all values of a key. */
function list(unit: Unit, key: string): readonly Said<Taken>[] {
  return (unit.values.get(key) ?? []).flatMap(({ value }) =>
    wordsOf(value, "systemd").map((word) => ({ value: word, at: place(unit, word) })),
  );
}

const place = (unit: Unit, taken: Taken): Place => ({ uri: unit.uri, span: spanOf(taken) });

function environmentOf(unit: Unit): ReadonlyMap<string, Said<string | undefined>> {
  const environment = new Map<string, Said<string | undefined>>();
  for (const { value, at } of list(unit, "PassEnvironment")) environment.set(value.text, { value: undefined, at });
  for (const { value, at } of list(unit, "Environment")) {
    const equals = value.text.indexOf("=");
    if (equals > 0) environment.set(value.text.slice(0, equals), { value: value.text.slice(equals + 1), at });
  }
  return environment;
}

function foldersOf(unit: Unit, user: Said<string> | undefined, group: Said<string> | undefined): readonly Made[] {
  const dynamic = last(unit, "DynamicUser") !== undefined;
  return Object.entries(FOLDER_KEYS).flatMap(([key, root]) => {
    const mode = lastWord(unit, `${key}Mode`)?.value ?? "0755";
    // Files of /etc stay with root.
    const owner = root === "/etc" ? "root" : (user?.value ?? "root");
    const of = root === "/etc" || !user ? (group?.value ?? "root") : group?.value;
    return list(unit, key).map(({ value, at }) => ({
      value: tidyPath(`${root}/${value.text.split(":", 1)[0] ?? ""}`),
      at,
      mode,
      ...(!dynamic && { owner, ...(of && { group: of }) }),
    }));
  });
}

type UnitRan = { readonly main: readonly Words[]; readonly scripts: readonly Said<string>[]; readonly makes: readonly Made[] };

/** What the commands do one after the other. Folders that only root can make are left out where another user is to make them. */
function runAll(unit: Unit, user: Said<string> | undefined, directory: string | undefined, before: readonly Made[]): UnitRan {
  const allRights = !user || user.value === "root" || user.value === "0";
  const onlyStart = isTrue(lastWord(unit, "PermissionsStartOnly")?.value);
  const main: Words[] = [];
  const scripts: Said<string>[] = [];
  const folders = noFolders();
  // systemd makes its own folders first: a command may give them away.
  for (const folder of before) folders.made.set(folder.value, folder);
  for (const key of EXEC_KEYS) {
    for (const command of (unit.values.get(key) ?? []).flatMap(({ value }) => commandsOf(value, "systemd"))) {
      const { words, full } = withoutPrefix(command);
      folders.isRoot = allRights || full || (onlyStart && key !== "ExecStart");
      folders.owner = folders.isRoot ? "root" : user?.value;
      scripts.push(...ranBy([words], unit.uri, directory, folders).scripts);
      if (key === "ExecStart") main.push(words);
    }
  }
  return { main, scripts, makes: [...folders.made.values()] };
}

const isTrue = (value: string | undefined): boolean => /^(?:1|yes|y|true|t|on)$/i.test(value ?? "");

/** `-` ignores failure, `@` names argv[0], `:` keeps variables, `+` `!` `!!` run with all rights, `|` through a shell. */
function withoutPrefix(command: Words): { readonly words: Words; readonly full: boolean } {
  const [first, ...rest] = command;
  const prefix = /^[-@:+!|]*/.exec(first?.text ?? "")?.[0] ?? "";
  if (!first || prefix === "") return { words: command, full: false };
  const program = slice(first, prefix.length, first.text.length);
  return { words: [program, ...(prefix.includes("@") ? rest.slice(1) : rest)], full: /[+!]/.test(prefix) };
}
