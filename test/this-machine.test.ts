// The machine itself as facts: what is read of it, what is left alone, and what the findings then know.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Disk, runsOnLinux, type Stat, thisMachine } from "../server/src/host/node/this-machine";
import { diagnose } from "../server/src/ide/diagnose";
import { stackOf } from "../server/src/stack/stack";
import { fileUri } from "../server/src/text/uri";
import type { Target } from "../server/src/workspace/target";
import { Workspace } from "../server/src/workspace/workspace";

const LISTS = {
  "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/sbin/nologin\nshop:x:1001:1001::/srv/shop:/bin/sh\n",
  "/etc/group": "root:x:0:\nwww-data:x:33:\nshop:x:1001:\ndeploy:x:1002:shop,www-data\n",
  "/etc/nsswitch.conf": "passwd: files systemd\ngroup:\tfiles [SUCCESS=merge] systemd # both\n",
  "/proc/sys/net/core/somaxconn": "4096\n",
};
type Entry = readonly [Stat["kind"], number, number, number] | string;

/** A disk in memory: kind, owner, group and mode of a path, or where a link leads. */
function diskWith(entries: Readonly<Record<string, Entry>>, lists: Readonly<Record<string, string>> = LISTS) {
  const asked: string[] = [];
  const all: Record<string, Entry> = { "/": ["dir", 0, 0, 0o755], ...entries };
  const disk: Disk = {
    text: (path) => lists[path],
    stat(path) {
      asked.push(path);
      const entry = all[path];
      if (entry === undefined) return null;
      if (typeof entry === "string") return { kind: "link", uid: 0, gid: 0, mode: 0o777 };
      const [kind, uid, gid, mode] = entry;
      return { kind, uid, gid, mode };
    },
    link: (path) => (typeof all[path] === "string" ? String(all[path]) : undefined),
  };
  return { disk, asked, all };
}

const DIR = ["dir", 0, 0, 0o755] as const;

describe("what a machine tells", () => {
  it("users with their groups, its own first; all groups; the kernel's limit", () => {
    expect(thisMachine(diskWith({}).disk)).toMatchObject({
      users: {
        root: { groups: ["root"], uid: 0 },
        "www-data": { groups: ["www-data", "deploy"], uid: 33 },
        shop: { groups: ["shop", "deploy"], uid: 1001 },
      },
      usersComplete: true,
      groups: ["root", "www-data", "shop", "deploy"],
      somaxconn: 4096,
    });
    expect(thisMachine(diskWith({}).disk).selinux).toBeUndefined();
    expect(thisMachine(diskWith({}, { ...LISTS, "/sys/fs/selinux/enforce": "1" }).disk).selinux).toBe("enforcing");
  });

  it.each(["passwd: sss files systemd\ngroup: files\n", "passwd: files ldap\ngroup: files ldap\n", "", "passwd: files\n"])(
    "nothing of users where a directory service may know more: %j",
    (sources) => {
      const { disk } = diskWith({ "/srv": ["dir", 1001, 77, 0o750] }, { ...LISTS, "/etc/nsswitch.conf": sources });
      const machine = thisMachine(disk);
      expect(machine).not.toHaveProperty("users");
      expect(machine).not.toHaveProperty("usersComplete");
      expect(machine.look("/srv")).toEqual({ path: "/srv", type: "dir", owner: "shop", mode: "0750" });
    },
  );

  it("kind, owner and mode of a path, through links as the kernel goes", () => {
    const { disk } = diskWith({
      "/srv": DIR,
      "/srv/app": "/data/../opt/./app",
      "/opt": DIR,
      "/opt/app": ["dir", 1001, 33, 0o2750],
      "/opt/app/app.sock": ["socket", 1001, 4711, 0o660],
      "/opt/app/here": "app.sock",
      "/opt/app/lost": "nowhere",
      "/opt/app/fifo": ["other", 0, 0, 0o600],
      "/opt/a": "b",
      "/opt/b": "a",
    });
    const { look } = thisMachine(disk);
    expect(look("/srv/app")).toEqual({ path: "/srv/app", type: "dir", owner: "shop", group: "www-data", mode: "2750" });
    const socket = { type: "socket", owner: "shop", group: "4711", mode: "0660" };
    expect(look("/srv/app/app.sock")).toMatchObject(socket);
    expect(look("/srv/app/here")).toMatchObject(socket);
    expect(look("/")).toMatchObject({ type: "dir", owner: "root" });
    expect(look("/srv/app/lost")).toBeNull();
    expect(look("/srv/other/x")).toBeNull();
    expect(look("/srv/app/app.sock/x")).toBeNull();
    expect(look("/opt/app/fifo")).toBeUndefined();
    expect(look("/opt/a")).toBeUndefined();
  });

  it("nothing behind a mount that another machine or a program answers for", () => {
    const mounts =
      "/dev/vda / ext4 rw 0 0\nserver:/x /mnt/far\\040away nfs4 rw 0 0\nauto /net autofs rw 0 0\nauto /home autofs rw 0 0\n/dev/vdb /home ext4 rw 0 0\n";
    const { disk, asked } = diskWith(
      { "/mnt": DIR, "/mnt/far away": DIR, "/net": DIR, "/net/evil": DIR, "/srv": "/net/evil/x", "/home": DIR, "/home/shop": DIR },
      { ...LISTS, "/proc/self/mounts": mounts },
    );
    const machine = thisMachine(disk);
    for (const path of ["/mnt/far away/x", "/net/evil", "/net", "/srv/app"]) expect(machine.look(path)).toBeUndefined();
    expect(machine.look("/home/shop")).toMatchObject({ type: "dir" });
    machine.isStale();
    expect(asked.filter((path) => /^\/net|far/.test(path))).toEqual([]);
  });

  it("asks for each path once, for no more than so many, and notices when one is otherwise", async () => {
    const { disk, asked, all } = diskWith({ "/srv": DIR, "/srv/a": DIR });
    const machine = thisMachine(disk);
    machine.look("/srv/a");
    machine.look("/srv/a");
    machine.look("/srv/b");
    expect(asked).toEqual(["/", "/srv", "/srv/a", "/srv/b"]);
    expect(machine.isStale()).toBe(false);
    all["/srv/b"] = DIR;
    await expect.poll(() => machine.isStale()).toBe(true);
    const fresh = thisMachine(disk);
    for (let count = 0; count < 30_000; count++) fresh.look(`/srv/${count}`);
    expect(fresh.look("/srv/another")).toBeUndefined();
    expect(asked.length).toBeLessThan(21_000);
  });
});

