/** What a setting of nginx is at some place: its own block, the blocks around it, or the http block of the file that includes it. */
import type { Document } from "../model/document";
import { type Directive, lastNamed, type Nested } from "../syntax/tree";
import { configurationsWith, includesOf, meansUnread, urisOf } from "../workspace/nginx";
import { saying } from "../workspace/nginx-near";
import { Register } from "../workspace/register";
import type { Workspace } from "../workspace/workspace";
import type { Stack } from "./stack";

export type NginxSetting = { readonly document: Document; readonly directive: Directive };

/** Null when it is nowhere, so that nginx's default counts; undefined when a file that may hold it is not known. */
type Answer = NginxSetting | null | undefined;

/** The nearest setting of a name for a directive's place, through includes. Settings that are inherited are overridden as a whole. */
export function nginxSetting(stack: Stack, document: Document, nested: Nested, name: string): Answer {
  return around(stack.workspace, document, nested, name, 0);
}

/** More than anybody nests. */
const DEEPEST = 8;

function around(workspace: Workspace, document: Document, nested: Nested, name: string, depth: number): Answer {
  let isKnown = true;
  for (let up = nested.parent; up; up = up.parent) {
    const found = up.directive.body && within(workspace, document, up.directive.body, name, depth);
    if (found) return found;
    if (found === undefined) isKnown = false;
    // What surrounds it is the same for all: it is looked for once.
    if (up.directive.name.text === "http") return isKnown ? null : undefined;
  }
  const top = within(workspace, document, document.tree.directives, name, depth);
  if (top) return top;
  if (top === undefined) isKnown = false;
  for (const place of depth < DEEPEST ? includesOf(workspace, document) : []) {
    if (place.nested.parent?.directive.name.text === "http") continue;
    const found = around(workspace, place.document, place.nested, name, depth + 1);
    if (found) return found;
    if (found === undefined) isKnown = false;
  }
  const found = inHttp(workspace, document, name);
  return found ?? (isKnown ? found : undefined);
}

/** Files that come with nginx and set nothing but what they are named after. */
const HARMLESS = /(?:^|\/)(?:mime\.types|\w+_params|fastcgi\.conf|koi-\w+|win-utf)$/;

const INCLUDED = {};

/** Directly in a block, or in a file that it includes. */
function within(workspace: Workspace, document: Document, block: readonly Directive[], name: string, depth: number): Answer {
  const found = lastNamed(block, name);
  if (found) return { document, directive: found };
  if (!lastNamed(block, "include")) return null;
  const kept = workspace.derive(INCLUDED, () => new Map<readonly Directive[], Map<string, Answer>>(), workspace.of("nginx"));
  const answers = kept.get(block) ?? new Map<string, Answer>();
  kept.set(block, answers);
  const answer = answers.has(name) ? answers.get(name) : included(workspace, document, block, name, depth);
  answers.set(name, answer);
  return answer;
}

function included(workspace: Workspace, document: Document, block: readonly Directive[], name: string, depth: number): Answer {
  const root = configurationsWith(workspace, document)[0]?.root ?? document;
  let isKnown = true;
  for (const include of block) {
    const path = include.name.text === "include" ? (include.args[0]?.text ?? "") : "";
    if (path === "" || HARMLESS.test(path)) continue;
    const files = depth < DEEPEST ? urisOf(workspace, path, root, document.uri) : [];
    // A pattern may match nothing.
    if ((files.length === 0 && !/[*?[]/.test(path)) || meansUnread(workspace, path, root, document.uri)) isKnown = false;
    for (const file of saying(workspace, files, name, "include")) {
      const inner = within(workspace, file, file.tree.directives, name, depth + 1);
      if (inner) return inner;
      if (inner === undefined) isKnown = false;
    }
  }
  return isKnown ? null : undefined;
}

/** On the level of http in another file. */
function inHttp(workspace: Workspace, document: Document, name: string): Answer {
  let answer: Answer = null;
  for (const { document: other, http } of httpBlocks(workspace)) {
    const found = other !== document && http.directive.body ? within(workspace, other, http.directive.body, name, 0) : null;
    if (found) return found;
    if (found === undefined) answer = undefined;
  }
  return answer;
}

const SAID = {};

/** Whether a file of nginx says it at all, wherever. */
export function isSaid(workspace: Workspace, name: string): boolean {
  const registers = workspace.derive(SAID, () => new Map<string, Register<Document, string, Document>>(), workspace.roots);
  const register =
    registers.get(name) ?? new Register((document: Document) => (document.named(name).length > 0 ? [[name, document] as const] : []));
  registers.set(name, register);
  return register.update(workspace.of("nginx")).get(name).length > 0;
}

const HTTP_BLOCKS = {};

/** The http blocks of all files. */
export const httpBlocks = (workspace: Workspace): readonly HttpBlock[] =>
  workspace.derive(HTTP_BLOCKS, blocksByFile, workspace.roots).update(workspace.of("nginx")).get("http");

type HttpBlock = { readonly document: Document; readonly http: Nested };

const blocksByFile = () =>
  new Register<Document, "http", HttpBlock>(function* (document) {
    for (const http of document.named("http")) yield ["http", { document, http }];
  });

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of an nginx size: `16k`, `1m`. Undefined when it is none or holds a variable. */
export function nginxSize(text: string | undefined): number | undefined {
  const match = /^(\d+)([kmg]?)$/i.exec(text ?? "");
  return match ? Number(match[1]) * (UNITS[(match[2] ?? "").toLowerCase()] ?? 1) : undefined;
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, "": 1 };

/** Seconds of an nginx time: `60`, `1m30s`. */
export function nginxSeconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:\d+(?:ms|[smhdw])?\s*)+$/.test(text)) return undefined;
  let total = 0;
  for (const match of text.matchAll(/(\d+)(ms|[smhdw])?/g)) total += Number(match[1]) * (SECONDS[match[2] ?? ""] ?? 1);
  return total;
}
