/**
 * A configuration as nginx sees it while it reads: statements in their blocks, the names they define and use, and what nginx would refuse.
 * One reading is one run of `nginx -t` over a file and what it includes, except that it goes on after an error.
 */
import type { NginxContext, NginxDirective } from "../../facts/nginx";
import { isBroughtBy, type NginxBuild } from "../../facts/nginx-build";
import type { Directive, Tree, Word } from "../../syntax/tree";
import { type Span, span } from "../../text/span";

export type Source = { readonly uri: string; readonly text: string; readonly tree: Tree };

export type Statement = {
  readonly directive: Directive;
  readonly source: Source;
  /** The block it stands in. */
  readonly block: Block;
  /** What nginx takes the name for here; undefined for lines of data and unknown names. */
  readonly fact: NginxDirective | undefined;
  /** The block it opens. */
  inner?: Block;
};

export type Block = {
  /** "pairs": lines of data. Undefined: nothing is known of what may stand here. */
  readonly context: NginxContext | "pairs" | undefined;
  readonly owner: Statement | undefined;
  readonly outer: Block | undefined;
  readonly statements: Statement[];
  /** The first statement of each name. */
  readonly first: Map<string, Statement>;
  /** Something is included here that could not be read. */
  gap?: boolean;
};

export type NameKind = "variable" | "upstream" | "zone" | "log format" | "named location" | "thread pool";
export type Family = "http" | "stream" | "mail";

/** A place where a name is defined or used. */
export type Name = {
  readonly kind: NameKind;
  readonly family: Family;
  /** As nginx compares it: variables and upstreams in lower case. */
  readonly name: string;
  readonly role: "defines" | "uses";
  readonly statement: Statement;
  readonly span: Span;
  /** Zones: the module it belongs to, and the size where one is given. */
  readonly owner?: string;
  readonly size?: number;
};

/** Something nginx refuses. `code` is the rule that says so. */
export type NginxProblem = {
  readonly code: string;
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
  /** True when a file that is not seen here may make it right. */
  readonly likely?: boolean;
  /** What was refused would be right as the name of an upstream. */
  readonly isName?: true;
  /** What should stand in the place of `span`. */
  readonly mend?: string;
  /** The one that was there before, of two that may not be. */
  readonly first?: { readonly uri: string; readonly span: Span };
};

/** What is known beforehand. */
export type ReadingOptions = {
  /** nginx release; without one, what any release takes is taken. */
  readonly release?: string;
  /** What the program is built with; without it, any module may be there. */
  readonly build?: NginxBuild;
  /** The files an `include` reads: undefined when that is not known, null when they are known to be missing. */
  readonly include?: (path: string, from: Statement) => readonly Source[] | undefined | null;
  /** Whether an `include` means files, too, that are there and that nobody could read. */
  readonly unread?: (path: string, from: Statement) => boolean;
  /** Names that files define which are left out here: somebody may have meant one of them. */
  readonly elsewhere?: () => Iterable<Name>;
  /** The only blocks that are entered, where no more is asked than what stands directly in them. */
  readonly way?: ReadonlySet<Directive>;
};

export type Reading = {
  readonly options: ReadingOptions;
  readonly root: Block;
  readonly statements: Statement[];
  readonly names: Name[];
  /** The first definition of each name. */
  readonly defined: Map<string, Name>;
  readonly problems: NginxProblem[];
  /** False when something is included that could not be read, or the file is only a part: names may then be defined elsewhere. */
  complete: boolean;
  /** How many names were read before the first thing that could not be; undefined while everything could. */
  namesBeforeGap: number | undefined;
  /** Files that include what could not be read. */
  readonly gaps: Set<string>;
  /** True when a module that is not known here takes part: it may define variables. */
  foreign: boolean;
  /** Files in which it does. */
  readonly strangers: Set<string>;
  /** Files of modules that are loaded, as far as seen. */
  readonly loaded: string[];
  /** True when others may be loaded where nobody sees it. */
  loadsUnseen: boolean;
  /** True when a loaded file holds a module nobody knows here: so may be its directives. */
  strange: boolean;
};

export const emptyReading = (context: NginxContext, options: ReadingOptions): Reading => ({
  options,
  root: newBlock(context),
  statements: [],
  names: [],
  defined: new Map(),
  problems: [],
  complete: context === "main",
  namesBeforeGap: context === "main" ? undefined : 0,
  foreign: false,
  gaps: new Set(),
  strangers: new Set(),
  loaded: [],
  loadsUnseen: context !== "main",
  strange: false,
});

/** Whether the program may have a module: it is built in, or loaded, or nothing is known about it. */
export function hasModule(module: string, { options, loaded, loadsUnseen }: Reading): boolean {
  const presence = options.build?.(module) ?? "built in";
  return presence === "built in" || (presence === "loadable" && (loadsUnseen || loaded.some((path) => isBroughtBy(path, module))));
}

