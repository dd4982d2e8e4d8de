// docs/benchmarks.md and its plot, from the raw figures alone: what is written there cannot drift from what was measured.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { costPerFile, goals } from "./goals.mjs";
import { plot } from "./plot.mjs";
import { median, ms, timesOf } from "./stats.mjs";
import { firstRows, serversText } from "./table-servers.mjs";
import { table } from "./tables.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const PLOT = "docs/pictures/cost-per-file.svg";
const PARTS = ["servers", "command", "editor", "package"];

export function readResults() {
  const file = (name) => join(root, "bench", "results", `${name}.json`);
  return Object.fromEntries(
    PARTS.filter((name) => existsSync(file(name))).map((name) => [name, JSON.parse(readFileSync(file(name), "utf8"))]),
  );
}

const times = (runs) => runs.map((one) => one.ms);
const peak = (runs) => Math.max(...runs.map((one) => one.peakMb ?? 0)).toFixed(0);

export function plotOf({ command }) {
  return plot({
    title: "Processor time per added file",
    x: "files in the workspace",
    y: "milliseconds of processor time per added file",
    lines: [
      { name: "check", colour: "#2f81f7", points: costPerFile(command.workspaces, "check") },
      { name: "reading the bytes", colour: "#2da44e", points: costPerFile(command.workspaces, "read") },
    ],
  });
}

function commandText({ workspaces, nginx, runs }) {
  const added = new Map(costPerFile(workspaces, "check"));
  const rows = workspaces.map(({ vassals, files, check, read }) => [
    vassals,
    files,
    ms(median(times(check))),
    ms(median(check.map((one) => one.cpuMs))),
    ms(median(times(read))),
    (median(times(check)) / median(times(read))).toFixed(1),
    peak(check),
    added.get(files)?.toFixed(2) ?? "",
  ]);
  const against = nginx.map(({ lines, nginx: theirs, check, read }) => [
    lines,
    ms(median(times(theirs))),
    ms(median(times(check))),
    ms(median(times(read))),
    (median(times(check)) / median(times(theirs))).toFixed(1),
    (median(times(check)) / median(times(read))).toFixed(1),
    peak(check),
  ]);
  return `## The command line
\`check\` in a new process, medians of ${runs} runs in turn with a program of the same Node that only reads every file of the folder.

${table(["vassals", "files", "check ms", "of it processor ms", "reading ms", "ratio", "peak MB", "processor ms per added file"], rows)}

![Processor time per added file](pictures/cost-per-file.svg)

One nginx configuration that grows, against \`nginx -t\`, which builds its tables but knows nothing of uWSGI, and against reading it:

${table(["lines", "nginx -t ms", "check ms", "reading ms", "check / nginx", "check / reading", "peak MB"], against)}`;
}

function editorText({ rows }) {
  const sizes = [...new Set(rows.map((row) => row.vassals))];
  const lines = sizes.map((vassals) => {
    const runs = rows.filter((row) => row.vassals === vassals);
    const all = (kind, part) => timesOf(runs.flatMap((row) => row[kind].filter(({ path }) => path.includes(part))));
    return [
      vassals,
      timesOf(runs.flatMap((row) => row.start)),
      all("edit", "uwsgi"),
      all("edit", "nginx"),
      all("completion", "uwsgi"),
      all("completion", "nginx"),
      ms(median(runs.map((row) => row.startPeakMb))),
      peak(runs),
    ];
  });
  const head = ["vassals", "start", "edit of a vassal", "edit of a site", "completion in a vassal", "completion in a site"];
  return `## The server in workspaces
Start to the first diagnostics, with all files read. One vassal and one site are open; in turn a character of the socket they meet at is typed into each: milliseconds to diagnostics (pause left out), and in another session to completion asked for together with the key, as median / 95th percentile · processor time of the main thread; ${rows[0]?.edit.length} edits in each of ${rows.filter((row) => row.vassals === sizes[0]).length} runs.

${table([...head, "peak MB after the start", "peak MB"], lines)}`;
}

export function report(results) {
  const { servers, command, editor } = results;
  const about = Object.entries(results).map(([name, { date, machine }]) => [
    name,
    date.slice(0, 16).replace("T", " "),
    `${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB, Node ${machine.node}`,
    `${machine.loadBefore[0].toFixed(1)} → ${machine.loadAfter[0].toFixed(1)}`,
  ]);
  return `# Benchmarks

Written by \`npm run bench\` from \`bench/results/\`; do not edit. The machine was shared: other work ran on both cores while this was measured (the load average is told), so times are longer than on a quiet one and processor time is given where it can be. Runs are interleaved, so that all meet the same disturbance.

${table(["part", "when (UTC)", "machine", "load before → after"], about)}

## Goals
${table(["goal", "measured", "met"], goals(results))}

${[servers && serversText(servers), command && commandText(command), editor && editorText(editor)].filter(Boolean).join("\n\n")}
`;
}

export function writeReport() {
  const results = readResults();
  mkdirSync(dirname(join(root, PLOT)), { recursive: true });
  if (results.command?.workspaces.length > 1) writeFileSync(join(root, PLOT), plotOf(results));
  const text = report(results);
  writeFileSync(join(root, "docs", "benchmarks.md"), text);
  console.log(`\n${text.slice(text.indexOf("## Goals"))}`);
  if (results.servers) console.log(firstRows(results.servers));
}
