/** Buffers of answers: nginx adds up four settings and refuses sums that do not fit. Sizes default to a page of memory. */

import { t } from "../../text/l10n";
import { argument, type Block, firstIn, isTemplated, nearestIn, type Reading, refuse, type Statement } from "./reading";
import { parseNumber, parseSize } from "./values";

const PAGE = 4096;
const SETTINGS = ["buffer_size", "buffers", "busy_buffers_size", "temp_file_write_size", "max_temp_file_size"] as const;
type Setting = (typeof SETTINGS)[number];
const MODULES = ["proxy", "fastcgi", "uwsgi", "scgi"].map((module) => ({
  module,
  names: SETTINGS.map((setting) => `${module}_${setting}`),
}));

export function checkBuffers(blocks: readonly Block[], present: ReadonlySet<string>, into: Reading): void {
  const said = new Set<Statement>();
  const modules = MODULES.filter(({ names }) => names.some((name) => present.has(name)));
  for (const block of blocks) {
    if (block.context === "http.server") checkPool(block, into);
    // What stands in http takes effect in its servers.
    if (!block.context?.startsWith("http") || block.context === "http.upstream" || (block.context === "http" && block.owner)) continue;
    const outer = block.context === "http.server" ? block.outer : undefined;
    for (const { module, names } of modules) {
      if (names.some((one) => firstIn(block, one) ?? (outer && firstIn(outer, one)))) check(block, module, into, said);
    }
  }
}

function check(block: Block, module: string, into: Reading, said: Set<Statement>): void {
  const set = new Map<Setting, Statement>();
  for (const setting of SETTINGS) {
    const found = nearestIn(block, `${module}_${setting}`);
    if (found) set.set(setting, found);
  }
  if ([...set.values()].some((it) => it.directive.args.some((word) => isTemplated(word.text)))) return;
  const size = (setting: Setting): number | undefined => parseSize(argumentOf(set.get(setting), 0));
  const count = set.has("buffers") ? parseNumber(argumentOf(set.get("buffers"), 0)) : 8;
  const one = set.has("buffers") ? parseSize(argumentOf(set.get("buffers"), 1)) : PAGE;
  const first = set.has("buffer_size") ? size("buffer_size") : PAGE;
  if (count === undefined || one === undefined || first === undefined) return;
  const largest = Math.max(first, one);
  const busy = set.has("busy_buffers_size") ? size("busy_buffers_size") : 2 * largest;
  const write = set.has("temp_file_write_size") ? size("temp_file_write_size") : 2 * largest;
  const most = set.has("max_temp_file_size") ? size("max_temp_file_size") : 1024 ** 3;
  if (busy === undefined || write === undefined || most === undefined) return;
  // Where the block around is not seen, it may set what is missing here.
  const root = rootOf(block);
  const likely = root.context !== "main" && (!set.has("buffers") || !set.has("buffer_size") || !set.has("busy_buffers_size"));
  const say = (setting: Setting, message: string): void => {
    const it = set.get(setting) ?? set.get("buffer_size") ?? set.get("buffers") ?? [...set.values()][0];
    if (!it || said.has(it)) return;
    said.add(it);
    refuse(into, it, message, undefined, "nginx-buffer-sizes", { likely });
  };
  const room = (count - 1) * one;
  if (count < 2) say("buffers", t`"${module}_buffers" has at least 2 buffers`);
  else if (busy < largest)
    say(
      "busy_buffers_size",
      t`"${module}_busy_buffers_size" (${busy}) is at least the larger of ${module}_buffer_size and one of ${module}_buffers (${largest})`,
    );
  else if (busy > room) {
    say(
      "busy_buffers_size",
      set.has("busy_buffers_size")
        ? t`"${module}_busy_buffers_size" (${busy}) is more than all ${module}_buffers but one (${room}): raise ${module}_buffers too`
        : t`"${module}_busy_buffers_size" (by default twice the largest buffer: ${busy}) is more than all ${module}_buffers but one (${room}): raise ${module}_buffers too`,
    );
  } else if (write < largest)
    say(
      "temp_file_write_size",
      t`"${module}_temp_file_write_size" (${write}) is at least the larger of ${module}_buffer_size and one of ${module}_buffers (${largest})`,
    );
  else if (most !== 0 && most < largest)
    say(
      "max_temp_file_size",
      t`"${module}_max_temp_file_size" (${most}) is 0 or at least the larger of ${module}_buffer_size and one of ${module}_buffers (${largest})`,
    );
}

/** A request's line and headers are kept in one or more pieces of a connection's pool. */
function checkPool(server: Block, into: Reading): void {
  const pool = nearestIn(server, "connection_pool_size");
  const buffers = nearestIn(server, "large_client_header_buffers");
  const size = buffers ? parseSize(argument(buffers, 1)) : 8192;
  const least = pool ? parseSize(argument(pool, 0)) : 512;
  const it = buffers ?? pool;
  if (it && size !== undefined && least !== undefined && size < least) {
    refuse(
      into,
      it,
      t`One of large_client_header_buffers (${size}) is smaller than connection_pool_size (${least})`,
      undefined,
      "nginx-buffer-sizes",
      { likely: (!pool || !buffers) && rootOf(server).context !== "main" },
    );
  }
}

const argumentOf = (it: Statement | undefined, at: number): string => (it ? argument(it, at) : "");

function rootOf(block: Block): Block {
  let at = block;
  while (at.outer) at = at.outer;
  return at;
}
