import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Groups, type Identity, NO_GROUPS, NOBODY_KNOWN, UNKNOWN_GROUPS } from "../server/src/stack/access";
import { modeWords, octal, parseOctal, socketMode } from "../server/src/stack/mode";
import { type Directory, dropped, permission, type SocketSetup } from "../server/src/stack/permission";

type Place = readonly [owner: string, group: string, mode: string];
/** One experiment on the real programs, with what six different nginx workers got. */
type Observation = {
  readonly c: {
    readonly start: string;
    readonly es?: string;
    readonly eu?: string | null;
    readonly eg?: string | null;
    readonly tyrant?: boolean;
    readonly own?: readonly [string, string];
    readonly uid: string | null;
    readonly gid: string | null;
    readonly chmod: string | null;
    readonly chown: string | null;
    readonly umask_opt: string | null;
    readonly proc_umask: string;
    readonly daemonize: boolean;
    readonly dir: Place | null;
    readonly parent: Place | null;
    readonly groups: Readonly<Record<string, readonly string[]>>;
    readonly extra: Readonly<Record<string, string>>;
    readonly stale?: string;
  };
  readonly started: boolean;
  readonly sock: readonly [mode: string, uid: number, gid: number] | null;
  readonly obs: Readonly<Record<string, readonly [status: string, error: string]>>;
  readonly err: readonly string[];
};

const read = (name: string): Observation[] =>
  gunzipSync(readFileSync(new URL(`fixtures/permissions/${name}.jsonl.gz`, import.meta.url)))
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Observation);

const GROUP_OF: Readonly<Record<string, string>> = { nobody: "nogroup" };
const NUMBER: Readonly<Record<string, number>> = { root: 0, "www-data": 33, deploy: 2000 };

function setupOf({ c }: Observation): SocketSetup {
  const groupsOf = (user: string): Groups => ({
    known: Object.keys(c.groups).filter((group) => c.groups[group]!.includes(user)),
    complete: true,
  });
  const person = (user: string): Identity => ({ user, group: GROUP_OF[user] ?? user, groups: groupsOf(user) });
  const start =
    c.start === "emperor"
      ? dropped(person(c.es!), { uid: c.eu ?? null, gid: c.eg ?? null, uidGroups: groupsOf(c.eu ?? ""), addGid: [] })
      : person(c.start);
  const place = (path: string, from: Place): Directory => ({
    path,
    exists: true,
    owner: from[0],
    group: from[1],
    mode: Number.parseInt(from[2], 8),
  });
  const missing: Directory = { path: "/run/app", exists: false, owner: undefined, group: undefined, mode: undefined };
  return {
    start,
    ...(c.tyrant ? { tyrant: { owner: c.own![0], group: c.own![1] } } : {}),
    uid: c.uid,
    gid: c.gid,
    uidGroups: groupsOf(c.uid ?? ""),
    addGid: c.extra["add-gid"] ? [c.extra["add-gid"]] : [],
    chown: c.chown,
    chmod: c.chmod,
    umask: c.umask_opt,
    inheritedUmask: Number.parseInt(c.proc_umask, 8),
    daemonize: c.daemonize,
    bindsAsRoot: "master-as-root" in c.extra || "drop-after-init" in c.extra || "drop-after-apps" in c.extra,
    directories: [
      place("/", ["root", "root", "0755"]),
      ...(c.parent ? [place("/run", c.parent)] : []),
      c.dir ? place("/run/app", c.dir) : missing,
    ],
    ...(c.stale ? { oldFile: { owner: c.stale, group: c.stale, mode: 0o755 } } : {}),
  };
}

/** `nginx` is the worker `user nginx;`, `nginx:www-data` is `user nginx www-data;`. */
function workerOf({ c }: Observation, name: string): Identity {
  const [user, group] = name.split(":");
  const known = Object.keys(c.groups).filter((each) => c.groups[each]!.includes(user!));
  return { user, group: group ?? GROUP_OF[user!] ?? user, groups: { known, complete: true } };
}

describe.each([
  ["permission-matrix", 2362],
  ["permission-matrix-emperor", 1300],
])("the permission rule agrees with %s", (name, count) => {
  const observations = read(name);

  it(`has ${count} configurations seen by six workers`, () => {
    expect(observations.length).toBe(count);
    expect(new Set(observations.map((each) => Object.keys(each.obs).length))).toEqual(new Set([6]));
  });

  it("on who reaches the application", () => {
    const wrong = observations.flatMap((observed) =>
      Object.entries(observed.obs)
        .filter(
          ([worker, [status]]) => permission(setupOf(observed), workerOf(observed, worker)).connects !== (status === "200" ? "yes" : "no"),
        )
        .map(([worker]) => ({ worker, ...observed })),
    );
    expect(wrong).toEqual([]);
  });

  it("on whether uWSGI starts, and on its last words", () => {
    for (const observed of observations) {
      const { binds, message } = permission(setupOf(observed), NOBODY_KNOWN);
      expect({ c: observed.c, binds }).toEqual({ c: observed.c, binds: observed.started ? "yes" : "no" });
      if (!observed.started) expect(observed.err.at(-1)?.startsWith(message!), `${message} ${JSON.stringify(observed)}`).toBe(true);
    }
  });

  it("on owner, group and mode of the socket", () => {
    for (const observed of observations.filter((each) => each.started)) {
      const { owner, group, mode } = permission(setupOf(observed), NOBODY_KNOWN).socket;
      expect([`0${octal(mode!)}`, NUMBER[owner!], NUMBER[group!]], JSON.stringify(observed.c)).toEqual(observed.sock);
    }
  });

  it("on what nginx writes in its error log", () => {
    for (const observed of observations)
      for (const [worker, [, error]] of Object.entries(observed.obs)) {
        const { symptom, connects } = permission(setupOf(observed), workerOf(observed, worker));
        if (error) expect(symptom, `${worker} ${JSON.stringify(observed)}`).toBe(error);
        else if (connects === "yes") expect(symptom).toBeUndefined();
      }
  });
});

