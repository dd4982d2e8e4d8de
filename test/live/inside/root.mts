/** The private machine's file system: programs from the real one, everything else made for the occasion in memory. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Stage } from "../stage.ts";

export const ROOT = "/mnt";

const SKELETON = `
ip link set lo up
# Without an address beside loopback the C library hides ::1 from nginx.
ip addr add 192.0.2.1/32 dev lo
ip addr add 2001:db8::1/128 dev lo nodad
mount -t tmpfs -o mode=755 stage ${ROOT}
cd ${ROOT}
mkdir -p usr dev proc etc/nginx/conf.d run/lock tmp var/log/nginx var/log/uwsgi var/lib/nginx var/www root home srv/app
chmod 700 root
chmod 1777 tmp
ln -s usr/bin usr/sbin usr/lib usr/lib64 .
ln -s /run var/run
ln -s /run/lock var/lock
mount --bind /usr usr
mount --rbind /dev dev
mount -t proc proc proc
for each in alternatives ld.so.cache nginx/uwsgi_params nginx/fastcgi_params nginx/scgi_params nginx/proxy_params nginx/mime.types; do cp -a /etc/$each etc/$each; done
cp -a /etc/python3* etc/
chown www-data:adm var/log/nginx
`;

const CERTIFICATE = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -keyout ${ROOT}/etc/nginx/stage.key -out ${ROOT}/etc/nginx/stage.pem`;

const PEOPLE: readonly (readonly [name: string, id: number])[] = [
  ["root", 0],
  ["www-data", 33],
  ["nobody", 65534],
  ["nginx", 101],
  ["deploy", 2000],
];

export function build(stage: Stage): void {
  execFileSync("sh", ["-e", "-c", SKELETON], { stdio: ["ignore", "ignore", "inherit"] });
  const ids = writePeople(stage.users);
  write("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n");
  write("/etc/host.conf", "multi on\n");
  write("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
  for (const [path, text] of Object.entries(stage.files)) write(path, text);
  if (Object.values(stage.files).some((text) => text.includes("/etc/nginx/stage.pem"))) execFileSync("sh", ["-e", "-c", CERTIFICATE], { stdio: "ignore" });
  for (const [path, target] of Object.entries(stage.links)) {
    mkdirSync(dirname(ROOT + path), { recursive: true });
    symlinkSync(target, ROOT + path);
  }
  for (const [path, words] of Object.entries(stage.owned)) own(path, words, ids);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(ROOT + path), { recursive: true });
  writeFileSync(ROOT + path, text);
}

type Ids = { readonly users: ReadonlyMap<string, number>; readonly groups: ReadonlyMap<string, number> };

export function own(path: string, words: string, { users, groups }: Ids): void {
  const [, user = "root", group = "root", mode = "755"] = /^([\w-]+):([\w-]+) ([0-7]+)$/.exec(words) ?? [];
  if (!existsSync(ROOT + path)) mkdirSync(ROOT + path, { recursive: true });
  lchownSync(ROOT + path, users.get(user) ?? 0, groups.get(group) ?? 0);
  chmodSync(ROOT + path, Number.parseInt(mode, 8));
}

/** Writes the user database; group ids follow user ids where the names agree. */
function writePeople(further: Stage["users"]): Ids {
  const users = new Map(PEOPLE);
  const members = new Map<string, string[]>([
    ["nogroup", []],
    ...PEOPLE.filter(([name]) => name !== "nobody").map(([name]): [string, string[]] => [name, []]),
  ]);
  for (const [name, groups] of Object.entries(further)) {
    if (!users.has(name)) users.set(name, 3000 + users.size);
    for (const group of groups) members.set(group, [...(members.get(group) ?? []), name]);
  }
  const groups = new Map([...members.keys()].map((name, at) => [name, name === "nogroup" ? 65534 : (users.get(name) ?? 4000 + at)]));
  const own = (name: string): number => groups.get(further[name]?.[0] ?? (name === "nobody" ? "nogroup" : name)) ?? 65534;
  write(
    "/etc/passwd",
    [...users].map(([name, id]) => `${name}:x:${id}:${own(name)}::${name === "root" ? "/root" : `/home/${name}`}:/bin/sh\n`).join(""),
  );
  write("/etc/group", [...groups].map(([name, id]) => `${name}:x:${id}:${(members.get(name) ?? []).join(",")}\n`).join(""));
  return { users, groups };
}
