// What was promised, what came out, and whether it is met: nothing is rounded in our favour.
import { median, p95 } from "./stats.mjs";
import { gathered, lostRows, rowCount } from "./table-servers.mjs";

/** Processor time that each file of a workspace adds to an empty run: [files, milliseconds]. */
export function costPerFile(workspaces, kind) {
  const cost = (row) => median(times(row[kind], "cpuMs"));
  const [smallest, ...rest] = workspaces;
  return rest.map((row) => [row.files, (cost(row) - cost(smallest)) / (row.files - smallest.files)]);
}

const times = (list, kind = "ms") => list.map((one) => one[kind]);
const below = (goal, value, limit, unit, more = "") => [
  goal,
  `${value.toFixed(value < 10 ? 1 : 0)} ${unit}${more}`,
  value < limit ? "yes" : "no",
];
/** What it would be about on a machine that does nothing else. */
const alone = (value) => (value === undefined ? "" : `, of it ${value.toFixed(value < 10 ? 1 : 0)} ms of processor time`);
const most = (rows) => Math.max(...rows.map((row) => row.peakMb ?? 0));

export function goals({ servers, command, editor, package: packed }) {
  return [
    ...(servers ? ofServers(servers) : []),
    ...(editor ? ofEditor(editor) : []),
    ...(command ? ofCommand(command) : []),
    ...(packed ? [size(packed)] : []),
  ];
}

function ofServers(servers) {
  const ours = [...new Set(servers.rows.filter((row) => row.ours).map((row) => row.server))];
  const rows = rowCount(servers, 2_000);
  const [lost, busier] = [lostRows(servers, 2_000), lostRows(servers, 2_000, "busy")];
  const worst = (kind) => Math.max(...ours.map((name) => median(times(gathered(servers, name, 2_000)("start"), kind))));
  const start = worst("ms");
  const peak = most(servers.rows.filter((row) => row.ours && row.lines === 2_000));
  return [
    [
      "first among the servers in every row at 2,000 lines and above",
      `in ${rows - lost.length} of ${rows} by time, in ${rows - busier.length} by processor time`,
      lost.length === 0 ? "yes" : "no",
    ],
    ...(Number.isFinite(start)
      ? [below("start to first diagnostics at 2,000 lines < 200 ms", start, 200, "ms", alone(worst("busy")))]
      : []),
    ...(peak > 0 ? [below("peak memory at 2,000 lines < 90 MB", peak, 90, "MB")] : []),
  ];
}

function ofEditor({ rows }) {
  const large = rows.filter((row) => row.vassals === 10_000);
  if (large.length === 0) return [];
  return [
    ...["uwsgi", "nginx"].flatMap((part) => {
      const of = (kind) => large.flatMap((row) => row[kind].filter(({ path }) => path.includes(part)));
      const file = part === "uwsgi" ? "a vassal" : "a site";
      const limits = { edit: [`edit of ${file} to diagnostics`, 16], completion: [`completion in ${file}`, 10] };
      return Object.entries(limits).map(([kind, [what, limit]]) =>
        below(`${what}, p95, 10,000 vassals < ${limit} ms`, p95(times(of(kind))), limit, "ms", alone(p95(times(of(kind), "busy")))),
      );
    }),
    below("peak memory of the server, 10,000 vassals < 400 MB", most(large), 400, "MB"),
  ];
}

function ofCommand({ workspaces }) {
  const large = workspaces.find((row) => row.vassals === 10_000);
  if (!large) return [];
  const ratio = median(times(large.check)) / median(times(large.read));
  return [
    below("cold check of 10,000 vassals by reading the bytes ≤ 3", ratio, 3, "times"),
    flat(costPerFile(workspaces, "check").map(([, cost]) => cost)),
    below("peak memory of that check < 400 MB", most(large.check), 400, "MB"),
  ];
}

const flat = (costs) => [
  "cost per added file flat",
  `${costs[0].toFixed(2)} → ${costs.at(-1).toFixed(2)} ms of processor time`,
  costs.at(-1) <= 1.1 * costs[0] ? "yes" : "no",
];

const size = ({ bytes }) => below("VSIX < 1.5 MB", bytes / 2 ** 20, 1.5, "MB");
