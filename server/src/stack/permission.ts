/**
 * May uWSGI bind its unix socket, whose is it then, and may nginx connect to it?
 * One rule, checked against 21 972 observations of both programs (test/permission.test.ts).
 * Of every text below undefined means "not known" and null "known to be absent".
 */
import {
  type Answer,
  type Class,
  every,
  type Groups,
  type Identity,
  type Inode,
  isMember,
  isRoot,
  may,
  NO_GROUPS,
  SETGID,
  STICKY,
  same,
  some,
  UNKNOWN_GROUPS,
  type Verdict,
} from "./access";
import { socketMode } from "./mode";

export type Maybe = string | null | undefined;
/** A directory on the way to the socket; `exists` undefined is "not known". */
export type Directory = Inode & { readonly path: string; readonly exists: boolean | undefined };

/** What of a uWSGI instance bears on its sockets. */
export type SocketSetup = {
  /** Who runs the program: root, the unit's user, or the emperor after its own uid and gid (see `dropped`). */
  readonly start: Identity;
  /** Set for a vassal of a tyrant emperor: owner and group of its file. */
  readonly tyrant?: { readonly owner: string | undefined; readonly group: string | undefined };
  readonly uid: Maybe;
  readonly gid: Maybe;
  /** Groups of the user `uid` in the machine's database; none with `no-initgroups`. */
  readonly uidGroups: Groups;
  readonly addGid: readonly string[];
  readonly chown: Maybe;
  readonly chmod: Maybe;
  /** Octal digits of the option `umask`. */
  readonly umask: Maybe;
  /** The umask the process gets from its parent: usually 022. */
  readonly inheritedUmask: number | undefined;
  /** `daemonize` of its own or of its emperor: it clears the umask. */
  readonly daemonize: boolean;
  /** master-as-root, drop-after-init, drop-after-apps, or a shared socket: root binds. */
  readonly bindsAsRoot: boolean;
  /** False for the sockets of routers and of stats: `chown-socket` passes them by. */
  readonly chownReaches?: boolean;
  /** From the root directory down to the one the socket lies in. */
  readonly directories: readonly Directory[];
  /** A file that already lies at the socket's path. */
  readonly oldFile?: Inode;
};

/** What keeps a process out: the inode, the permission it lacks, and the columns of the mode that were looked at. */
export type Obstacle = {
  readonly who: Identity;
  readonly path: string | "socket";
  readonly inode: Inode;
  readonly needs: "write" | "search";
  readonly classes: readonly Class[];
};
export type Binding = {
  readonly binds: Answer;
  /** uWSGI's own words in its log when it does not bind. */
  readonly message?: string;
  readonly obstacle?: Obstacle;
  readonly identity: Identity;
  /** The socket as it is, or would be, once bound. */
  readonly socket: Inode;
};
export type Connection = {
  /** Presumes that uWSGI runs unless it is known not to bind. */
  readonly connects: Answer;
  /** What nginx writes in its error log. */
  readonly symptom?: "13: Permission denied" | "2: No such file or directory" | "111: Connection refused";
  readonly obstacle?: Obstacle;
};

type Stop = { readonly message: string };

/** The one question: does nginx reach the socket of this instance? */
export function permission(setup: SocketSetup, worker: Identity): Binding & Connection {
  const binding = bind(setup);
  return { ...binding, ...connect(setup, binding, worker) };
}

/** A process that starts as `start` after uWSGI applied uid and gid. Supplementary groups change only together with the gid. */
export function dropped(start: Identity, setup: Pick<SocketSetup, "uid" | "gid" | "uidGroups" | "addGid">): Identity {
  const { uid, gid, uidGroups, addGid } = setup;
  const root = isRoot(start);
  if (root === "no" || (uid === null && gid === null)) return start;
  if (root === "unknown") return { user: undefined, group: undefined, groups: UNKNOWN_GROUPS };
  const user = uid === null ? start.user : uid;
  if (gid === null) return { ...start, user };
  if (gid === undefined) return { user, group: undefined, groups: UNKNOWN_GROUPS };
  const groups =
    addGid.length > 0 ? { known: addGid, complete: true } : uid === null ? NO_GROUPS : uid === undefined ? UNKNOWN_GROUPS : uidGroups;
  return { user, group: gid, groups };
}

