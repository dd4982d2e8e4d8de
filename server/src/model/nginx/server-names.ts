/** Names of servers that share an address: nginx puts them into a hash table, which takes neither every wildcard nor every length. */
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { fitsBucket, isBadWildcard } from "./core";
import type { Listening } from "./listens";
import { argument, type Block, firstIn, type Reading, refuse, type Statement } from "./reading";
import { readRegex } from "./regex";
import { parseNumber } from "./values";

export function checkServerNames(servers: readonly Block[], listens: readonly Listening[], into: Reading): void {
  const shared = new Set(listens.filter((one) => one.servers.length > 1 || captures(one.defaultServer)).flatMap((one) => one.servers));
  for (const server of servers) {
    const bucket = bucketOf(server, into);
    for (const [it, word] of namesOf(server)) {
      // Alone on its address a server is not looked up by name; a second one would bring the fault to light.
      const likely = !shared.has(server);
      if (isBadWildcard(word.text)) {
        refuse(
          into,
          it,
          t`"${word.text}" is no server name: one * stands for the first or the last label, and no label is empty`,
          word,
          "nginx-invalid-value",
          { likely },
        );
      } else if (bucket !== undefined && !likely && !/^[.*]|\*$/.test(word.text) && !fitsBucket(word.text.length, bucket)) {
        const size = Math.ceil((word.text.length + 26) / 64) * 64;
        refuse(
          into,
          it,
          t`The name is too long for the hash of server names: set server_names_hash_bucket_size ${size} in http`,
          word,
          "nginx-hash",
        );
      }
    }
  }
}

const namesOf = (server: Block): readonly (readonly [Statement, Word])[] =>
  server.statements.flatMap((it) =>
    it.fact?.setter === "ngx_http_core_server_name"
      ? it.directive.args.flatMap((word) => (/^[~$]/.test(word.text) ? [] : [[it, word] as const]))
      : [],
  );

/** Whether the last pattern among the names of a server has groups. */
function captures(server: Block): boolean {
  const patterns = server.statements.flatMap((it) =>
    it.directive.name.text === "server_name" ? it.directive.args.filter((word) => word.text.startsWith("~")) : [],
  );
  const last = patterns.at(-1);
  return last !== undefined && readRegex(last.text.slice(1)).groups > 0;
}

/** Known only where http itself is seen, with all it includes. */
function bucketOf(server: Block, into: Reading): number | undefined {
  const http = server.outer;
  if (http?.context !== "http" || !http.owner) return undefined;
  const size = firstIn(http, "server_names_hash_bucket_size");
  return size ? parseNumber(argument(size, 0)) : into.complete ? 64 : undefined;
}
