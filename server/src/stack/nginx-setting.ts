/** What a setting of nginx is at some place: its own block, the blocks around it, or the http block of the file that includes it. */
import type { Document } from "../model/document";
import { type Directive, lastNamed, type Nested } from "../syntax/tree";
import type { Workspace } from "../workspace/workspace";
import type { Stack } from "./stack";

export type NginxSetting = { readonly document: Document; readonly directive: Directive };

/** The nearest setting of a name for a directive's place. Settings of nginx that are inherited are overridden as a whole. */
export function nginxSetting(stack: Stack, document: Document, nested: Nested, name: string): NginxSetting | undefined {
  for (let up = nested.parent; up; up = up.parent) {
    const found = up.directive.body && lastNamed(up.directive.body, name);
    if (found) return { document, directive: found };
  }
  const top = lastNamed(document.tree.directives, name);
  if (top) return { document, directive: top };
  for (const { document: other, http } of httpBlocks(stack.workspace)) {
    const found = other !== document && http.directive.body && lastNamed(http.directive.body, name);
    if (found) return { document: other, directive: found };
  }
  return undefined;
}

const HTTP_BLOCKS = {};

/** The http blocks of all files. */
export function httpBlocks(workspace: Workspace): readonly { readonly document: Document; readonly http: Nested }[] {
  const files = workspace.of("nginx");
  const all = () => files.flatMap((document) => document.named("http").map((http) => ({ document, http })));
  return workspace.derive(HTTP_BLOCKS, all, files);
}

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