export function bind(setup: SocketSetup): Binding {
  const start = setup.tyrant ? { user: setup.tyrant.owner, group: setup.tyrant.group, groups: NO_GROUPS } : setup.start;
  const chowns = setup.chownReaches === false ? null : setup.chown;
  const early = setup.bindsAsRoot || setup.chown !== null;
  const identity = early && isRoot(start) !== "no" ? start : dropped(start, setup);
  const socket = socketInode(setup, identity, chowns);
  const stop = tyrantStop(setup) ?? optionStop(setup, start);
  if (stop) return { binds: "no", message: stop.message, identity, socket };
  const place = placeOf(setup, identity);
  if (place.binds === "no") return { ...place, identity, socket };
  const owned = chownAllowed(identity, chowns);
  if (owned === "no") return { binds: "no", message: "chown(): Operation not permitted", identity, socket };
  return { binds: every([place.binds, owned]), identity, socket };
}

function tyrantStop({ tyrant, start }: SocketSetup): Stop | undefined {
  if (!tyrant) return undefined;
  if (same(tyrant.owner, "root") === "yes" || same(tyrant.group, "root") === "yes")
    return { message: "[emperor-tyrant] invalid permissions for vassal" };
  return isRoot(start) === "no" ? { message: "setgroups(): Operation not permitted" } : undefined;
}

/** Options that end uWSGI before it looks at the socket. Names given as uid or gid are not even looked up without root. */
function optionStop(setup: SocketSetup, start: Identity): Stop | undefined {
  if (typeof setup.chmod === "string" && socketMode(setup.chmod) === undefined) return { message: `invalid chmod value: ${setup.chmod}` };
  if (isRoot(start) !== "no") return undefined;
  if (isForeignNumber(setup.gid, start.group)) return { message: "cannot setgid() as non-root user" };
  return isForeignNumber(setup.uid, start.user) ? { message: "cannot setuid() as non-root user" } : undefined;
}

const isForeignNumber = (value: Maybe, own: string | undefined): boolean =>
  typeof value === "string" && /^0*[1-9]\d*$/.test(value) && same(value, own) === "no";

/** Every directory must let the process through, the last one must let it make a file and take the old one away. */
function placeOf({ directories, oldFile }: SocketSetup, identity: Identity): Pick<Binding, "binds" | "message" | "obstacle"> {
  const answers: Answer[] = [];
  for (const directory of directories) {
    if (directory.exists === false) return { binds: "no", message: "bind(): No such file or directory" };
    const needs = directory === directories.at(-1) ? (["search", "write"] as const) : (["search"] as const);
    for (const permission of needs) {
      const verdict = may(identity, permission, directory);
      answers.push(verdict.answer);
      if (verdict.answer !== "no") continue;
      const inTheWay = permission === "write" && oldFile !== undefined;
      return {
        binds: "no",
        message: `bind(): ${inTheWay ? "Address already in use" : "Permission denied"}`,
        obstacle: obstacle(identity, directory.path, directory, permission, verdict),
      };
    }
  }
  const last = directories.at(-1);
  if (oldFile && last) {
    const removed = mayRemove(identity, last, oldFile);
    if (removed === "no") return { binds: "no", message: "bind(): Address already in use" };
    answers.push(removed);
  }
  return { binds: directories.length > 0 ? every(answers) : "unknown" };
}

/** In a sticky directory a file is removed only by its owner, the directory's owner, or root. */
function mayRemove(identity: Identity, directory: Directory, file: Inode): Answer {
  if (directory.mode === undefined) return "unknown";
  if ((directory.mode & STICKY) === 0) return "yes";
  return some([isRoot(identity), same(identity.user, file.owner), same(identity.user, directory.owner)]);
}

