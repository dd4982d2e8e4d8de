/**
 * Reads a configuration in nginx's order: each statement is matched with what nginx knows by its name in this block, its arguments are
 * counted and checked, its block is entered, its includes are followed. No recursion: blocks and includes may be as deep as they like.
 */
import {
  allModules,
  directivesNamed,
  isInRelease,
  isLearned,
  isOwnModule,
  moduleOfPrefix,
  type NginxContext,
  type NginxDirective,
} from "../../facts/nginx";
import { isBroughtBy } from "../../facts/nginx-build";
import type { Directive } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { describe, describeContext, innerContext } from "./blocks";
import { nearestDirective } from "./nearest";
import {
  add,
  argument,
  type Block,
  emptyReading,
  familyOf,
  firstIn,
  hasModule,
  isTemplated,
  newBlock,
  type Reading,
  type ReadingOptions,
  refuse,
  type Source,
  type Statement,
} from "./reading";
import { checkPairs, checkStatement, leaveBlock } from "./setters";

/** Included files repeat what they hold; beyond this many statements nothing more is read. */
const MOST_STATEMENTS = 500_000;

/** A file being read, with the one that includes it. */
type File = { readonly source: Source; readonly includer: File | undefined };
type Frame = {
  readonly list: readonly Directive[];
  index: number;
  readonly file: File;
  readonly block: Block;
  readonly opener?: Statement;
};

export function readConfiguration(source: Source, context: NginxContext, options: ReadingOptions = {}): Reading {
  const into = emptyReading(context, options);
  const open: Frame[] = [{ list: source.tree.directives, index: 0, file: { source, includer: undefined }, block: into.root }];
  for (let frame = open.at(-1); frame; frame = open.at(-1)) {
    const directive = frame.list[frame.index++];
    if (!directive) {
      open.pop();
      if (frame.opener && !options.way) leaveBlock(frame.opener, into);
    } else if (into.statements.length >= MOST_STATEMENTS) {
      into.complete = false;
      return into;
    } else readStatement(directive, frame, open, into);
  }
  if (!options.way) leaveBlock(undefined, into);
  return into;
}

function readStatement(directive: Directive, { file, block }: Frame, open: Frame[], into: Reading): void {
  const candidates =
    block.context === undefined || block.context === "pairs"
      ? NONE
      : directivesNamed(directive.name.text).filter((fact) => has(fact, into));
  const fitting = candidates.length > 0 ? candidates.filter((fact) => fits(fact, directive, block)) : NONE;
  const fact = choose(candidates, fitting, block);
  const statement: Statement = { directive, source: file.source, block, fact };
  add(block, statement);
  into.statements.push(statement);
  if (block.context === undefined || (directive.name.text === "" && !directive.name.quote)) return;
  if (directive.name.text === "include" && directive.args.length === 1 && !directive.bodySpan) {
    follow(statement, file, open, into);
    return;
  }
  if (block.context === "pairs") {
    checkPairs(statement, into);
    return;
  }
  if (fact && !isOwnModule(fact)) meetStranger(statement, into);
  if (fact?.setter === "ngx_load_module") load(statement, into);
  const accepted = fact ? fitting.length > 0 || accepts(statement, candidates, into) : unknown(statement, candidates, into);
  if (fact && accepted) checkStatement(statement, fitting, into);
  if (!directive.body) return;
  const inner = newBlock(accepted || fact?.block ? innerContext(fact, block) : undefined, statement, block);
  statement.inner = inner;
  if (into.options.way?.has(directive) === false) return;
  open.push({ list: directive.body, index: 0, file, block: inner, opener: statement });
}

function meetStranger({ source }: Statement, into: Reading): void {
  into.foreign = true;
  into.strangers.add(source.uri);
}

/** Whether the release has it, and the program the module. Modules of others are taken for present unless the list is known. */
const has = (fact: NginxDirective, into: Reading): boolean =>
  isLearned(fact) || (isInRelease(fact, into.options.release) && hasModule(fact.module, into));

/** Blocks behind which nginx takes no more modules. */
const COUNTING = ["events", "http", "stream", "mail"] as const;

function load(it: Statement, into: Reading): void {
  const path = argument(it, 0);
  const block = COUNTING.find((name) => firstIn(it.block, name));
  if (block) refuse(into, it, t`"load_module" comes too late: it belongs before "${block}"`, undefined, "nginx-context");
  into.loaded.push(path);
  if (![...allModules()].some((module) => isBroughtBy(path, module))) into.strange = true;
}

const stands = (fact: NginxDirective, block: Block): boolean =>
  fact.contexts.includes("any") || fact.contexts.some((context) => context === block.context);
const counts = (fact: NginxDirective, count: number): boolean =>
  "least" in fact.args ? count >= fact.args.least : fact.args.includes(count);
const opens = (fact: NginxDirective, directive: Directive): boolean => (fact.block === true) === (directive.bodySpan !== undefined);
const fits = (fact: NginxDirective, directive: Directive, block: Block): boolean =>
  stands(fact, block) && opens(fact, directive) && counts(fact, directive.args.length);

/** Of several directives of a name the one that fits best: nginx takes the first one that may stand here. */
function choose(candidates: readonly NginxDirective[], fitting: readonly NginxDirective[], block: Block): NginxDirective | undefined {
  const best = fitting.length > 0 ? fitting : candidates.filter((fact) => stands(fact, block));
  return best.find((fact) => !fact.removed) ?? best[0];
}

const NONE: readonly NginxDirective[] = [];

