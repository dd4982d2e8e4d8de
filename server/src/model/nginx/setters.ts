/** The reader of each directive, and what is said when a block or the whole configuration has been read. */
import type { NginxDirective } from "../../facts/nginx";
import { t } from "../../text/l10n";
import { coreSetters, definesFirst } from "./core";
import { checkPairs, dataSetters, leaveData } from "./data";
import { filterSetters, namedSetters } from "./filters";
import { finish } from "./finish";
import { listenSetters } from "./listens";
import { locationSetters } from "./locations";
import { logSetters } from "./logs";
import { passSetters } from "./passes";
import { firstIn, type Reading, refuse, refuseTwice, type Statement } from "./reading";
import { rewriteSetters } from "./rewrites";
import type { Setters } from "./setting";
import { slotFault } from "./slots";
import { leaveUpstream, upstreamSetters } from "./upstreams";
import { parseNumber } from "./values";
import { zoneSetters } from "./zones";

const SETTERS: Setters = {
  ...coreSetters,
  ...dataSetters,
  ...filterSetters,
  ...listenSetters,
  ...locationSetters,
  ...logSetters,
  ...passSetters,
  ...rewriteSetters,
  ...upstreamSetters,
  ...zoneSetters,
};

/** These say "is duplicate" only in some cases, which their own readers know. */
const OWN_DUPLICATES = new Set([
  "ngx_http_core_root",
  "ngx_http_limit_req",
  "ngx_http_limit_conn",
  "ngx_stream_limit_conn",
  "ngx_http_mirror",
  "ngx_http_proxy_redirect",
  "ngx_http_proxy_cookie_domain",
  "ngx_http_proxy_cookie_path",
  "ngx_http_proxy_cookie_flags",
  "ngx_http_v2_push",
]);

/** Checks a statement that stands where it may and has as many arguments as it takes. `facts`: what its name may mean here. */
export function checkStatement(it: Statement, facts: readonly NginxDirective[], into: Reading): void {
  const { directive, fact } = it;
  if (!fact) return;
  if (fact.once && !OWN_DUPLICATES.has(fact.setter ?? "")) duplicate(it, into);
  // A location without types of its own takes the table from around it as it is.
  const idle =
    directive.name.text === "types_hash_bucket_size" &&
    it.block.context === "http.location" &&
    parseNumber(directive.args[0]?.text ?? "") !== undefined;
  const faults = idle ? [] : facts.map((one) => slotFault(one, directive.args));
  const first = faults[Math.max(0, facts.indexOf(fact))];
  if (first && faults.every((one) => one !== undefined))
    refuse(into, it, first.message, directive.args[first.at], "nginx-invalid-value", first.mend === undefined ? {} : { mend: first.mend });
  if (fact.setter !== undefined) SETTERS[fact.setter]?.(it, into);
  else namedSetters[directive.name.text]?.(it, into);
  if (fact.defines) definesFirst(it, into);
}

function duplicate(it: Statement, into: Reading): void {
  const name = it.directive.name.text;
  const before = firstIn(it.block, name);
  if (before && before !== it) refuseTwice(into, it, t`"${name}" stands twice in this block`, it.directive.name, before);
}

/** After the last line of a block, or of everything. */
export function leaveBlock(opener: Statement | undefined, into: Reading) {
  if (!opener) return finish(into);
  const { fact, inner } = opener;
  if (!fact || !inner) return;
  if (fact.setter === "ngx_http_upstream" || fact.setter === "ngx_stream_upstream") leaveUpstream(opener, inner, into);
  else if (fact.pairs) leaveData(opener, inner, into);
}

export { checkPairs };
