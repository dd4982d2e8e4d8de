/**
 * The machine this program runs on as facts about the target: its users and groups, two settings of the kernel, and what lies at the paths
 * that a configuration names. Of these paths nothing but kind, owner and mode is looked at; nothing is opened, and nothing that another
 * machine or a program would have to answer for is touched.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync } from "node:fs";
import type { ThisMachine } from "../../lsp/host";
import { folderOf, joinPath } from "../../text/uri";
import type { Local, TargetPath } from "../../workspace/target";

/** What is read of a machine: replaced in tests. */
export type Disk = {
  /** The beginning of a file of the system. */
  text(path: string): string | undefined;
  /** null: nothing is there. undefined: it cannot be known. */
  stat(path: string): Stat | null | undefined;
  link(path: string): string | undefined;
};
export type Stat = { readonly kind: TargetPath["type"] | "other"; readonly uid: number; readonly gid: number; readonly mode: number };

export const runsOnLinux = (): boolean => process.platform === "linux";

const MOST_BYTES = 1024 * 1024;
const MOST_PATHS = 20_000;
const MOST_LINKS = 40;

export function thisMachine(disk: Disk = realDisk): ThisMachine {
  const files = new Map(Object.values(FILES).map((path) => [path, disk.text(path)] as const));
  const text = (path: (typeof FILES)[keyof typeof FILES]): string => files.get(path) ?? "";
  const names = { user: byNumber(text(FILES.passwd)), group: byNumber(text(FILES.group)) };
  const isComplete = listsAll(text(FILES.sources), "passwd") && listsAll(text(FILES.sources), "group");
  const seen = new Map<string, Stat | null | undefined>();
  let remote = remoteIn(disk.text(MOUNTS) ?? "");
  let [checked, cost] = [performance.now(), 0];

  const statOf = (path: string): Stat | null | undefined => {
    if (seen.has(path)) return seen.get(path);
    if (remote.has(path) || seen.size >= MOST_PATHS) return undefined;
    const stat = disk.stat(path);
    seen.set(path, stat);
    return stat;
  };

  /** Step by step, as the kernel walks: a link on the way may lead anywhere. */
  const walk = (path: string): Stat | null | undefined => {
    let rest = namesOf(path);
    let [at, found, links]: [string, Stat | null | undefined, number] = ["", statOf("/"), 0];
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
      const next = `${at}/${name}`;
      found = statOf(next);
      if (!found) return found;
      if (found.kind === "link") {
        const to = disk.link(next);
        if (to === undefined || ++links > MOST_LINKS) return undefined;
        rest = [...namesOf(joinPath(at, to)), ...rest];
        [at, found] = ["", statOf("/")];
      } else if (rest.length > 0 && found.kind !== "dir") return null;
      else at = next;
    }
    return found;
  };

  /** A number without a name is a user of its own, unless another list may name it. */
  const named = (all: ReadonlyMap<number, string>, id: number): string | undefined => all.get(id) ?? (isComplete ? String(id) : undefined);

  const limit = Number.parseInt(text(FILES.somaxconn), 10);
  return {
    ...(isComplete && {
      users: usersIn(text(FILES.passwd), text(FILES.group)),
      usersComplete: true,
      groups: rowsOf(text(FILES.group)).map(([name]) => name),
    }),
    ...(limit > 0 && { somaxconn: limit }),
    ...(text(FILES.selinux).trim() === "1" && { selinux: "enforcing" }),
    look(path) {
      const found = walk(path);
      if (!found) return found;
      if (found.kind === "other") return undefined;
      const [owner, group] = [named(names.user, found.uid), named(names.group, found.gid)];
      return { path, type: found.kind, mode: found.mode.toString(8).padStart(4, "0"), ...(owner && { owner }), ...(group && { group }) };
    },
    isStale() {
      const start = performance.now();
      // Where very much was asked for, asking again after each change would take all the time there is.
      if (start - checked < (cost - QUICK) * REST) return false;
      remote = remoteIn(disk.text(MOUNTS) ?? "");
      const isStale =
        [...files].some(([path, before]) => disk.text(path) !== before) ||
        [...seen].some(([path, before]) => !isBehind(remote, path) && !isSame(disk.stat(path), before));
      checked = performance.now();
      cost = checked - start;
      return isStale;
    },
  };
}

