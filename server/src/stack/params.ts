/** The request variables nginx sends along with a `uwsgi_pass`: those of the nearest block that sets any, as nginx inherits them. */
import type { Document } from "../model/document";
import { around, type Directive, type Nested } from "../syntax/tree";
import { baseName } from "../text/uri";
import { meansUnread, urisOf } from "../workspace/nginx";
import { saying } from "../workspace/nginx-near";
import type { Workspace } from "../workspace/workspace";
import { httpBlocks } from "./nginx-setting";

export type Params = {
  readonly names: ReadonlySet<string>;
  /** False when a file that is read in is not known. */
  readonly known: boolean;
  /** The block they are set in; undefined for the top of a file or another file. */
  readonly block: Directive | undefined;
  /** Files of parameters for other protocols that stand there. */
  readonly foreign: readonly Directive[];
};

/** What every distribution ships as `uwsgi_params`. */
const STANDARD = [
  "QUERY_STRING",
  "REQUEST_METHOD",
  "CONTENT_TYPE",
  "CONTENT_LENGTH",
  "REQUEST_URI",
  "PATH_INFO",
  "DOCUMENT_ROOT",
  "SERVER_PROTOCOL",
  "REQUEST_SCHEME",
  "HTTPS",
  "REMOTE_ADDR",
  "REMOTE_PORT",
  "SERVER_PORT",
  "SERVER_NAME",
] as const;
const FOREIGN = /^(?:fastcgi|scgi|proxy)_params|^fastcgi\.conf$/;

/** All levels that set parameters, the nearest first: only the first one counts. */
export const paramLevels = (workspace: Workspace, document: Document, nested: Nested): readonly Params[] =>
  [...levels(workspace, document, nested)].filter((each) => each.names.size > 0 || !each.known || each.foreign.length > 0);

/** The level that counts: the nearest that sets any, or of which it is not known. */
export function paramsOf(workspace: Workspace, document: Document, nested: Nested): Params | undefined {
  for (const each of levels(workspace, document, nested)) if (each.names.size > 0 || !each.known) return each;
  return undefined;
}

function* levels(workspace: Workspace, document: Document, nested: Nested): Iterable<Params> {
  let inHttp = false;
  for (const { directive: block } of around(nested)) {
    yield level(workspace, document, block.body ?? [], block);
    if (block.name.text === "http") inHttp = true;
  }
  if (inHttp) return;
  yield level(workspace, document, document.tree.directives, undefined);
  yield* httpLevels(workspace, document);
}

function httpLevels(workspace: Workspace, document: Document): readonly Params[] {
  const others = httpBlocks(workspace).filter((other) => other.document !== document);
  return others.map(({ document: other, http }) => level(workspace, other, http.directive.body ?? [], http.directive));
}

const LEVELS = {};
const NOTHING: Params = { names: new Set(), known: true, block: undefined, foreign: [] };

/** Asked for by every pass below. */
function level(workspace: Workspace, document: Document, body: readonly Directive[], block: Directive | undefined): Params {
  const kept = workspace.derive(LEVELS, () => new Map<readonly Directive[], Params>());
  const known = kept.get(body) ?? readLevel(workspace, document, body, block);
  kept.set(body, known);
  return known;
}

function readLevel(workspace: Workspace, document: Document, body: readonly Directive[], block: Directive | undefined): Params {
  const names = new Set<string>();
  const foreign: Directive[] = [];
  let known = true;
  for (const directive of body) {
    const [word] = directive.args;
    if (directive.name.text === "uwsgi_param" && word) names.add(word.text);
    if (directive.name.text !== "include" || !word) continue;
    const files = urisOf(workspace, word.text, document, document.uri);
    for (const file of saying(workspace, files, "uwsgi_param"))
      for (const one of file.tree.directives) if (one.name.text === "uwsgi_param" && one.args[0]) names.add(one.args[0].text);
    if (FOREIGN.test(baseName(word.text))) foreign.push(directive);
    else if (files.length === 0 && /^uwsgi_params/.test(baseName(word.text))) for (const name of STANDARD) names.add(name);
    else if (files.length === 0 && !/[*?[]/.test(word.text) && baseName(word.text) !== "mime.types") known = false;
    else if (meansUnread(workspace, word.text, document, document.uri)) known = false;
  }
  return names.size === 0 && known && foreign.length === 0 ? NOTHING : { names, known, block, foreign };
}
