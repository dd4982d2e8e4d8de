import { joinListens } from "../../model/nginx/listens";
import { type Block, emptyReading, firstIn, isTemplated, type Statement } from "../../model/nginx/reading";
import type { Word } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { rule } from "../rule";
import { ofWholeReadings } from "./scope";

export const conflictingServerName = rule({
  id: "conflicting-server-name",
  title: "Two servers have the same name on the same address",
  why: "nginx gives all requests to the first server and ignores the name of the second one, with no more than a warning at the start: `conflicting server name … ignored`.",
  severity: "warning",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/server_names.html",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  server_name shop.example.com;\n  return 204;\n}\nserver {\n  listen 80;\n  server_name shop.example.com www.example.com;\n  return 404;\n}\nserver {\n  listen 81;\n  server_name shop.example.com;\n  return 404;\n}\n",
      },
      finds: ["shop.conf:8"],
    },
  ],
  check: ofWholeReadings(function* (reading) {
    const servers = reading.statements.flatMap((it) => (it.inner?.context === "http.server" ? [it.inner] : []));
    for (const { servers: sharing } of joinListens(servers, emptyReading("http", {}))) {
      const seen = new Map<string, { readonly block: Block; readonly it: Statement; readonly word: Word }>();
      for (const block of sharing) {
        // What it listens on may stand in a file that is not seen.
        if (block.gap && !firstIn(block, "listen")) continue;
        for (const [it, word] of namesOf(block)) {
          const name = word.text.toLowerCase();
          const first = seen.get(name);
          if (!first) seen.set(name, { block, it, word });
          else if (first.block !== block && !it.source.tree.templates?.length) {
            yield {
              uri: it.source.uri,
              span: word.span,
              message: t`Another server on the same address has the name ${word.text} already: nginx ignores it here.`,
              related: [{ uri: first.it.source.uri, span: first.word.span, message: t`this server gets the requests` }],
            };
          }
        }
      }
    }
  }),
});

const namesOf = (block: Block): readonly (readonly [Statement, Word])[] =>
  block.statements.flatMap((it) =>
    it.directive.name.text === "server_name"
      ? it.directive.args.flatMap((word) =>
          /^[~$]/.test(word.text) || word.text === "" || word.text === "_" || isTemplated(word.text) ? [] : [[it, word] as const],
        )
      : [],
  );
