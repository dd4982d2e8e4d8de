import { nearNames } from "../../facts/near";
import type { Document } from "../../model/document";
import { around, type Directive, type Nested } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { filesOf, meansUnread } from "../../workspace/nginx";
import type { Workspace } from "../../workspace/workspace";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { brokenRequests } from "../words";

export const namedLocation = rule({
  id: "named-location",
  title: "A named location that the server does not have",
  why: "`try_files … @name` and `error_page 404 @name` need `location @name { … }` in the same server. nginx starts without it and answers 500: `could not find named location`.",
  severity: "error",
  languages: ["nginx"],
  needs: ["try_files", "error_page"],
  link: "https://nginx.org/en/docs/http/ngx_http_core_module.html#location",
  examples: [
    {
      files: {
        "nginx/app.conf":
          "server {\n  location / {\n    try_files $uri @app;\n  }\n  location @application {\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    // What a template brings is not seen.
    if (document.tree.templates?.length) return;
    for (const name of ["try_files", "error_page"]) {
      for (const nested of document.named(name)) {
        const word = nested.directive.args.at(-1);
        const server = serverOf(nested);
        if (!word || !/^@[^$]+$/.test(word.text) || !server?.body) continue;
        const names = namesIn(workspace, document, server);
        if (names === undefined || names.includes(word.text)) continue;
        const near = nearNames(word.text, names);
        yield {
          severity: brokenRequests(stack),
          span: word.span,
          message: t`This server has no location ${word.text}: nginx answers 500 (could not find named location).`,
          fixes: fixes(
            ...(near.length === 0 && names.length === 1 ? names : near).map((name) =>
              suggest(t`Write ${name}`, inFile(document.uri, replace(word.span, name))),
            ),
          ),
        };
      }
    }
  },
});

function serverOf(nested: Nested): Directive | undefined {
  for (const up of around(nested)) if (up.directive.name.text === "server") return up.directive;
  return undefined;
}

/** The named locations of a server; undefined when a file it includes is not known. */
function namesIn(workspace: Workspace, document: Document, server: Directive): readonly string[] | undefined {
  const names: string[] = [];
  for (const one of server.body ?? []) {
    if (one.name.text === "location" && one.args[0]?.text.startsWith("@")) names.push(one.args[0].text);
    if (one.name.text !== "include") continue;
    const files = filesOf(workspace, one.args[0]?.text ?? "", document, document.uri);
    if (!files) {
      if (/^(?:uwsgi|fastcgi|scgi|proxy)_params/.test(one.args[0]?.text.split("/").at(-1) ?? "")) continue;
      return undefined;
    }
    if (meansUnread(workspace, one.args[0]?.text ?? "", document, document.uri)) return undefined;
    for (const file of files)
      for (const { directive } of file.named("location")) if (directive.args[0]?.text.startsWith("@")) names.push(directive.args[0].text);
  }
  return names;
}
