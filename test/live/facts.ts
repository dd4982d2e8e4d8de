/** What a tool that may look at the scenario's machine would see: users, owners, what is missing. The shape of `check --facts`. */
import { readdirSync } from "node:fs";
import { posix } from "node:path";
import type { Stage } from "./stage";

const USUAL_FOLDERS: Stage["owned"] = {
  "/": "root:root 755",
  "/etc": "root:root 755",
  "/run": "root:root 755",
  "/srv": "root:root 755",
  "/srv/app": "root:root 755",
  "/tmp": "root:root 1777",
  "/root": "root:root 700",
  "/home": "root:root 755",
  "/var": "root:root 755",
  "/var/log": "root:root 755",
};
const USUAL_USERS: Stage["users"] = { root: ["root"], "www-data": ["www-data"], nobody: ["nogroup"], nginx: ["nginx"], deploy: ["deploy"] };
const IDS: Readonly<Record<string, number>> = { root: 0, "www-data": 33, nobody: 65534, nginx: 101, deploy: 2000 };

const PLUGINS = readdirSync("/usr/lib/uwsgi/plugins")
  .filter((file) => file.endsWith("_plugin.so"))
  .map((file) => file.slice(0, -"_plugin.so".length));

export function factsOf({ files, owned, users, links }: Stage, missing: readonly string[], unseen: readonly string[]): unknown {
  const places: Record<string, string> = { ...USUAL_FOLDERS };
  for (const path of Object.keys(owned)) for (const above of ancestors(path)) places[above] ??= "root:root 755";
  for (const path of Object.keys(files)) {
    places[path] = "root:root 644";
    for (const above of ancestors(path)) places[above] ??= "root:root 755";
  }
  for (const path of Object.keys(links)) places[path] = "root:root 755";
  Object.assign(places, owned);
  const people = { ...USUAL_USERS, ...users };
  return {
    system: {
      distro: "debian",
      uwsgiInstall: "debian",
      uwsgiVersion: "2.0.21",
      nginxVersion: "1.22.1",
      somaxconn: 4096,
      plugins: PLUGINS,
      usersComplete: true,
      users: Object.fromEntries(
        Object.entries(people).map(([name, groups]) => [name, { groups, ...(name in IDS ? { uid: IDS[name] } : {}) }]),
      ),
      paths: Object.entries(places)
        .filter(([path]) => !unseen.includes(path))
        .map(([path, words]) => place(path, words, path in files)),
      missing: [...new Set([...missing, ...missingFolders(files, places)])].filter((path) => !unseen.includes(path)),
    },
    files: Object.keys(files).map((path) => ({ path: path.slice(1), deployedAs: path })),
  };
}

function place(path: string, words: string, isFile: boolean): unknown {
  const [owner = "root:root", mode = "755"] = words.split(" ");
  const [user, group] = owner.split(":");
  return { path, type: isFile ? "file" : "dir", owner: user, group, mode: mode.padStart(4, "0") };
}

function ancestors(path: string): readonly string[] {
  const above: string[] = [];
  for (let at = posix.dirname(path); at !== "/"; at = posix.dirname(at)) above.push(at);
  return above;
}

/** Folders that a path in the files names and that are not there. What the programs bring is there. */
function missingFolders(files: Stage["files"], places: Readonly<Record<string, string>>): readonly string[] {
  const named = Object.values(files).flatMap((text) =>
    [...text.matchAll(/(?:^|[\s:='"])(\/(?:run|srv|var|tmp|home|root|opt|etc\/uwsgi)\/[\w./-]+)/gm)].map((match) =>
      posix.normalize(match[1]!),
    ),
  );
  const brought = new Set(["/var/lib", "/var/www", "/var/log/nginx", "/var/log/uwsgi", "/var/run", "/run/lock"]);
  return named.flatMap(ancestors).filter((path) => !(path in places) && !brought.has(path) && !path.startsWith("/var/run/"));
}
