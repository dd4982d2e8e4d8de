/**
 * YAML documents as nodes with places. Aliases and merge keys (`<<`) are followed with a budget, so that a small file cannot ask for
 * endless work. Maps that are asked for twice are read once.
 */
import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments, type Scalar, type YAMLMap } from "yaml";
import type { Span } from "../../text/span";
import type { Said } from "../deploy";
import { collect, collected, collector, spanOf, type Taken, takeInexact, takeSpan } from "./taken";

export type Field = { readonly key: string; readonly keySpan: Span; readonly value: Node | undefined };
export type Fields = ReadonlyMap<string, Field>;

export type Yaml = {
  readonly roots: readonly Node[];
  readonly source: string;
  readonly anchors: Map<Alias, Node>;
  readonly fields: WeakMap<YAMLMap, Fields>;
  budget: number;
  depth: number;
};

/** More entries are not merged into other maps. */
const MERGE_BUDGET = 50_000;
/** Maps that merge maps that merge maps … */
const MERGE_DEPTH = 50;
const EMPTY: Fields = new Map();

export function readYaml(source: string): Yaml {
  const yaml: Yaml = { roots: [], source, anchors: new Map(), fields: new WeakMap(), budget: MERGE_BUDGET, depth: 0 };
  try {
    const documents = parseAllDocuments(source, {
      uniqueKeys: false,
      logLevel: "silent",
      prettyErrors: false,
      strict: false,
      keepSourceTokens: false,
    });
    const roots: Node[] = [];
    for (const document of "empty" in documents ? [] : (documents as readonly Document.Parsed[])) {
      if (!document.contents) continue;
      roots.push(document.contents);
      findAnchors(document.contents, yaml.anchors);
    }
    return { ...yaml, roots };
  } catch {
    return yaml; // nested too deeply for the parser
  }
}

/** An alias stands for the last node before it that has its name. */
function findAnchors(root: Node, anchors: Map<Alias, Node>): void {
  const named = new Map<string, Node>();
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const node = pending.pop();
    if (isAlias(node)) {
      const target = named.get(node.source);
      if (target) anchors.set(node, target);
      continue;
    }
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) named.set(node.anchor, node);
    if (isSeq(node)) pending.push(...reversed(node.items));
    else if (isMap(node)) for (const pair of reversed(node.items)) pending.push(pair.value, pair.key);
  }
}

const reversed = <T>(items: readonly T[]): T[] => [...items].reverse();

export function follow(yaml: Yaml, node: unknown): Node | undefined {
  if (isAlias(node)) return yaml.anchors.get(node);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

/** The entries of a map by key, with those of `<<` under its own. Anything else has none. */
export function fieldsOf(yaml: Yaml, at: unknown): Fields {
  const node = follow(yaml, at);
  if (!isMap(node)) return EMPTY;
  const kept = yaml.fields.get(node);
  if (kept) return kept;
  yaml.fields.set(node, EMPTY); // a map that merges itself
  const own = new Map<string, Field>();
  const merged = new Map<string, Field>();
  for (const pair of node.items) {
    if (!isScalar(pair.key)) continue;
    const key = textOf(pair.key);
    const value = follow(yaml, pair.value);
    if (key !== "<<") own.set(key, { key, keySpan: spanOfNode(pair.key), value });
    else for (const from of isSeq(value) ? value.items : [value]) mergeInto(yaml, merged, from);
  }
  const all = new Map([...merged, ...own]);
  yaml.fields.set(node, all);
  return all;
}

function mergeInto(yaml: Yaml, into: Map<string, Field>, from: unknown): void {
  if (yaml.depth >= MERGE_DEPTH) return;
  yaml.depth++;
  const fields = fieldsOf(yaml, from);
  yaml.depth--;
  for (const [key, field] of fields) {
    if (yaml.budget-- <= 0) return;
    if (!into.has(key)) into.set(key, field);
  }
}

export function itemsOf(yaml: Yaml, at: unknown): readonly Node[] {
  const node = follow(yaml, at);
  return isSeq(node) ? node.items.flatMap((item) => follow(yaml, item) ?? []) : [];
}

export function spanOfNode(node: unknown): Span {
  const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

/** The text of a scalar: numbers and booleans as they are written. */
export function textOf(node: Scalar): string {
  if (typeof node.value === "string") return node.value;
  return node.value === null || node.value === undefined ? "" : (node.source ?? String(node.value));
}

/** The text of a scalar that is not empty. */
export const scalarText = (node: Node | undefined): string | undefined =>
  isScalar(node) && node.value !== null ? textOf(node) : undefined;

/** What a scalar says, with its place without quotes. */
export function saidBy(yaml: Yaml, uri: string, node: Node | undefined): Said<string> | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return { value: textOf(node), at: { uri, span: spanOf(takeScalar(yaml, node)) } };
}

/** The scalars of a list. */
export const takeItems = (yaml: Yaml, node: Node | undefined): readonly Taken[] =>
  itemsOf(yaml, node).flatMap((item) => (isScalar(item) ? [takeScalar(yaml, item)] : []));

/** A scalar, each character with its place where the file holds it in the same order. */
export function takeScalar(yaml: Yaml, node: Scalar): Taken {
  const text = textOf(node);
  const whole = spanOfNode(node);
  if (node.type === "PLAIN" && yaml.source.slice(whole.start, whole.end) === text) return takeSpan(yaml.source, whole);
  return aligned(yaml.source, whole, text) ?? takeInexact(text, whole);
}

/** Finds each character of a text in a span of the source, over quotes, line ends and indentation. Undefined where escapes hide some. */
function aligned(source: string, whole: Span, text: string): Taken | undefined {
  const first = source[whole.start] ?? "";
  const isBlock = first === "|" || first === ">";
  let at = isBlock ? source.indexOf("\n", whole.start) + 1 || whole.end : whole.start + (first === '"' || first === "'" ? 1 : 0);
  const result = collector();
  for (const character of text.split("")) {
    if (!isSpace(character)) {
      while (at < whole.end && isSpace(source[at])) at++;
      if (first === '"' && source[at] === "\\" && source[at + 1] === character) at++;
      if (at >= whole.end || source[at] !== character) return undefined;
    }
    const here = Math.min(at, whole.end - 1);
    collect(result, takeSpan(source, { start: here, end: here + 1 }), 0, character);
    if (!isSpace(character) || isSpace(source[at])) at++;
    if (first === "'" && character === "'") at++;
  }
  return collected(result, whole, true);
}

const isSpace = (character: string | undefined): boolean =>
  character === " " || character === "\n" || character === "\r" || character === "\t";
