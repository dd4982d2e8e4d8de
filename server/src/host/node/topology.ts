/** `uwsgi-nginx topology`: the deployment as a drawing or as data. */
import { diagram } from "../../ide/diagram";
import { topologyOf } from "../../ide/topology";
import { withPlaces } from "../../ide/topology-shape";
import { stackOf } from "../../stack/stack";
import { topologyArguments } from "./arguments";
import type { Output } from "./check";
import { openProject } from "./project";
import { rangeOf, relativeTo } from "./report";

export function topology(argv: readonly string[], io: Output): number {
  const args = topologyArguments(argv);
  const project = typeof args === "string" ? args : openProject(args);
  if (typeof args === "string" || typeof project === "string") {
    io.err(`uwsgi-nginx topology: ${project}\n`);
    return 2;
  }
  const { workspace, unreadable, base } = project;
  for (const file of unreadable) io.err(`uwsgi-nginx topology: ${file}: not a readable regular file\n`);
  const graph = withPlaces(topologyOf(stackOf(workspace)), ({ uri, span }) => ({
    file: relativeTo(base, uri),
    range: rangeOf(workspace, uri, span),
  }));
  io.out(args.format === "json" ? `${JSON.stringify(graph, null, 2)}\n` : diagram(graph, args.format));
  return unreadable.length > 0 ? 2 : 0;
}