/** Findings of all files, as `file:line rule`. */
function found(files: Readonly<Record<string, string>>, target: Target, root = "/"): readonly string[] {
  const workspace = new Workspace([fileUri(root).replace(/\/$/, "")]);
  workspace.target = target;
  for (const [path, text] of Object.entries(files)) workspace.set(fileUri(path), text);
  const context = { workspace, stack: stackOf(workspace) };
  return [...workspace.documents].flatMap((document) =>
    diagnose(document, context).map(
      ({ uri, span, code }) => `${uri.slice(7)}:${(workspace.get(uri)?.lines.position(span.start).line ?? 0) + 1} ${code}`,
    ),
  );
}

describe("findings where the files lie on the machine", () => {
  const MACHINE = {
    "/etc": DIR,
    "/etc/uwsgi": DIR,
    "/etc/uwsgi/vassals": DIR,
    "/etc/uwsgi/vassals/shop.ini": ["file", 0, 0, 0o644],
    "/srv": DIR,
    "/srv/shop": ["dir", 1001, 1001, 0o750],
    "/var": DIR,
    "/var/log": DIR,
  } as const;
  const UNIT = "[Service]\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/shop.ini\nKillSignal=SIGQUIT\n";
  const shop = (...lines: string[]): string => `[uwsgi]\nmaster = true\n${lines.join("\n")}\n`;
  const local = (entries: Readonly<Record<string, Entry>> = MACHINE): Target => ({ local: thisMachine(diskWith(entries).disk) });
  const setup = (...lines: string[]) => ({
    "/etc/systemd/system/shop.service": UNIT,
    "/etc/uwsgi/shop.ini": shop("socket = :3031", ...lines),
  });

  it("know the users and groups that there are", () => {
    const files = setup("uid = shpo", "gid = deploy");
    expect(found(files, local())).toEqual(["/etc/uwsgi/shop.ini:4 unknown-user"]);
    expect(found(files, {})).toEqual([]);
    expect(found({ "/etc/nginx/nginx.conf": "user ngnix;\nevents {}\nhttp {}\n" }, local())).toEqual([
      "/etc/nginx/nginx.conf:1 nginx-user",
    ]);
  });

  it("know what is missing, but of what comes and goes nothing", () => {
    const files = setup("chdir = /srv/shpo", "logto = /run/nowhere/x.log", "pidfile = /tmp/nowhere/pid", "virtualenv = /srv/shop/venv");
    expect(found(files, local())).toEqual(["/etc/uwsgi/shop.ini:4 missing-path", "/etc/uwsgi/shop.ini:7 missing-path"]);
    const made = { ...setup("logto = /var/log/shop/x.log"), "/etc/tmpfiles.d/shop.conf": "d /var/log/shop 0755 shop shop\n" };
    expect(found(made, local())).toEqual([]);
  });

  it("know includes that are missing, and those that only lie elsewhere", () => {
    const nginx = "events {}\nhttp {\n  include mime.types;\n  include conf.d/*.conf;\n  include gone.conf;\n  include /opt/far.conf;\n}\n";
    const machine = {
      ...MACHINE,
      "/etc/nginx": DIR,
      "/etc/nginx/mime.types": ["file", 0, 0, 0o644],
      "/opt": DIR,
      "/opt/far.conf": ["file", 0, 0, 0o644],
    } as const;
    expect(found({ "/etc/nginx/nginx.conf": nginx }, local(machine))).toEqual(["/etc/nginx/nginx.conf:5 nginx-missing-include"]);
    expect(found(setup("ini = /etc/uwsgi/base.ini"), local())).toContain("/etc/uwsgi/shop.ini:4 include-missing");
  });

  it("know the owner of a vassal, and who may pass to a socket", () => {
    const files = {
      "/etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nemperor-tyrant = true\n",
      "/etc/uwsgi/vassals/shop.ini": shop("socket = :3031"),
    };
    expect(found(files, local())).toEqual(["/etc/uwsgi/vassals/shop.ini:1 tyrant-root-file"]);
    expect(found(files, local({ ...MACHINE, "/etc/uwsgi/vassals/shop.ini": ["file", 1001, 1001, 0o644] }))).toEqual([]);
    const pass =
      "events {}\nuser www-data;\nhttp {\n  server {\n    location / {\n      include uwsgi_params;\n      uwsgi_pass unix:/srv/shop/s;\n    }\n  }\n}\n";
    const both = { ...setup("uid = shop", "gid = shop", "socket = /srv/shop/s", "chmod-socket = 666"), "/etc/nginx/nginx.conf": pass };
    expect(found(both, local())).toContain("/etc/nginx/nginx.conf:7 socket-permission");
    expect(found(both, local({ ...MACHINE, "/srv/shop": ["dir", 1001, 33, 0o750] }))).not.toContain(
      "/etc/nginx/nginx.conf:7 socket-permission",
    );
    expect(found(both, local({ ...MACHINE, "/srv/shop": ["dir", 0, 0, 0o755] }))).toContain("/etc/uwsgi/shop.ini:6 bind-denied");
  });

  it("know the kernel's limit", () => {
    expect(found(setup("listen = 8000"), local())).toEqual(["/etc/uwsgi/shop.ini:4 listen-queue"]);
  });

  it("believe what is said more than what is seen", () => {
    const files = setup("uid = shpo", "chdir = /srv/shpo", "listen = 8000");
    const said = { users: { shpo: { groups: ["shpo"] } }, paths: [{ path: "/srv/shpo", type: "dir" }], somaxconn: 9000 } as const;
    expect(found(files, { ...said, ...local() })).toEqual([]);
    const none = { users: { root: { groups: ["root"] } }, usersComplete: true, missing: ["/srv/shop"] } as const;
    expect(found(setup("uid = shop", "chdir = /srv/shop"), { ...none, ...local() })).toEqual([
      "/etc/uwsgi/shop.ini:4 unknown-user",
      "/etc/uwsgi/shop.ini:5 missing-path",
    ]);
  });

  it("say nothing of this machine about what may run in a container", () => {
    const files = {
      "/srv/shop/uwsgi.ini": shop("socket = :3031", "uid = app", "chdir = /app"),
      "/srv/shop/conf/nginx.conf": "user ngnix;\nevents {}\nhttp {}\n",
    };
    expect(found(files, local())).toHaveLength(3);
    expect(found({ ...files, "/srv/shop/Dockerfile": "FROM python:3\nCOPY . /app\n" }, local())).toEqual([]);
  });

  it("know each file by its own path", () => {
    const files = { "/srv/shop/u.ini": shop("socket = %d/s"), "/srv/other/u.ini": shop("socket = %d/s") };
    const workspace = new Workspace(["file:///srv"]);
    workspace.target = local();
    for (const [path, text] of Object.entries(files)) workspace.set(fileUri(path), text);
    expect(workspace.paths.deployed("file:///srv/shop/u.ini")).toBe("/srv/shop/u.ini");
    expect(workspace.paths.resolve("/srv/other/u.ini")).toBe("file:///srv/other/u.ini");
    // What lies elsewhere on this machine is none of these.
    expect(workspace.paths.resolve("/opt/x/other/u.ini")).toBeUndefined();
    workspace.target = { ...local(), pathMapping: { "/etc/uwsgi": "file:///srv/shop" } };
    expect(workspace.paths.deployed("file:///srv/shop/u.ini")).toBe("/etc/uwsgi/u.ini");
  });
});

describe.runIf(runsOnLinux() && process.getuid?.() === 0)("the disk of this machine", () => {
  it("tells the same as ls, and opens nothing that is named", () => {
    const folder = mkdtempSync("/var/tmp/uwsgi-nginx-");
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, "run"));
    chownSync(join(folder, "run"), 33, 33);
    chmodSync(join(folder, "run"), 0o2750);
    writeFileSync(join(folder, "a.ini"), "");
    symlinkSync("run", join(folder, "link"));
    const server = createServer().listen(join(folder, "run/s"));
    onTestFinished(() => void server.close());
    const machine = thisMachine();
    expect(machine.look(join(folder, "link"))).toMatchObject({ type: "dir", mode: "2750" });
    expect(machine.look(join(folder, "link/s"))).toMatchObject({ type: "socket" });
    expect(machine.look(join(folder, "a.ini"))).toMatchObject({ type: "file", owner: "root", group: "root" });
    expect(machine.look(join(folder, "b.ini"))).toBeNull();
    expect(machine.look("/dev/null")).toBeUndefined();
    expect(machine.isStale()).toBe(false);
    expect(thisMachine()).toMatchObject({ somaxconn: expect.any(Number) });
  });
});
