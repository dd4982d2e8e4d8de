import { directivesNamed } from "../../facts/nginx";
import type { Document } from "../../model/document";
import type { Directive } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { includesOf } from "../../workspace/nginx";
import type { Workspace } from "../../workspace/workspace";
import { fixes, inFile, removeLine, replace, suggest } from "../edits";
import { type Finding, type Fix, rule } from "../rule";

const HANDLER = /^(uwsgi|proxy|fastcgi|scgi|grpc)_pass$/;
const MODULE = /^(uwsgi|proxy|fastcgi|scgi|grpc)_/;

export const otherModule = rule({
  id: "other-module",
  title: "A directive of another module has no effect here",
  why: "Each kind of pass has directives of its own: `proxy_read_timeout`, `proxy_buffers` and `proxy_set_header` do nothing for `uwsgi_pass`, which keeps its defaults (60 seconds, buffers of 4k or 8k). The same setting is named `uwsgi_read_timeout`, `uwsgi_buffers`; a header becomes `uwsgi_param HTTP_NAME value`.",
  severity: "warning",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html",
  examples: [
    {
      files: { "nginx/app.conf": "location / {\n  include uwsgi_params;\n  uwsgi_pass 127.0.0.1:3031;\n  proxy_read_timeout 300s;\n}\n" },
      finds: ["nginx/app.conf:4"],
    },
    {
      title: "In a file that only such locations include",
      files: {
        "nginx/snippets/long.conf": "proxy_read_timeout 300s;\n",
        "nginx/app.conf":
          "location / {\n  include uwsgi_params;\n  include /etc/nginx/snippets/long.conf;\n  uwsgi_pass 127.0.0.1:3031;\n}\n",
      },
      finds: ["nginx/snippets/long.conf:1"],
    },
  ],
  *check(document, { workspace }) {
    for (const { directive: block } of document.all) {
      const handler = block.body && onlyHandler(block.body);
      // A location whose blocks inside hand on to others may set what they inherit.
      if (!handler || !block.body || block.body.some((one) => one.body?.some((inner) => HANDLER.test(inner.name.text)))) continue;
      yield* idle(document, block, { document, handler });
    }
    yield* inSnippet(document, workspace);
  },
});

type Handled = { readonly document: Document; readonly handler: Directive };

const moduleOf = ({ name }: Directive): string | undefined => MODULE.exec(name.text)?.[1];

function onlyHandler(body: readonly Directive[]): Directive | undefined {
  const handlers = body.filter((one) => one.name.text.endsWith("_pass") && HANDLER.test(one.name.text));
  return handlers.length === 1 ? handlers[0] : undefined;
}

/** A file of a few directives, which blocks of one kind alone include. A list of parameters too many is no matter. */
function* inSnippet(document: Document, workspace: Workspace): Iterable<Finding> {
  const body = document.tree.directives;
  if (/_params$/.test(document.path)) return;
  if (!body.some((one) => !one.body && MODULE.test(one.name.text)) || body.some((one) => HANDLER.test(one.name.text))) return;
  const all = includesOf(workspace, document).map((place): Handled | undefined => {
    const handler = onlyHandler(place.nested.parent?.directive.body ?? []);
    return handler && { document: place.document, handler };
  });
  const [first] = all;
  if (!first || all.some((one) => !one || moduleOf(one.handler) !== moduleOf(first.handler))) return;
  yield* idle(document, { body }, first);
}

function* idle(document: Document, block: Pick<Directive, "body">, { document: place, handler }: Handled): Iterable<Finding> {
  const module = moduleOf(handler) ?? "";
  const others = (block.body ?? []).filter((one) => {
    const other = moduleOf(one);
    return other !== undefined && other !== module && !one.body && !HANDLER.test(one.name.text);
  });
  if (others.length === 0) return;
  const all = ways(document, block, others, module);
  for (const one of others) {
    const own = moduleOf(one) ?? "";
    const right = counterpart(one, own, module);
    const useless = t`${one.name.text} belongs to ${own}_pass and does nothing for ${handler.name.text}.`;
    yield {
      span: one.span,
      message: right ? `${useless} ${t`Write ${right}.`}` : useless,
      related: [{ uri: place.uri, span: handler.span, message: t`the handler of this block` }],
      tag: "unnecessary",
      fixes: all,
    };
  }
}

/** What says the same for the module that handles the block. */
function counterpart(one: Directive, other: string, module: string): string | undefined {
  const [first, second] = one.args;
  const sets = (name: string, value: string): string => `${module}_param ${name} ${value}`;
  if (one.name.text === "proxy_set_header" && module !== "grpc" && first && second) {
    if (/^(?:host|connection|upgrade)$/i.test(first.text)) return undefined;
    return sets(`HTTP_${first.text.toUpperCase().replaceAll("-", "_")}`, written(second.text));
  }
  if (/_(?:param|set_header)$/.test(one.name.text) || module === "proxy") return undefined;
  const name = one.name.text.replace(other, module);
  return directivesNamed(name).length > 0 ? [name, ...one.args.map((word) => written(word.text))].join(" ") : undefined;
}

const written = (text: string): string => (text === "" || /[\s;{}"']/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text);

/** All at once: buffers fit together or not at all. What has no counterpart, or has it already, goes. */
function ways(document: Document, block: Pick<Directive, "body">, idle: readonly Directive[], module: string): readonly Fix[] {
  const taken = new Set(block.body?.map((one) => one.name.text));
  const edits = idle.map((one) => {
    const right = counterpart(one, MODULE.exec(one.name.text)?.[1] ?? "", module);
    const name = right?.split(" ")[0] ?? "";
    return right === undefined || (taken.has(name) && !name.endsWith("_param"))
      ? removeLine(document, one.span)
      : replace(one.span, `${right};`);
  });
  const removed = idle.map((one) => removeLine(document, one.span));
  const [rewrite, remove] =
    idle.length > 1
      ? [t`Write these ${idle.length} lines for ${module}_pass`, t`Remove these ${idle.length} lines`]
      : [t`Write it for ${module}_pass`, t`Remove it`];
  return fixes(
    edits.some((edit) => edit.text !== "") && suggest(rewrite, inFile(document.uri, ...edits)),
    suggest(remove, inFile(document.uri, ...removed)),
  );
}
