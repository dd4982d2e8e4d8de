/** `uwsgi-nginx topology`: the deployment as a drawing or as data. */
import { resolve } from "node:path";
import { DIAGRAM_FORMATS, type DiagramFormat, diagram } from "../../ide/diagram";
import { topologyOf } from "../../ide/topology";
import { withPlaces } from "../../ide/topology-shape";
import { stackOf } from "../../stack/stack";
import { type Output, rangeOf, relativeTo, takeFacts } from "./check";
import { kindOf, load } from "./load";

const FORMATS: readonly string[] = [...DIAGRAM_FORMATS, "json"];

export function topology(argv: readonly string[], io: Output): number {
  const args = topologyArguments(argv);
  const wrong =
    typeof args === "string"
      ? args
      : args.paths
          .map((path) => (kindOf(path) === undefined ? `${path}: no such file or folder` : undefined))
          .find((one) => one !== undefined);
  if (typeof args === "string" || wrong !== undefined) {
    io.err(`uwsgi-nginx topology: ${wrong}\n`);
    return 2;
  }
  const { workspace, unreadable } = load(args.paths);
  for (const file of unreadable) io.err(`uwsgi-nginx topology: ${file}: not a readable regular file\n`);
  if (args.facts !== undefined && !takeFacts(args.facts, workspace, io)) return 2;
  const [first = "."] = args.paths;
  const base = kindOf(first) === "directory" ? resolve(first) : resolve(first, "..");
  const graph = withPlaces(topologyOf(stackOf(workspace)), ({ uri, span }) => ({
    file: relativeTo(base, uri),
    range: rangeOf(workspace, uri, span),
  }));
  io.out(args.format === "json" ? `${JSON.stringify(graph, null, 2)}\n` : diagram(graph, args.format));
  return unreadable.length > 0 ? 2 : 0;
}

type TopologyArguments = { readonly paths: readonly string[]; readonly format: DiagramFormat | "json"; readonly facts: string | undefined };

function topologyArguments(argv: readonly string[]): TopologyArguments | string {
  const paths: string[] = [];
  let format = "mermaid";
  let facts: string | undefined;
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [name = "", inline] = /^--[a-z]+=/.test(word) ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word];
    if (name === "--format") format = inline ?? words.shift() ?? "";
    else if (name === "--facts") facts = inline ?? words.shift() ?? "";
    else if (name === "--") paths.push(...words.splice(0));
    else if (name.startsWith("-")) return `unknown option ${name}`;
    else paths.push(word);
  }
  if (!FORMATS.includes(format)) return `--format takes ${FORMATS.join(", ")}`;
  return { paths: paths.length > 0 ? paths : ["."], format: format as DiagramFormat | "json", facts };
}
