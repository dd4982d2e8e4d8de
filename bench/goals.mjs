// What was promised, what came out, and whether it is met: nothing is rounded in our favour.
import { median, p95 } from "./stats.mjs";
import { gathered, lostRows } from "./table-servers.mjs";

const times = (list) => list.map((one) => one.ms);
const below = (goal, value, limit, unit) => [goal, `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`, value < limit ? "yes" : "no"];
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
  const lost = lostRows(servers, 2_000);
  const rows = servers.lines.filter((lines) => lines >= 2_000).length * ours.length * 6;
  const start = Math.max(...ours.map((name) => median(times(gathered(servers, name, 2_000)("start")))));
  const peak = most(servers.rows.filter((row) => row.ours && row.lines === 2_000));
  return [
    [
      "first among the servers in every row at 2,000 lines and above",
      `in ${rows - lost.length} of ${rows}`,
      lost.length === 0 ? "yes" : "no",
    ],
    ...(Number.isFinite(start) ? [below("start to first diagnostics at 2,000 lines < 200 ms", start, 200, "ms")] : []),
    ...(peak > 0 ? [below("peak memory at 2,000 lines < 90 MB", peak, 90, "MB")] : []),
  ];
}

function ofEditor({ rows }) {
  const large = rows.filter((row) => row.vassals === 10_000);
  if (large.length === 0) return [];
  return [
    below("edit to diagnostics, p95, 10,000 vassals < 16 ms", p95(times(large.flatMap((row) => row.edit))), 16, "ms"),
    below("completion, p95, 10,000 vassals < 10 ms", p95(times(large.flatMap((row) => row.completion))), 10, "ms"),
    below("peak memory of the server, 10,000 vassals < 400 MB", most(large), 400, "MB"),
  ];
}

function ofCommand({ workspaces }) {
  const large = workspaces.find((row) => row.vassals === 10_000);
  if (!large) return [];
  const ratio = median(times(large.check)) / median(times(large.read));
  return [
    below("cold check of 10,000 vassals by reading the bytes ≤ 3", ratio, 3, "times"),
    below("peak memory of that check < 400 MB", most(large.check), 400, "MB"),
  ];
}

const size = ({ bytes }) => below("VSIX < 1.5 MB", bytes / 2 ** 20, 1.5, "MB");
