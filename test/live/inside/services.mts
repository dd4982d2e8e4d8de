/** A very small systemd: starts what the stage's unit files say, with the user, the folders and the umask they name. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { kill } from "node:process";
import type { Stage } from "../stage.ts";
import { pause } from "./ask.mts";
import { ROOT } from "./root.mts";

export type Service = { readonly name: string; readonly log: string; readonly process: ChildProcess; readonly emperor: boolean };

/** Keys of a unit's [Service] section; a key may stand there more than once. */
type Unit = ReadonlyMap<string, readonly string[]>;

const LIMITS = [
  ["LimitAS", "v"],
  ["LimitSTACK", "s"],
] as const;

export function start(stage: Stage): Service[] {
  for (const [path, text] of Object.entries(stage.files)) if (path.startsWith("/etc/tmpfiles.d/")) makeFolders(text);
  const units = Object.entries(stage.files).filter(
    ([path, text]) => /^\/etc\/systemd\/system\/[^/]+\.service$/.test(path) && text.includes("ExecStart="),
  );
  return units.map(([path, text]) => {
    const activation = stage.files[path.replace(/service$/, "socket")];
    return startUnit(path.slice("/etc/systemd/system/".length, -".service".length), parse(text), activation && parse(activation));
  });
}

function parse(text: string): Unit {
  const keys = new Map<string, string[]>();
  for (const line of text.replaceAll("\\\n", " ").split("\n")) {
    const at = line.indexOf("=");
    if (at < 1 || /^[#;[]/.test(line)) continue;
    const key = line.slice(0, at).trim();
    keys.set(key, [...(keys.get(key) ?? []), line.slice(at + 1).trim()]);
  }
  return keys;
}

function makeFolders(text: string): void {
  for (const line of text.split("\n")) {
    const [type, path, mode = "0755", user = "root", group = "root"] = line.trim().split(/\s+/);
    if (type?.startsWith("d") && path) install(path, mode, user, group);
  }
}

function install(path: string, mode: string, user: string, group: string): void {
  const dash = (word: string, instead: string): string => (word === "-" ? instead : word);
  spawnSync("chroot", [ROOT, "install", "-d", "-m", dash(mode, "0755"), "-o", dash(user, "root"), "-g", dash(group, "root"), path]);
}

/** Binds a path or a port, as a socket unit does, and runs what follows with it as descriptor 3. */
const HANDED = `import os, socket, sys
where = sys.argv[1]
made = socket.socket(socket.AF_UNIX if "/" in where else socket.AF_INET6)
made.bind(where if "/" in where else ("::", int(where)))
made.listen()
os.dup2(made.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execvp(sys.argv[2], sys.argv[2:])`;

function startUnit(name: string, unit: Unit, activation?: Unit | ""): Service {
  const one = (key: string): string | undefined => unit.get(key)?.at(-1);
  const user = one("User") ?? "root";
  const ownGroup = spawnSync("chroot", [ROOT, "id", "-gn", user], { encoding: "utf8" }).stdout.trim();
  const group = one("Group") ?? ownGroup;
  for (const folder of (one("RuntimeDirectory") ?? "").split(/\s+/).filter(Boolean))
    install(`/run/${folder}`, one("RuntimeDirectoryMode") ?? "0755", user, group);
  const rights =
    user === "root" && !one("Group")
      ? []
      : ["setpriv", `--reuid=${user}`, `--regid=${group}`, ...(user === "root" ? ["--clear-groups"] : ["--init-groups"])];
  const environment = [
    "PATH=/usr/sbin:/usr/bin",
    "HOME=/root",
    `INVOCATION_ID=${name}`,
    ...(unit.get("Environment") ?? []).map((line) => line.replace(/^"(.*)"$/, "$1")),
  ];
  const privateTmp = /^(?:yes|true|1|on)$/.test(one("PrivateTmp") ?? "") ? "mount -t tmpfs -o mode=1777 private /tmp; " : "";
  const prepare = (unit.get("ExecStartPre") ?? []).map((command) => `${command.replace(/^[-+!@:]+/, "")}; `).join("");
  const limits = LIMITS.map(([key, letter]) => (one(key) ? `ulimit -${letter} $((${one(key)} / 1024)); ` : "")).join("");
  const socket = (activation && activation.get("ListenStream")?.at(-1)) || undefined;
  const handed = socket ? `python3 -c '${HANDED}' ${socket} ` : "";
  const command = `${limits}umask ${one("UMask") ?? "022"}; cd ${one("WorkingDirectory") ?? "/"}; exec ${handed}${rights.join(" ")} ${one("ExecStart")}`;
  const log = `/var/log/${name}.log`;
  const output = openSync(ROOT + log, "a");
  const shell = ["env", "-i", ...environment, "sh", "-c", privateTmp + prepare + command];
  const process = spawn("unshare", ["--mount", "chroot", ROOT, ...shell], { stdio: ["ignore", output, output] });
  closeSync(output);
  if (!/^(?:forking|oneshot)$/.test(one("Type") ?? "")) process.on("exit", () => endAll(name));
  if (one("Type") === "forking" && one("TimeoutStartSec"))
    setTimeout(() => process.exitCode ?? endAll(name), Number(one("TimeoutStartSec")) * 1000);
  return { name, log, process, emperor: /emperor/.test(name) };
}

/** When the process that the manager started ends, whatever it left behind ends too, what is being started meanwhile included. */
function endAll(name: string): void {
  for (let round = 0; round < 50; round++) {
    const left = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry) && belongsTo(entry, name));
    if (left.length === 0) return;
    for (const pid of left) kill(Number(pid), "SIGKILL");
  }
}

function belongsTo(pid: string, name: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`INVOCATION_ID=${name}`);
  } catch {
    return false; // it ended by itself meanwhile
  }
}

const READY = /spawned uWSGI worker 1 |Operational MODE: no-workers/;
const EMPEROR_READY =
  /\[emperor\] vassal \S+ is ready to accept requests|\[emperor\] curse|Permission denied|Operation not permitted|emperor-tyrant\] invalid|Emperor died/;

/** Waits until each service serves, or ended, or the patience is over. */
export async function settled(services: readonly Service[], patience: number): Promise<void> {
  const deadline = Date.now() + patience;
  const done = ({ process, log, emperor }: Service): boolean =>
    process.exitCode !== null || process.signalCode !== null || (emperor ? EMPEROR_READY : READY).test(readFileSync(ROOT + log, "utf8"));
  while (Date.now() < deadline && !services.every(done)) await pause(20);
}

/** True when nginx listens, false when it gave up. */
export async function startNginx(): Promise<boolean> {
  mkdirSync(`${ROOT}/var/log/nginx`, { recursive: true });
  const output = openSync(`${ROOT}/var/log/nginx/stderr.log`, "a");
  const nginx = spawn("chroot", [ROOT, "nginx", "-g", "daemon off;"], { stdio: ["ignore", output, output], cwd: "/" });
  closeSync(output);
  const deadline = Date.now() + 3000;
  while (nginx.exitCode === null && Date.now() < deadline) {
    if (await listens(80)) return true;
    await pause(10);
  }
  return false;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket.destroy() !== undefined));
    socket.on("error", () => resolve(false));
  });
}