describe("what is not known", () => {
  const www: Identity = { user: "www-data", group: "www-data", groups: NO_GROUPS };
  const nowhere: Directory = { path: "/run/app", exists: undefined, owner: undefined, group: undefined, mode: undefined };
  const open: Directory = { path: "/run/app", exists: true, owner: "root", group: "root", mode: 0o777 };
  const root: Identity = { user: "root", group: "root", groups: NO_GROUPS };
  const bare: SocketSetup = {
    start: root,
    uid: null,
    gid: null,
    uidGroups: NO_GROUPS,
    addGid: [],
    chown: null,
    chmod: null,
    umask: null,
    inheritedUmask: 0o22,
    daemonize: false,
    bindsAsRoot: false,
    directories: [open],
  };

  it.each<[string, Partial<SocketSetup>, Identity, string]>([
    ["an unknown start does not hide that nobody else may write", { start: NOBODY_KNOWN, chown: "deploy:deploy", chmod: "660" }, www, "no"],
    ["an unknown start does not hide that all may write", { start: NOBODY_KNOWN, chmod: "666" }, www, "yes"],
    ["an unknown start leaves 660 open", { start: NOBODY_KNOWN, chmod: "660" }, www, "unknown"],
    ["an unknown directory leaves a good mode open", { directories: [nowhere], chmod: "666" }, www, "unknown"],
    ["an unknown directory does not hide a bad mode", { directories: [nowhere], chmod: "600" }, www, "no"],
    [
      "unknown groups of the worker leave 660 open",
      { uid: "deploy", gid: "deploy", chmod: "660" },
      { ...www, groups: UNKNOWN_GROUPS },
      "unknown",
    ],
    [
      "unknown groups of the worker do not hide 644",
      { uid: "deploy", gid: "deploy", chmod: "644" },
      { ...www, groups: UNKNOWN_GROUPS },
      "no",
    ],
    ["an unknown umask leaves the mode open", { uid: "deploy", gid: "www-data", inheritedUmask: undefined }, www, "unknown"],
    ["a templated chown leaves 660 open", { chown: undefined, chmod: "660" }, www, "unknown"],
    ["a numeric user may be a named one", { uid: "33", gid: "33", chmod: "600" }, www, "unknown"],
    ["uid 0 is root", { chown: "0:0", chmod: "600" }, www, "no"],
    ["an empty owner is root", { chown: ":www-data", chmod: "600" }, www, "no"],
    ["an empty owner leaves the group", { chown: ":www-data", chmod: "660" }, www, "yes"],
    ["an unknown worker may be root", { chmod: "600" }, NOBODY_KNOWN, "unknown"],
    ["stats and router sockets pass chown-socket by", { chown: "www-data", chownReaches: false }, www, "no"],
  ])("%s", (_, change, worker, connects) => {
    expect(permission({ ...bare, ...change }, worker).connects).toBe(connects);
  });

  it("numbers that are not one's own end a process without root", () => {
    const deploy: Identity = { user: "1000", group: "1000", groups: NO_GROUPS };
    expect(permission({ ...bare, start: deploy, gid: "33" }, www)).toMatchObject({
      binds: "no",
      message: "cannot setgid() as non-root user",
    });
    expect(permission({ ...bare, start: deploy, uid: "33" }, www)).toMatchObject({
      binds: "no",
      message: "cannot setuid() as non-root user",
    });
    expect(permission({ ...bare, start: deploy, uid: "www-data", gid: "www-data" }, www).identity).toBe(deploy);
    expect(permission({ ...bare, chmod: "0660" }, www)).toMatchObject({ binds: "no", message: "invalid chmod value: 0660" });
  });

  it("names what keeps nginx out", () => {
    expect(permission({ ...bare, uid: "deploy", gid: "www-data", chmod: "644" }, www).obstacle).toMatchObject({
      path: "socket",
      needs: "write",
      classes: ["group"],
      inode: { mode: 0o644 },
    });
    const home: Directory = { path: "/home/deploy", exists: true, owner: "deploy", group: "deploy", mode: 0o750 };
    expect(permission({ ...bare, chmod: "666", directories: [home] }, www).obstacle).toMatchObject({
      path: "/home/deploy",
      needs: "search",
      classes: ["other"],
    });
  });
});

describe("modes", () => {
  it.each([
    ["1", 0o666],
    ["000", 0o666],
    ["660", 0o660],
    ["0660", undefined],
    ["66", undefined],
    ["668", undefined],
    ["u+w", undefined],
    ["", undefined],
  ])("chmod-socket = %s", (value, mode) => expect(socketMode(value)).toBe(mode));

  it.each([
    ["664", "rw-rw-r--"],
    ["0755", "rwxr-xr-x"],
    ["1777", "rwxrwxrwt"],
    ["2770", "rwxrws---"],
    ["6600", "rwS--S---"],
  ])("%s reads %s", (mode, words) => expect(modeWords(mode)).toBe(words));

  it("reads octal numbers", () => {
    expect(["0o755", "0755", "755", "8", ""].map(parseOctal)).toEqual([0o755, 0o755, 0o755, undefined, undefined]);
    expect(octal(0o7)).toBe("007");
  });
});
