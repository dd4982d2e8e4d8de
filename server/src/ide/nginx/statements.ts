/** Where a directive of a file stands in the configurations the file is part of, and the names around it. */
import type { Document } from "../../model/document";
import { argument, type Block, type Name, type Reading, type Statement } from "../../model/nginx/reading";
import type { Directive } from "../../syntax/tree";
import { contains } from "../../text/span";
import { configurationsWith, filesOf, readingDownTo, readingFor, readingsWith } from "../../workspace/nginx";
import type { Workspace } from "../../workspace/workspace";

/** By the file, then by the directive. Of a large configuration only the files that are asked about are sorted. */
const inFiles = new WeakMap<Reading, Map<string, ReadonlyMap<Directive, readonly Statement[]>>>();

function inFile(reading: Reading, uri: string): ReadonlyMap<Directive, readonly Statement[]> {
  const files = inFiles.get(reading) ?? new Map<string, ReadonlyMap<Directive, readonly Statement[]>>();
  inFiles.set(reading, files);
  const known =
    files.get(uri) ??
    Map.groupBy(
      reading.statements.filter((one) => one.source.uri === uri),
      (one) => one.directive,
    );
  files.set(uri, known);
  return known;
}

type Names = { readonly all: readonly Name[]; readonly byKey: ReadonlyMap<string, readonly Name[]> };
const names = new WeakMap<Reading, Names>();

function namesOf(reading: Reading): Names {
  const known = names.get(reading);
  if (known) return known;
  const all = [...reading.names, ...reading.statements.flatMap(namedLocationUse)];
  const made = { all, byKey: Map.groupBy(all, keyOf) };
  names.set(reading, made);
  return made;
}

/** A named location is asked for by the last argument; nginx looks for it only when a request needs it. */
function namedLocationUse(statement: Statement): readonly Name[] {
  const { name, args } = statement.directive;
  const last = args.at(-1);
  if ((name.text !== "error_page" && name.text !== "try_files") || !last?.text.startsWith("@")) return [];
  return [{ kind: "named location", family: "http", name: last.text, role: "uses", statement, span: last.span }];
}

/** What is true in this file; of others only what matters to it. */
export const readingsFor = (workspace: Workspace, document: Document): readonly Reading[] =>
  configurationsWith(workspace, document).map((configuration) => readingFor(workspace, configuration, document));

/** The directive as nginx reads it: once for each configuration, and for each place where its file is included. */
export function statementsOf(workspace: Workspace, document: Document, directive: Directive): readonly Statement[] {
  return readingsFor(workspace, document).flatMap((reading) => inFile(reading, document.uri).get(directive) ?? []);
}

/** The block that holds what stands directly in the first of these directives, which the others are around, or at the top of the file. */
export function blocksAround(workspace: Workspace, document: Document, way: readonly Directive[]): readonly Block[] {
  const [inner] = way;
  const reading = readingDownTo(workspace, document, way);
  const found = inner ? reading?.statements.find(({ directive }) => directive === inner)?.inner : reading?.root;
  if (reading) return found ? [found] : [];
  if (inner) return statementsOf(workspace, document, inner).flatMap((statement) => statement.inner ?? []);
  return configurationsWith(workspace, document).flatMap((configuration) => {
    const reading = readingFor(workspace, configuration, document);
    if (configuration.root === document) return [reading.root];
    return includesOf(reading).flatMap((statement) => {
      const files = filesOf(workspace, argument(statement, 0), configuration.root, statement.source.uri);
      return files?.includes(document) ? [statement.block] : [];
    });
  });
}

const includesOf = (reading: Reading): readonly Statement[] =>
  reading.statements.filter((statement) => statement.directive.name.text === "include");

/** Names that mean one thing are found under one key. Variables, zones and upstreams belong to a family, named locations to a server. */
export function keyOf(name: Name): string {
  return `${name.kind} ${name.family} ${name.kind === "named location" ? serverOf(name.statement) : ""} ${name.name.toLowerCase()}`;
}

function serverOf(statement: Statement): number {
  for (let block: Block | undefined = statement.block; block; block = block.outer)
    if (block.context === "http.server") return block.owner?.directive.span.start ?? -1;
  return -1;
}

/** What is named at an offset. The shortest name wins: a variable inside a value. */
export function namesAt(
  workspace: Workspace,
  document: Document,
  offset: number,
): readonly { readonly reading: Reading; readonly name: Name }[] {
  const found = readingsWith(workspace, document).flatMap((reading) =>
    namesOf(reading)
      .all.filter((name) => name.statement.source.uri === document.uri && contains(name.span, offset))
      .map((name) => ({ reading, name })),
  );
  const least = Math.min(...found.map(({ name }) => name.span.end - name.span.start));
  return found.filter(({ name }) => name.span.end - name.span.start === least);
}

export const sameNames = (reading: Reading, name: Name): readonly Name[] => namesOf(reading).byKey.get(keyOf(name)) ?? [];
