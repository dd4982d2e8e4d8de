/** The machine this program runs on, as a uWSGI process would find it. Texts and paths are bytes, one in each character. */
import { accessSync, closeSync, constants, lstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { cpus, hostname, userInfo } from "node:os";
import { join } from "node:path";
import { flagsIn } from "../../facts/uwsgi-build";
import type { Machine } from "../../workspace/effective";
import { readBytes } from "./load";

/** Where Debian and its children keep plugins: their binary has none built in. */
const PLUGIN_FOLDER = "/usr/lib/uwsgi/plugins";

const toBytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
const onDisk = (path: string): Buffer => Buffer.from(path, "latin1");

function attempt<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}

export function localMachine(
  settings: { readonly environment?: NodeJS.ProcessEnv; readonly version?: string; readonly cwd?: string } = {},
): Machine {
  const environment = settings.environment ?? process.env;
  const cwd = toBytes(settings.cwd ?? process.cwd());
  const debian = attempt(() => readdirSync(PLUGIN_FOLDER));
  const binary = programOf("uwsgi", environment.PATH ?? "");
  // Who names the version knows the program: it is large.
  const program = binary === undefined || settings.version !== undefined ? "" : textOf(binary);
  const version = settings.version ?? versionIn(program);
  const flags = flagsIn(cflagsIn(program));
  // Debian's binary, and any whose flags are not told, has no plugin built in.
  const embedded = flags?.builtIn ?? (debian ? [] : undefined);
  const now = Date.now();
  return {
    bytes: true,
    cwd,
    hostname: hostname(),
    cpus: cpus().length,
    time: { seconds: String(Math.floor(now / 1000)), microseconds: String(now * 1000) },
    user: user(),
    environment: Object.entries(environment)
      .filter(([name]) => name.startsWith("UWSGI_"))
      .map(([name, value]) => [name, toBytes(value ?? "")] as const),
    env: (name) => {
      const value = environment[name];
      return value === undefined ? null : toBytes(value);
    },
    read: readAll,
    kind: kindOf,
    readable: (path) => attempt(() => accessSync(onDisk(path), constants.R_OK)) !== null,
    list: (path) => attempt(() => readdirSync(onDisk(path), { encoding: "latin1" })) ?? undefined,
    inode: (path) => attempt(() => String(lstatSync(onDisk(path)).ino)) ?? undefined,
    fullPath: (path) => fullPath(path),
    ...(binary ? { binary } : {}),
    ...(version ? { version } : {}),
    ...(flags ? { ownYaml: flags.ownYaml } : {}),
    ...(embedded ? { embedded } : {}),
    ...(debian ? { loadable: (name: string) => (name.includes("/") ? undefined : debian.includes(`${name}_plugin.so`)) } : {}),
  };
}

/** undefined for what is there but is no regular file: it is not opened. */
function readAll(path: string): { readonly text: string; readonly uri: string } | null | undefined {
  if (kindOf(path) === null) return null;
  // A path is only a name here; it is shown to nobody as a link.
  const name = Buffer.from(path, "latin1").toString("utf8");
  const bytes = readBytes(name);
  const text = bytes?.length === 0 ? virtual(name) : bytes?.toString("latin1");
  return text === undefined ? undefined : { text, uri: path };
}

/** Files of /proc and /sys say that they are empty; uWSGI reads one block of them. */
function virtual(path: string): string {
  if (!/^\/(?:proc|sys)\//.test(path)) return "";
  const file = attempt(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  if (file === null) return "";
  const block = Buffer.alloc(4096);
  const length = attempt(() => readSync(file, block, 0, block.length, null)) ?? 0;
  closeSync(file);
  return block.toString("latin1", 0, length);
}

function kindOf(path: string): "file" | "directory" | "other" | null {
  const stat = attempt(() => statSync(onDisk(path)));
  return stat && (stat.isDirectory() ? "directory" : stat.isFile() ? "file" : "other");
}

/** The last name of a link is kept, and then the path is not tidied either. */
function fullPath(path: string): string | undefined {
  if (attempt(() => lstatSync(onDisk(path)))?.isSymbolicLink()) return path;
  return attempt(() => realpathSync.native(onDisk(path), { encoding: "latin1" })) ?? undefined;
}

function user(): NonNullable<Machine["user"]> {
  const { uid, gid } = process.getuid ? { uid: process.getuid(), gid: process.getgid?.() ?? 0 } : userInfo();
  const group = readBytes("/etc/group")
    ?.toString("latin1")
    .split("\n")
    .find((line) => line.split(":")[2] === String(gid));
  return { uid, gid, user: attempt(() => userInfo().username) ?? String(uid), group: group?.split(":")[0] ?? String(gid) };
}

const VERSION = /\0(2\.\d{1,2}(?:\.\d{1,3})*(?:-[A-Za-z]\w{0,20})?)(?=\0)/g;

/** What stands in the program's file: the program itself is not run. */
const textOf = (binary: string): string => readBytes(Buffer.from(binary, "latin1").toString("utf8"))?.toString("latin1") ?? "";

function versionIn(program: string): string | undefined {
  const found = new Set(Array.from(program.matchAll(VERSION), (match) => match[1]));
  return found.size === 1 ? [...found][0] : undefined;
}

/** The flags of the compiler, which the program holds as hexadecimal digits. */
function cflagsIn(program: string): string {
  for (const [digits] of program.matchAll(/(?<=\0)2d[0-9a-f]{200,}(?=\0)/g)) {
    const text = Buffer.from(digits, "hex").toString("latin1");
    if (flagsIn(text)) return text;
  }
  return "";
}

function programOf(name: string, path: string): string | undefined {
  for (const folder of path.split(":")) {
    const found = folder && attempt(() => realpathSync(join(folder, name)));
    if (found) return toBytes(found);
  }
  return undefined;
}