function chownAllowed(identity: Identity, chown: Maybe): Answer {
  if (chown === null || isRoot(identity) === "yes") return "yes";
  if (chown === undefined) return "unknown";
  const { owner, group } = chownParts(chown);
  const answer = every([same(identity.user, owner), group === null ? "yes" : isMember(identity, group)]);
  return answer === "no" && isRoot(identity) === "unknown" ? "unknown" : answer;
}

/** `user:group`. An empty part counts as 0, that is root; without a colon the group is left alone. */
export function chownParts(value: string): { readonly owner: string; readonly group: string | null } {
  const colon = value.indexOf(":");
  const part = (text: string): string => (text === "" ? "root" : text);
  return colon < 0 ? { owner: part(value), group: null } : { owner: part(value.slice(0, colon)), group: part(value.slice(colon + 1)) };
}

function socketInode(setup: SocketSetup, identity: Identity, chown: Maybe): Inode {
  const directory = setup.directories.at(-1);
  // A directory of unknown mode is presumed not to hand down its group: few do.
  const handedDown = directory?.mode !== undefined && (directory.mode & SETGID) !== 0;
  const born = { owner: identity.user, group: handedDown ? directory.group : identity.group };
  const mode = modeOf(setup);
  if (chown === null) return { ...born, mode };
  if (chown === undefined) return { owner: undefined, group: undefined, mode };
  const { owner, group } = chownParts(chown);
  return { owner, group: group ?? born.group, mode };
}

function modeOf({ chmod, umask, daemonize, inheritedUmask }: SocketSetup): number | undefined {
  if (chmod === undefined) return undefined;
  if (chmod !== null) return socketMode(chmod);
  if (umask === undefined) return undefined;
  const mask = umask !== null ? Number.parseInt(umask, 8) : daemonize ? 0 : inheritedUmask;
  return mask === undefined || Number.isNaN(mask) ? undefined : 0o777 & ~mask;
}

/** nginx needs a way through every directory and the write bit of the socket; the others do not matter. */
export function connect(setup: SocketSetup, binding: Binding, worker: Identity): Connection {
  const answers: Answer[] = [];
  for (const directory of setup.directories) {
    if (directory.exists === false) return { connects: "no", symptom: "2: No such file or directory" };
    const verdict = may(worker, "search", directory);
    if (verdict.answer === "no")
      return { connects: "no", symptom: "13: Permission denied", obstacle: obstacle(worker, directory.path, directory, "search", verdict) };
    answers.push(verdict.answer);
  }
  if (binding.binds === "no") return { connects: "no", ...leftBehind(setup, binding, worker) };
  const verdict = may(worker, "write", binding.socket);
  if (verdict.answer === "no")
    return { connects: "no", symptom: "13: Permission denied", obstacle: obstacle(worker, "socket", binding.socket, "write", verdict) };
  return { connects: every([...answers, verdict.answer]) };
}

/** What nginx says when nobody listens depends on the file it finds: the old one, or the one uWSGI made before it gave up. */
function leftBehind(setup: SocketSetup, binding: Binding, worker: Identity): Pick<Connection, "symptom"> {
  const made = socketInode(setup, binding.identity, null);
  const file = binding.message?.startsWith("chown()") ? made : binding.message?.startsWith("bind()") ? setup.oldFile : undefined;
  if (!file) return { symptom: "2: No such file or directory" };
  const { answer } = may(worker, "write", file);
  return answer === "unknown" ? {} : { symptom: answer === "yes" ? "111: Connection refused" : "13: Permission denied" };
}

const obstacle = (who: Identity, path: string, inode: Inode, needs: "write" | "search", { classes }: Verdict): Obstacle => ({
  who,
  path,
  inode,
  needs,
  classes,
});