/** The name stands where it may, but does not end as it should or has not as many arguments as it takes. Whether that may be right. */
function accepts(it: Statement, candidates: readonly NginxDirective[], into: Reading): boolean {
  const { directive, block, fact } = it;
  if (it.source.tree.templates?.length || !fact) return true;
  const name = directive.name.text;
  if (!fact.block && directive.bodySpan)
    refuse(into, it, t`"${name}" takes no block: a ";" is missing behind its arguments`, undefined, "nginx-arguments");
  else if (fact.block && !directive.bodySpan) refuse(into, it, t`"${name}" has no opening "{"`, undefined, "nginx-arguments");
  else
    refuse(
      into,
      it,
      t`"${name}" takes ${countOf(candidates.filter((candidate) => stands(candidate, block)))}, not ${directive.args.length}`,
      undefined,
      "nginx-arguments",
    );
  return false;
}

function countOf(facts: readonly NginxDirective[]): string {
  const least = facts.flatMap((fact) => ("least" in fact.args ? [fact.args.least] : []));
  if (least.length > 0) return t`at least ${plural(Math.min(...least))}`;
  const all = [...new Set(facts.flatMap((fact) => ("least" in fact.args ? [] : fact.args)))].sort();
  return all.length < 2 ? plural(all[0] ?? 0) : t`${all.slice(0, -1).join(", ")} or ${plural(all.at(-1) ?? 0)}`;
}

const plural = (count: number): string => (count === 0 ? t`no argument` : count === 1 ? t`one argument` : t`${count} arguments`);

/** The name is not known, or not here. */
function unknown(it: Statement, candidates: readonly NginxDirective[], into: Reading): boolean {
  const { directive, block } = it;
  const name = directive.name.text;
  if (candidates.length > 0) {
    if (it.source.tree.templates?.length) return false;
    const all = [...new Set(candidates.flatMap((fact) => fact.contexts))];
    const family = familyOf(block);
    const near = all.filter((context) => context === "main" || context === "events" || context.startsWith(family));
    const where = (near.length > 0 ? near : all).map(describeContext);
    const last = where.at(-1) ?? "";
    const list = where.length > 1 ? t`${where.slice(0, -1).join(", ")} and ${last}` : last;
    refuse(into, it, t`"${name}" is not allowed in ${describe(block)}; it belongs in ${list}`, directive.name, "nginx-context");
    return false;
  }
  if (isTemplated(name)) return false;
  const elsewhere = directivesNamed(name);
  const family = moduleOfPrefix(name);
  if (family !== undefined && hasModule(family, into)) meetStranger(it, into);
  else if (family !== undefined && elsewhere.length === 0)
    refuse(into, it, missingModule(name, family), directive.name, "nginx-unknown-directive");
  else if (elsewhere.length > 0) refuse(into, it, absent(name, elsewhere, into), directive.name, "nginx-unknown-directive");
  else {
    const near = nearestDirective(name, block);
    if (near === undefined && into.strange) {
      meetStranger(it, into);
      return false;
    }
    const more = near === undefined ? {} : { mend: near };
    refuse(
      into,
      it,
      near ? t`nginx has no directive "${name}"; did you mean "${near}"?` : t`nginx has no directive "${name}"`,
      directive.name,
      "nginx-unknown-directive",
      more,
    );
  }
  return false;
}

const missingModule = (name: string, module: string): string =>
  t`"${name}" needs the module ${module}, which this nginx is built without; no "load_module" brings it`;

/** Why a directive of some nginx is not one of this nginx. */
function absent(name: string, facts: readonly NginxDirective[], { options }: Reading): string {
  const inRelease = facts.filter((fact) => isInRelease(fact, options.release));
  const [first] = inRelease.length > 0 ? inRelease : facts;
  if (inRelease.length > 0) return missingModule(name, first?.module ?? "");
  const { release = "" } = options;
  const removed = facts.find((fact) => fact.removed)?.removed;
  if (!removed || facts.some((fact) => !fact.removed))
    return t`nginx ${release} has no directive "${name}": it came with ${first?.since ?? ""}`;
  const instead = first?.replacedBy;
  return instead
    ? t`nginx ${release} has no directive "${name}": it was removed in ${removed}, use "${instead}"`
    : t`nginx ${release} has no directive "${name}": it was removed in ${removed}`;
}

/** Files of every distribution that define no names; not to have them is no gap. */
const HARMLESS =
  /(?:^|\/)(?:mime\.types|(?:uwsgi|fastcgi|scgi|proxy)_params|fastcgi\.conf|koi-(?:win|utf)|win-utf|modules-enabled\/\*(?:\.conf)?|modules\/\*\.conf)$/;

function follow(it: Statement, file: File, open: Frame[], into: Reading): void {
  const path = argument(it, 0);
  const sources = isTemplated(path) ? undefined : into.options.include?.(path, it);
  if (sources === undefined) {
    leaveGap(it, path, into);
    return;
  }
  if (sources === null) {
    refuse(into, it, t`"${path}" does not exist`, it.directive.args[0], "nginx-missing-include");
    return;
  }
  if (into.options.unread?.(path, it)) leaveGap(it, path, into);
  for (const source of [...sources].reverse()) {
    if (isBeingRead(source, file)) refuse(into, it, t`"${path}" includes itself`, it.directive.args[0], "nginx-include-cycle");
    else open.push({ list: source.tree.directives, index: 0, file: { source, includer: file }, block: it.block });
  }
}

/** What stands there is not known. */
function leaveGap(it: Statement, path: string, into: Reading): void {
  if (it.block.context === "main") into.loadsUnseen = true;
  if (HARMLESS.test(path)) return;
  into.complete = false;
  into.namesBeforeGap ??= into.names.length;
  into.gaps.add(it.source.uri);
  it.block.gap = true;
}

function isBeingRead(source: Source, file: File): boolean {
  for (let at: File | undefined = file; at; at = at.includer) if (at.source.uri === source.uri) return true;
  return false;
}
