// The command line: against `nginx -t` on one growing configuration, and against merely reading the bytes with the same runtime.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/setup.mjs";
import { program } from "./servers.mjs";
import { median } from "./stats.mjs";
import { text } from "./texts.mjs";
import { write } from "./workspace.mjs";

const cli = program("cli.js");
const temporary = join(root, "bench", "tmp");
const READ = `const fs=require("fs"),path=require("path");const walk=(d)=>{for(const e of fs.readdirSync(d,{withFileTypes:true})){const p=path.join(d,e.name);e.isDirectory()?walk(p):fs.readFileSync(p,"utf8");}};walk(process.argv[1]);`;

/** Time, processor time and peak memory of one run of a program, as the operating system counts them. */
function run(program, args) {
  const counts = existsSync("/usr/bin/time");
  const from = performance.now();
  const [command, ...rest] = counts ? ["/usr/bin/time", "-f", "%M %U %S", program, ...args] : [program, ...args];
  const { stderr, status } = spawnSync(command, rest, { encoding: "utf8", maxBuffer: 1 << 30 });
  const ms = performance.now() - from;
  const [, peak, user, system] = /(\d+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr ?? "") ?? [];
  return { ms, status, ...(peak ? { peakMb: Number(peak) / 1024, cpuMs: (Number(user) + Number(system)) * 1000 } : {}) };
}

/** Workspaces of so many vassals and as many sites: a cold check, and reading the same bytes, by turns. */
export function checkWorkspaces({ sizes, runs }) {
  return sizes.map((vassals) => {
    const folder = join(temporary, `emperor-${vassals}`);
    const files = write(folder, "emperor", vassals);
    const check = [];
    const read = [];
    for (let at = 0; at < runs; at++) {
      check.push(run(process.execPath, [cli, "check", folder]));
      read.push(run(process.execPath, ["-e", READ, folder]));
    }
    tell(`${vassals} vassals, ${files} files`, { check, read });
    return { vassals, files, check, read };
  });
}

/** One file of nginx that grows: what `nginx -t` takes, what we take, and reading it. */
export function checkNginx({ lines, runs }) {
  const nginx = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"].find((path) => existsSync(path));
  if (!nginx) return [];
  return lines.map((size) => {
    const folder = join(temporary, `nginx-${size}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "nginx.conf");
    const settings = "    server_names_hash_max_size 262144;\n    server_names_hash_bucket_size 128;\n    access_log off;\n";
    const main = `pid ${join(folder, "nginx.pid")};\nerror_log stderr;\n`;
    const config = text("nginx", size, false).text;
    writeFileSync(join(folder, "uwsgi_params"), "uwsgi_param QUERY_STRING $query_string;\n");
    writeFileSync(file, main + config.replace("http {\n", `http {\n${settings}`).replaceAll("listen 80;", "listen 127.0.0.1:18080;"));
    const kinds = { nginx: [], check: [], read: [] };
    for (let at = 0; at < runs; at++) {
      kinds.nginx.push(run(nginx, ["-t", "-q", "-p", folder, "-c", file]));
      kinds.check.push(run(process.execPath, [cli, "check", file]));
      kinds.read.push(run(process.execPath, ["-e", READ, folder]));
    }
    tell(`nginx.conf of ${size} lines`, kinds);
    return { lines: size, ...kinds };
  });
}

function tell(what, kinds) {
  const figures = Object.entries(kinds).map(
    ([name, list]) => `${name} ${median(list.map((one) => one.ms)).toFixed(0)} ms (${[...new Set(list.map((one) => one.status))]})`,
  );
  console.log(`${what}: ${figures.join(", ")}, peak ${Math.max(...kinds.check.map((one) => one.peakMb ?? 0)).toFixed(0)} MB`);
}
