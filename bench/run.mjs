// `npm run bench`: the command line on workspaces of growing size, against merely reading their bytes with the same runtime.
// Prints medians; raw figures go to bench/results/. Timings are never tests.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { write } from "./workspace.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const cli = join(here, "../dist/cli.js");
const RUNS = Number(process.env.RUNS ?? 5);
const SIZES = (process.env.SIZES ?? "10,1000,10000").split(",").map(Number);
const READ = `const fs=require("fs"),path=require("path");const walk=(d)=>{for(const e of fs.readdirSync(d,{withFileTypes:true})){const p=path.join(d,e.name);e.isDirectory()?walk(p):fs.readFileSync(p,"utf8");}};walk(process.argv[1]);`;

/** Milliseconds and peak memory in MB of one run, by the operating system's account where it gives one. */
function run(args) {
  const from = process.hrtime.bigint();
  const time = existsSync("/usr/bin/time") ? ["/usr/bin/time", ["-f", "%M", process.execPath, ...args]] : [process.execPath, args];
  const { stderr } = spawnSync(time[0], time[1], { encoding: "utf8", maxBuffer: 1 << 28 });
  const ms = Number(process.hrtime.bigint() - from) / 1e6;
  return { ms, mb: Number(/(\d+)\s*$/.exec(stderr ?? "")?.[1] ?? 0) / 1024 };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const results = [];
for (const size of SIZES) {
  const folder = join(here, "tmp", `emperor-${size}`);
  const files = write(folder, "emperor", size);
  const checks = [];
  const reads = [];
  for (let at = 0; at < RUNS; at++) {
    checks.push(run([cli, "check", folder]));
    reads.push(run(["-e", READ, folder]));
  }
  const row = {
    vassals: size,
    files,
    check: Math.round(median(checks.map((one) => one.ms))),
    read: Math.round(median(reads.map((one) => one.ms))),
    memory: Math.round(Math.max(...checks.map((one) => one.mb))),
  };
  results.push({ ...row, checks, reads });
  console.log(
    `${String(size).padStart(6)} vassals, ${files} files: check ${row.check} ms, reading ${row.read} ms, ratio ${(row.check / row.read).toFixed(1)}${row.memory ? `, peak ${row.memory} MB` : ""}`,
  );
}
mkdirSync(join(here, "results"), { recursive: true });
writeFileSync(
  join(here, "results", "workspaces.json"),
  `${JSON.stringify({ cores: cpus().length, node: process.version, results }, null, 1)}\n`,
);
