/** As what a file that nobody includes is meant to be read, told by what it holds. */
import { directivesNamed, type NginxContext } from "../../facts/nginx";
import { type Directive, flatten } from "../../syntax/tree";
import { innerContext } from "./blocks";
import { type Block, newBlock } from "./reading";

/** Of several contexts that fit alike the first one is taken. */
const PARTS: readonly NginxContext[] = [
  "http",
  "http.server",
  "http.location",
  "http.upstream",
  "events",
  "stream",
  "stream.server",
  "stream.upstream",
  "mail",
  "mail.server",
];
/** Blocks that only a whole configuration has. */
const WHOLE = new Set(["events", "http", "stream", "mail"]);
/** Directives that nobody writes outside of http. */
const HTTP_ONLY = new Set(["location", "server_name", "root", "index", "try_files", "rewrite", "if", "return", "uwsgi_pass"]);
/** Enough statements to tell by. */
const MOST = 5_000;

export function inferContext(directives: readonly Directive[]): NginxContext {
  if (directives.some((it) => it.bodySpan && WHOLE.has(it.name.text))) return "main";
  const all = flatten(directives.slice(0, MOST)).slice(0, MOST);
  const isHttp = all.some(
    ({ directive }) =>
      HTTP_ONLY.has(directive.name.text) || (directive.name.text === "proxy_pass" && /^https?:/.test(directive.args[0]?.text ?? "")),
  );
  let best: { readonly context: NginxContext; readonly misfits: number } | undefined;
  for (const context of PARTS) {
    if (isHttp && !context.startsWith("http")) continue;
    const misfits = countMisfits(directives, context);
    if (!best || misfits < best.misfits) best = { context, misfits };
    if (misfits === 0) return context;
  }
  return best && best.misfits < countMisfits(directives, "main") ? best.context : "main";
}

/** Statements that could not stand where they are, were the file read in this context. Those at the top tell most. */
function countMisfits(directives: readonly Directive[], context: NginxContext): number {
  const open: { readonly list: readonly Directive[]; index: number; readonly block: Block }[] = [
    { list: directives, index: 0, block: newBlock(context) },
  ];
  let misfits = 0;
  let seen = 0;
  for (let frame = open.at(-1); frame && seen < MOST; frame = open.at(-1)) {
    const it = frame.list[frame.index++];
    if (!it) {
      open.pop();
      continue;
    }
    seen++;
    const { block } = frame;
    const facts = directivesNamed(it.name.text).filter((fact) => (fact.block === true) === (it.bodySpan !== undefined));
    const fact = facts.find((one) => one.contexts.includes("any") || one.contexts.some((where) => where === block.context));
    if (!fact && directivesNamed(it.name.text).length > 0) misfits += open.length === 1 ? 3 : 1;
    const inner = fact && it.body ? innerContext(fact, block) : undefined;
    if (it.body && inner && inner !== "pairs") open.push({ list: it.body, index: 0, block: newBlock(inner, undefined, block) });
  }
  return misfits;
}
