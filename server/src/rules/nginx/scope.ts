/** What the rules of the trade need of a reading: the statements of a file, in their blocks, and edits for them. */
import type { Document } from "../../model/document";
import type { Block, Reading, Statement } from "../../model/nginx/reading";
import type { Edit, Span } from "../../text/span";
import { type Configuration, configurationsWith, readingFor } from "../../workspace/nginx";
import type { Workspace } from "../../workspace/workspace";
import { insertLine } from "../edits";
import type { Context, Finding } from "../rule";

/** Findings of a file that hold in every configuration which includes it. */
export function inEachReading(
  document: Document,
  { workspace }: Context,
  check: (reading: Reading) => Iterable<Finding>,
): Iterable<Finding> {
  const configurations = configurationsWith(workspace, document);
  const [only] = configurations;
  return only && configurations.length === 1
    ? check(readingFor(workspace, only, document))
    : inAll(document, workspace, configurations, check);
}

function* inAll(
  document: Document,
  workspace: Workspace,
  configurations: readonly Configuration[],
  check: (reading: Reading) => Iterable<Finding>,
): Iterable<Finding> {
  let common: readonly Finding[] | undefined;
  for (const configuration of configurations) {
    const found = [...check(readingFor(workspace, configuration, document))];
    const keys = new Set(found.map(keyOf));
    common = common?.filter((finding) => keys.has(keyOf(finding))) ?? found;
    if (common.length === 0) return;
  }
  yield* common ?? [];
}

type Found = Finding & { readonly uri: string };

/** The same for a check that looks at all files together: it runs once for a reading, not once for each file. */
export function ofWholeReadings(check: (reading: Reading) => Iterable<Found>): (document: Document, context: Context) => Iterable<Finding> {
  const known = new WeakMap<Reading, ReadonlyMap<string, readonly Found[]>>();
  const byFile = (reading: Reading): ReadonlyMap<string, readonly Found[]> => {
    const files = known.get(reading) ?? Map.groupBy(check(reading), (finding) => finding.uri);
    known.set(reading, files);
    return files;
  };
  return (document, context) => inEachReading(document, context, (reading) => byFile(reading).get(document.uri) ?? []);
}

const keyOf = ({ span, message }: Finding): string => `${span.start} ${message}`;

/** Statements of one directive in a file; all of them without a name. */
export function statementsOf(document: Document, reading: Reading, ...names: readonly string[]): readonly Statement[] {
  const { all, byName } = inFileOf(reading, document.uri);
  if (names.length === 0) return all;
  const present = names.filter((name) => byName.has(name));
  const [first] = present;
  if (first === undefined) return NONE;
  return present.length === 1 ? (byName.get(first) ?? NONE) : all.filter((it) => present.includes(it.directive.name.text));
}

/** The statements of one file: dozens of rules ask for those of some name. */
type InFile = { readonly all: readonly Statement[]; readonly byName: ReadonlyMap<string, readonly Statement[]> };

const NONE: readonly Statement[] = [];
const NOTHING: InFile = { all: NONE, byName: new Map() };
const statements = new WeakMap<Reading, ReadonlyMap<string, readonly Statement[]>>();
const named = new WeakMap<readonly Statement[], InFile>();

function inFileOf(reading: Reading, uri: string): InFile {
  const files = statements.get(reading) ?? Map.groupBy(reading.statements, (it) => it.source.uri);
  statements.set(reading, files);
  const all = files.get(uri);
  if (!all) return NOTHING;
  const known = named.get(all) ?? { all, byName: Map.groupBy(all, (it) => it.directive.name.text) };
  named.set(all, known);
  return known;
}

/** The line of a statement without its body. */
export const headOf = ({ directive }: Statement): Span => ({
  start: directive.name.span.start,
  end: (directive.args.at(-1) ?? directive.name).span.end,
});

/** A directive on a line of its own before or behind a statement. */
export const line = (document: Document, it: Statement, text: string, where: "before" | "after" = "after"): Edit =>
  insertLine(document, it.directive.span, text, where);

/** The blocks from one outwards. */
export function* outwards(block: Block): Iterable<Block> {
  for (let at: Block | undefined = block; at; at = at.outer) yield at;
}
