// What the comparison of servers says: times with the number of results, ratios, and where we are first.
import { median, timesOf } from "./stats.mjs";
import { table } from "./tables.mjs";

export const MEASURES = {
  start: "start to first diagnostics",
  open: "open to diagnostics",
  edit: "edit to diagnostics",
  completion: "completion",
  hover: "hover",
  symbols: "document symbols",
};
/** What is compared: time that passed, or the processor time of the main thread, which other work on the machine does not lengthen much. */
const KINDS = { ms: "time", busy: "processor time" };

/** All that was measured of one server at one size. */
export function gathered({ rows }, server, lines) {
  const own = rows.filter((row) => row.server === server && row.lines === lines && !row.problem);
  return (measure) => own.flatMap((row) => row[measure] ?? []);
}

const names = ({ rows }, ours) => [...new Set(rows.filter((row) => row.ours === ours).map((row) => row.server))];

/** Median of ours by median of theirs, for each of their servers. Below one: we are quicker. */
function ratios(servers, ourName, lines, measure, kind = "ms") {
  const of = (name) => median(gathered(servers, name, lines)(measure).map((one) => one[kind]));
  return names(servers, false).map((name) => [name, of(ourName) / of(name)]);
}

/** Rows where another server is quicker. */
export function lostRows(servers, atLeast, kind = "ms") {
  return servers.lines
    .filter((lines) => lines >= atLeast)
    .flatMap((lines) =>
      names(servers, true).flatMap((name) =>
        Object.keys(MEASURES).flatMap((measure) => {
          const [winner] = ratios(servers, name, lines, measure, kind).sort((a, b) => b[1] - a[1]);
          return winner && winner[1] > 1 ? [{ lines, name, measure, winner: winner[0], ratio: winner[1] }] : [];
        }),
      ),
    );
}

export const rowCount = (servers, atLeast) =>
  servers.lines.filter((lines) => lines >= atLeast).length * names(servers, true).length * Object.keys(MEASURES).length;

export function firstRows(servers) {
  return Object.entries(KINDS)
    .map(([kind, title]) => {
      const lost = lostRows(servers, 0, kind);
      const listed = lost.map(
        ({ lines, name, measure, winner, ratio }) =>
          `- ${lines} lines, ${name}, ${MEASURES[measure]}: ${winner} is first, we take ${ratio.toFixed(1)} times as long`,
      );
      const all = rowCount(servers, 0);
      return [`By ${title} we are first in ${all - lost.length} of ${all} rows${lost.length > 0 ? ", not in\n" : "."}`, ...listed].join(
        "\n",
      );
    })
    .join("\n\n");
}

function times(servers, lines) {
  const rows = [...names(servers, true), ...names(servers, false)].map((name) => {
    const of = gathered(servers, name, lines);
    const cells = Object.keys(MEASURES).map((measure) => {
      const all = of(measure);
      return all.length > 0 ? `${timesOf(all)} (${all[0].count})` : "no answer";
    });
    const own = servers.rows.filter((row) => row.server === name && row.lines === lines && !row.problem);
    return [name, ...cells, Math.max(...own.map((row) => row.peakMb ?? 0)).toFixed(0)];
  });
  return `### ${lines.toLocaleString("en")} lines
${table(["server", ...Object.values(MEASURES), "peak MB"], rows)}

${ratioTable(servers, lines)}`;
}

function ratioTable(servers, lines) {
  const ours = names(servers, true);
  const rows = names(servers, false).map((other) => [
    other,
    ...Object.keys(MEASURES).map((measure) =>
      Object.keys(KINDS)
        .map((kind) =>
          ours
            .map((name) =>
              ratios(servers, name, lines, measure, kind)
                .find(([one]) => one === other)?.[1]
                .toFixed(2),
            )
            .join(" / "),
        )
        .join(" · "),
    ),
  ]);
  return `Ours by theirs, uWSGI / nginx, by time · by processor time; below 1 we are quicker:

${table(["compared with", ...Object.values(MEASURES)], rows)}`;
}

export function serversText(servers) {
  return `## Servers
One client over stdio drives every server on texts of like work (\`bench/texts.mjs\`): as many lines, no two parts alike, one mistake at the end. ${servers.runs} runs, interleaved. Each cell: milliseconds as median / 95th percentile · median of the processor time that the server's main thread needed for it (number of results).

The pause with which a server waits for the next key is left out: in the runs that measure diagnostics that one timer, whose length is read from the source of each server, is set to zero before the server's own code runs; all others stay. Completion is asked for together with the key that precedes it, with the pause as users have it; hover and symbols when the text is at rest. bash-language-server runs without ShellCheck, a program of its own, and so finds little; the JSON and YAML servers get a schema with 300 keys.

Versions: ${Object.entries(servers.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ")}.

${firstRows(servers)}

${servers.lines.map((lines) => times(servers, lines)).join("\n\n")}`;
}