export const familyOf = (block: Block | undefined): Family => {
  for (let at = block; at; at = at.outer) {
    if (at.context?.startsWith("stream")) return "stream";
    if (at.context?.startsWith("mail")) return "mail";
  }
  return "http";
};

export const argument = (it: Statement, at: number): string => it.directive.args[at]?.text ?? "";

const TEMPLATED =
  /\{\{|\{%|<%|\$\{?[A-Z][A-Z0-9_]{2,}\b|__[A-Za-z]\w*?__|@[A-Z][A-Z0-9_]+@|%%\w+%%|%\(\w+\)s|^<[A-Za-z][\w .-]*>$|(?<![?\w])<[A-Za-z][\w-]*>|%\{\w+\}|\$\{[\w-]*\.[\w.:-]*\}/;
/** Without any of these signs a text is none, and hardly any text has one. */
const SIGNS = /[{<$@%]|__/;
/** True for text that something else fills in before nginx reads it: Jinja, ERB, `${VARIABLE}` of envsubst, `${a.b}`, `__NAME__`, `@NAME@`, `<name>`. */
export const isTemplated = (text: string): boolean => SIGNS.test(text) && TEMPLATED.test(text);

/** `<path to the code>/static`: a gap that a person is to fill in. */
const isGap = (words: readonly Word[]): boolean => {
  const open = words.findIndex((word) => /^[^>]*<[A-Za-z]\w*$/.test(word.text));
  return open >= 0 && words.slice(open + 1).some((word) => /^[^<]*>/.test(word.text));
};

const isTemplatedStatement = ({ directive: { name, args } }: Statement): boolean =>
  isTemplated(name.text) || args.some((word) => isTemplated(word.text)) || isGap(args);

/** Notes a refusal. Says nothing about statements whose text is filled in elsewhere. `place` is the word in question, or the statement. */
export function refuse(
  into: Reading,
  it: Statement,
  message: string,
  place?: Word | Span,
  code = "nginx-invalid-value",
  more: Pick<NginxProblem, "likely" | "isName" | "mend" | "first"> = {},
): void {
  if (isTemplatedStatement(it)) return;
  into.problems.push({ code, uri: it.source.uri, span: spanOf(it, place), message, ...more });
}

/** Refuses the second of two. In a template both may stand in different branches. */
export function refuseTwice(into: Reading, it: Statement, message: string, place: Word | Span, before?: Statement): void {
  if (it.source.tree.templates?.length) return;
  const first = before && { uri: before.source.uri, span: spanOf(before, undefined) };
  refuse(into, it, message, place, "nginx-duplicate", first ? { first } : {});
}

function spanOf({ directive }: Statement, place: Word | Span | undefined): Span {
  if (!place) return span(directive.name.span.start, (directive.args.at(-1) ?? directive.name).span.end);
  return "span" in place ? place.span : place;
}

export function name(
  into: Reading,
  it: Statement,
  role: Name["role"],
  kind: NameKind,
  text: string,
  place: Word | Span,
  zone: { readonly owner?: string; readonly size?: number } = {},
): void {
  if (text === "" || isTemplated(text)) return;
  const entry: Name = { kind, family: familyOf(it.block), name: text, role, statement: it, span: spanOf(it, place), ...zone };
  into.names.push(entry);
  if (role === "defines" && !definition(into, kind, text, entry.family)) into.defined.set(`${entry.family} ${kind} ${text}`, entry);
}

/** Where a name is defined first, of what has been read so far. */
export const definition = (into: Reading, kind: NameKind, text: string, family: Family): Name | undefined =>
  into.defined.get(`${family} ${kind} ${text}`);

/** The values of a list, which a block takes from around it only when it has none of its own. */
export function listIn(block: Block, directive: string): readonly Statement[] {
  for (let at: Block | undefined = block; at; at = at.outer) {
    if (firstIn(at, directive)) return at.statements.filter((it) => it.directive.name.text === directive);
  }
  return [];
}

/** A block in which nothing has been read yet. */
export const newBlock = (context: Block["context"], owner?: Statement, outer?: Block): Block => ({
  context,
  owner,
  outer,
  statements: [],
  first: new Map(),
});

export function add(block: Block, it: Statement): void {
  block.statements.push(it);
  const text = it.directive.name.text;
  if (!block.first.has(text)) block.first.set(text, it);
}

/** The first directive of a name in a block. */
export const firstIn = (block: Block, directive: string): Statement | undefined => block.first.get(directive);

/** The nearest directive of a name, from a block outwards. */
export function nearestIn(block: Block, directive: string): Statement | undefined {
  for (let at: Block | undefined = block; at; at = at.outer) {
    const found = firstIn(at, directive);
    if (found) return found;
  }
  return undefined;
}

/** The part of a word from a place in its text; the whole word where escapes shift the places. */
export function part(word: Word, from: number, to = word.text.length): Span {
  const { start, end } = word.span;
  const quote = word.quote ? 1 : 0;
  return end - start - 2 * quote === word.text.length ? span(start + quote + from, start + quote + to) : word.span;
}
