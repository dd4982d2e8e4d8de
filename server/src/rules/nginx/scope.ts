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
export const statementsOf = (document: Document, reading: Reading, ...names: readonly string[]): readonly Statement[] =>
  inFileOf(reading, document.uri).filter((it) => names.length === 0 || names.includes(it.directive.name.text));

const statements = new WeakMap<Reading, ReadonlyMap<string, readonly Statement[]>>();

function inFileOf(reading: Reading, uri: string): readonly Statement[] {
  const files = statements.get(reading) ?? Map.groupBy(reading.statements, (it) => it.source.uri);
  statements.set(reading, files);
  return files.get(uri) ?? [];
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
