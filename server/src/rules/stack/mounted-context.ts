import { directivesNamed } from "../../facts/nginx";
import type { Document } from "../../model/document";
import type { Place } from "../../stack/deploy";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { folderOf, joinPath, pathOf } from "../../text/uri";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

export const mountedContext = rule({
  id: "mounted-context",
  title: "The file is put where nginx expects another kind of file",
  why: '`/etc/nginx/nginx.conf` is the whole configuration: `server` and `upstream` stand inside `http { }` there. Files of `/etc/nginx/conf.d` are included inside `http` and hold `server` blocks themselves. Mixed up, nginx does not start: `"server" directive is not allowed here`.',
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/beginners_guide.html#conf_structure",
  examples: [
    {
      files: {
        "compose.yaml": "services:\n  nginx:\n    image: nginx:1.27\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf:ro\n",
        "nginx.conf": "server {\n  listen 80;\n}\n",
      },
      finds: ["nginx.conf:1"],
    },
  ],
  *check(document, { stack }) {
    const place = placeOf(stack, document);
    if (!place) return;
    const context = /\/nginx\/nginx\.conf$/.test(place.path)
      ? "main"
      : /\/(?:conf\.d|sites-enabled|http\.d)\/[^/]+$/.test(place.path)
        ? "http"
        : undefined;
    if (!context) return;
    for (const directive of document.tree.directives) {
      const facts = directivesNamed(directive.name.text);
      const inHere = facts.some((fact) => fact.contexts.includes(context) || fact.contexts.includes("any"));
      const inOther = facts.some((fact) => fact.contexts.includes(context === "main" ? "http" : "main"));
      if (facts.length === 0 || inHere || !inOther) continue;
      yield {
        span: directive.name.span,
        message:
          context === "main"
            ? t`This file becomes ${place.path}, the whole configuration: "${directive.name.text}" is not allowed there outside of http { }.`
            : t`This file becomes ${place.path}, which nginx includes inside http: "${directive.name.text}" is not allowed there.`,
        related: [{ ...place.at, message: t`put there here` }],
        fixes: context === "main" ? fixes(wrapped(document), elsewhere(stack, place)) : [],
      };
    }
  },
});

type Placed = { readonly path: string; readonly at: Place };

/** Where a container gets this very file: mounted by compose, or copied into the image. */
function placeOf(stack: Stack, document: Document): Placed | undefined {
  return stack.workspace.derive(PLACES, () => placed(stack), stack.deployments).get(document.path)?.[0];
}

const PLACES = {};

/** By the path of the file here. */
function placed({ hosts, copies }: Stack): ReadonlyMap<string, readonly Placed[]> {
  const mounts = hosts.all.flatMap(({ container }) =>
    container.mounts.map(({ source = "", target, at }) => ({ source, path: target, at })),
  );
  const copied = copies
    .filter(({ from, to }) => from.length === 1 && to.startsWith("/") && !to.endsWith("/"))
    .map(({ from, to, at }) => ({ source: joinPath(folderOf(pathOf(at.uri)), (from[0] ?? "").replace(/^\/+/, "")), path: to, at }));
  return Map.groupBy([...mounts, ...copied], ({ source }) => source);
}

/** The whole file inside `http`, with the events block that nginx wants. */
function wrapped(document: Document) {
  const inside = document.text.replace(/^(?=.)/gm, "    ").replace(/\n*$/, "\n");
  return suggest(
    t`Wrap it in http { }`,
    inFile(document.uri, replace({ start: 0, end: document.text.length }, `events {}\n\nhttp {\n${inside}}\n`)),
  );
}

function elsewhere(stack: Stack, { path, at }: Placed) {
  const text = stack.workspace.get(at.uri)?.text.slice(at.span.start, at.span.end) ?? "";
  if (!text.includes(path)) return undefined;
  const start = at.span.start + text.indexOf(path);
  return suggest(
    t`Put it under conf.d instead`,
    inFile(at.uri, replace({ start, end: start + path.length }, "/etc/nginx/conf.d/default.conf")),
  );
}