/** Milliseconds that nobody notices. */
const QUICK = 20;
/** So many times as long as it took, it is not done again. */
const REST = 20;
const MOUNTS = "/proc/self/mounts";
const FILES = {
  passwd: "/etc/passwd",
  group: "/etc/group",
  sources: "/etc/nsswitch.conf",
  somaxconn: "/proc/sys/net/core/somaxconn",
  selinux: "/sys/fs/selinux/enforce",
} as const;

const rowsOf = (text: string): (readonly [string, ...string[]])[] =>
  text.split("\n").flatMap((line) => {
    const [name = "", ...rest] = line.split(":");
    return /^[^#+\-\s]/.test(name) && /^\d+$/.test(rest[1] ?? "") ? [[name, ...rest] as const] : [];
  });

const byNumber = (text: string): ReadonlyMap<number, string> =>
  new Map(
    rowsOf(text)
      .map(([name, , id]) => [Number(id), name] as const)
      .reverse(),
  );

const namesOf = (path: string): string[] =>
  joinPath("/", path)
    .split("/")
    .filter((name) => name !== "");

const isSame = (a: Stat | null | undefined, b: Stat | null | undefined): boolean =>
  a === b || (a?.kind === b?.kind && a?.uid === b?.uid && a?.gid === b?.gid && a?.mode === b?.mode && (a === null) === (b === null));

function isBehind(remote: ReadonlySet<string>, path: string): boolean {
  for (let at = path; at !== ""; at = folderOf(at)) if (remote.has(at)) return true;
  return false;
}

/** Each with its own group first. */
function usersIn(passwd: string, group: string): NonNullable<Local["users"]> {
  const groupNames = byNumber(group);
  const further = new Map<string, string[]>();
  for (const [name, , , members = ""] of rowsOf(group))
    for (const member of members.split(",")) further.set(member, [...(further.get(member) ?? []), name]);
  const users: Record<string, { groups: readonly string[]; uid: number }> = Object.create(null);
  for (const [name, , uid, gid] of rowsOf(passwd)) {
    const own = groupNames.get(Number(gid)) ?? String(gid);
    users[name] ??= { groups: [...new Set([own, ...(further.get(name) ?? [])])], uid: Number(uid) };
  }
  return users;
}

/** Whether a list of the system is all there is: no directory service is asked, no line of the file asks one. */
function listsAll(sources: string, list: string): boolean {
  const said = sources.split("\n").flatMap((line) => (line.startsWith(`${list}:`) ? [line.slice(list.length + 1).replace(/#.*/, "")] : []));
  const names = (said[0] ?? "").split(/\s+/).filter((name) => name !== "" && !name.startsWith("["));
  return names.length > 0 && names.every((name) => name === "files" || name === "systemd");
}

/** Behind these another machine answers, or a program: asking may wait for ever, or tell somebody. */
const REMOTE =
  /^(?:nfs4?|cifs|smb[23]?|smbfs|autofs|afs|ceph|9p|ncpfs|coda|davfs|glusterfs|lustre|gfs2?|ocfs2|beegfs|virtiofs|fuse(?:\..*)?|fuseblk)$/;

function remoteIn(mounts: string): ReadonlySet<string> {
  const remote = new Set<string>();
  for (const line of mounts.split("\n")) {
    const [, place = "", type = ""] = line.split(" ");
    const path = place.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
    // What is mounted later lies above. Of the root all is made, so asking for it tells nobody anything.
    if (REMOTE.test(type) && path !== "/") remote.add(path);
    else remote.delete(path);
  }
  return remote;
}

const realDisk: Disk = {
  text(path) {
    let file: number | undefined;
    try {
      file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const stat = fstatSync(file);
      if (!stat.isFile() || stat.size >= MOST_BYTES) return undefined;
      // Files of the kernel say that they are empty.
      const bytes = Buffer.allocUnsafe(stat.size > 0 ? stat.size + 1 : MOST_BYTES);
      let length = 0;
      for (let read = -1; read !== 0 && length < bytes.length; length += read)
        read = readSync(file, bytes, length, bytes.length - length, null);
      return length < bytes.length ? bytes.toString("utf8", 0, length) : undefined;
    } catch {
      return undefined;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  },
  stat(path) {
    try {
      const stat = lstatSync(path);
      const kind = stat.isSymbolicLink()
        ? "link"
        : stat.isDirectory()
          ? "dir"
          : stat.isFile()
            ? "file"
            : stat.isSocket()
              ? "socket"
              : "other";
      return { kind, uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      return code === "ENOENT" || code === "ENOTDIR" ? null : undefined;
    }
  },
  link(path) {
    try {
      return readlinkSync(path);
    } catch {
      return undefined;
    }
  },
};
